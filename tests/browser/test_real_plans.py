"""Two plans of real counties, typed in through the form by somebody who has only the paper; checked, tried and carried out.

Clause 三(二)1. The figures: 某县自然灾害救助应急预案 (fymate.net 173402/17340217_5), levels II and III; 丽江市雪冻灾害分级,
the figures for one county's grid (cpem.org.cn list40/111977). Who does what is assumed, as the excerpts do not say.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.houses import house
from tests.browser.people import Person, Town
from tests.browser.writing import Clause, add_clause, add_level, add_step, begin, settle_level

DEAD, MOVED, FALLEN = "死亡（含失踪）（人）", "紧急转移安置（人）", "倒塌房屋（间）"
CUT, OUT = "县域电网减供负荷比例（%）", "停电用户比例（%）"
HEADQUARTERS, DECIDER = "县防汛抗旱指挥部", "县防汛抗旱指挥部常务副指挥长"


@dataclass(frozen=True)
class Paper:
    """What stands in the plan on the table, and what is supposed of an emergency."""

    title: str
    key: str
    hazard: str
    levels: dict[str, list[Clause]]
    steps: list[tuple[str, str, str]]
    supposed: dict[str, str]
    level: str


RELIEF = Paper(
    title="示例县救助指挥部预案",
    key="county-relief",
    hazard="11 自然灾害救助",
    levels={
        "Ⅰ级": [],
        "Ⅱ级": [
            Clause(DEAD, "5", "10"),
            Clause(MOVED, "5000", "10000"),
            Clause(FALLEN, "1000", "2000"),
        ],
        "Ⅲ级": [
            Clause(DEAD, "3", "5"),
            Clause(MOVED, "2000", "5000"),
            Clause(FALLEN, "500", "1000"),
        ],
    },
    steps=[
        ("调运帐篷和食品到安置点", "县应急局", "4小时"),
        ("核实转移安置人数", "县民政局", "2小时"),
    ],
    supposed={DEAD: "3", MOVED: "0", FALLEN: "0"},
    level="Ⅲ级",
)
FROST = Paper(
    title="示例县雪冻灾害预案",
    key="county-frost",
    hazard="11B04 低温雨雪冰冻灾害",
    levels={
        "Ⅰ级": [Clause(CUT, "80"), Clause(OUT, "80")],
        "Ⅱ级": [Clause(CUT, "60", "80"), Clause(OUT, "70", "80")],
        "Ⅲ级": [Clause(CUT, "40", "60")],
    },
    steps=[("抢修受损线路", "县供电公司", "12小时")],
    supposed={CUT: "60", OUT: "10"},
    level="Ⅱ级",
)


@pytest.fixture(scope="module")
def other_town(browser):
    """A county of their own: plans in force there would be proposed in everybody's emergencies."""
    with house() as served:
        yield Town(browser, served)


@pytest.fixture
def town(other_town):
    with other_town.day():
        yield other_town


@pytest.mark.slow
@pytest.mark.parametrize("paper", [RELIEF, FROST], ids=lambda one: one.key)
def test_a_plan_on_paper_is_typed_in_checked_tried_and_carried_out(town: Town, paper: Paper):
    office, officer, chief = (town.sits_down(name) for name in ("fangban", "zhiban", "zhihui"))

    typed_in(office, paper)
    tried(office, paper)
    entered_as_issued(office, paper)
    carried_out(officer, chief, paper)


def typed_in(office: Person, paper: Paper) -> None:
    page = office.page
    begin(
        office,
        title=paper.title,
        key=paper.key,
        hazard=paper.hazard,
        headquarters=HEADQUARTERS,
    )
    for name, clauses in paper.levels.items():
        add_level(office, name)
        for one in clauses:
            add_clause(office, one)
        settle_level(
            office,
            decides=DECIDER,
            proposes="县应急局",
            expected="3天",
            informs="市应急局",
            not_read="" if clauses else "手头的摘录没有这一级的条件",
        )
        for words, to, finish in paper.steps:
            add_step(office, words, to, finish)
        add_step(office, "灾情续报", "县应急局", every="2小时")
    expect(page.locator("#editor-mends")).not_to_contain_text("必须改")
    page.keyboard.press("Control+s")
    expect(page.locator("#editor-head")).to_contain_text("草案第 1 版")


def tried(office: Person, paper: Paper) -> None:
    """Suppose the facts; the page says which level, and who would be ordered what."""
    office.open(f"/plans/{paper.key}/1/what-if/")
    for label, value in paper.supposed.items():
        office.field(label).fill(value)
    answer = office.page.locator("#answer")
    expect(answer).to_contain_text(re.compile(f"若启动{paper.level}"))
    for words, _to, _finish in paper.steps:
        expect(answer).to_contain_text(words)


def entered_as_issued(office: Person, paper: Paper) -> None:
    office.open(f"/plans/{paper.key}/")
    office.follow("登记已经印发")
    office.fill(印发日期="2012-08-01", 文号="示府办〔2012〕9号")
    office.press("登记")
    office.is_told("已登记")


def carried_out(officer: Person, chief: Person, paper: Paper) -> None:
    """An emergency is entered, what is known told, the level decided; the orders go out."""
    name = f"{paper.title}试行"
    officer.open("/command/incidents/new/")
    officer.fill(事件名称=name, 类别="低温雨雪冰冻", 信息来源="县供电公司")
    officer.press("登记")
    officer.is_told("已登记")
    room = officer.page.url
    for label, value in paper.supposed.items():
        officer.page.goto(room + "fact/")
        officer.fill(情况=label.rpartition("（")[0], 是多少=value, 谁说的="县应急局")
        officer.press("登记")
        officer.is_told("已登记")

    chief.page.goto(room)
    proposals = chief.page.locator("#room-proposals")
    expect(proposals).to_contain_text(f"建议启动{paper.level}", timeout=60_000)
    chief.follow(f"启动{paper.level}", proposals)
    chief.press("签署决定")
    board = chief.page.locator("#room-board .order-row")
    expect(board).to_have_count(len(paper.steps))
    for words, _to, _finish in paper.steps:
        expect(chief.page.locator("#room-board")).to_contain_text(words)
