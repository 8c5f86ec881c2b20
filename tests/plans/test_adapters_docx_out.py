import io

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX

from liandong.plans.adapters.chapters import CHAPTERS
from liandong.plans.adapters.wording import (
    CONDITION_HEAD,
    CONTACT_HEAD,
    DECIDING_HEAD,
    GROUP_HEAD,
    KINDS,
    MEASURE_HEAD,
    SOURCE_HEAD,
)
from liandong.plans.language import load, shipped_names, shipped_text
from liandong.plans.queries import Contact
from tests.plans.example import FOREST, RELIEF
from tests.plans.papers import exported, lines, table, tables

FLOOD = shipped_text("flood")


def test_title_number_and_dates_stand_first():
    assert lines(FLOOD)[:3] == [
        "示例县防汛抗旱应急预案",
        "示防指〔2026〕3号",
        "（2026年4月10日印发，2026年4月15日施行）",
    ]


def test_a_special_plan_has_the_chapters_of_article_ten():
    found = [one.split("、")[1] for one in lines(FLOOD) if one[1:2] == "、"]

    assert found == [
        "总则",
        "组织指挥机制",
        "风险管控",
        "监测预警",
        "信息报告",
        "组织自救互救",
        "应急处置措施",
        "现场管控",
        "队伍物资保障",
        "附则",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_plan_can_be_written(kind):
    found = lines(FOREST.replace("kind: special", f"kind: {kind}"))

    assert sum(one[1:2] == "、" for one in found) >= min(len(CHAPTERS[kind]), 10)


def test_a_chapter_of_which_the_plan_says_nothing_asks_to_be_written():
    assert any("请补写" in one for one in lines(RELIEF))


def test_conditions_stand_clause_by_clause_with_their_sources():
    assert table(FLOOD, *CONDITION_HEAD)[9:11] == [
        ("Ⅲ级", "3", "干流堤防险情达到较大险情以上", "安徽 Ⅲ级 长江堤较大险情"),
        ("Ⅲ级", "4", "万亩以上圩口险情达到重大险情以上", "安徽 Ⅲ级 万亩圩口重大险情"),
    ]


def test_a_level_without_conditions_says_that_they_were_not_found():
    assert table(RELIEF, *CONDITION_HEAD)[0] == (
        "Ⅰ级",
        "—",
        "原文未载启动条件",
        "启动条件所在分页未取到",
    )


def test_who_decides_stands_level_by_level():
    assert table(FLOOD, *DECIDING_HEAD)[2] == (
        "Ⅲ级",
        "县防汛抗旱指挥部办公室主任〔假定〕",
        "县防汛抗旱指挥部常务副指挥长",
        "—",
        "县防汛抗旱指挥部指挥长（20分钟内）〔假定〕",
        "—",
        "2天〔假定〕",
    )


def test_several_deciders_say_whether_together():
    assert (
        "森林草原防灭火指挥部常务副指挥长、县森林草原防灭火指挥部办公室主任（共同决定）"
        in (table(FOREST, *DECIDING_HEAD)[0][2])
    )


def test_measures_have_number_unit_deadlines_what_comes_before_and_proof():
    assert table(FOREST, *MEASURE_HEAD)[1] == (
        "2",
        "对火场周边道路实施交通管制，疏散无关人员（需 交通管制 2 组）",
        "县公安局",
        "5分钟内",
        "40分钟内",
        "1",
        "照片",
    )


def test_what_is_no_order_is_said_before_the_measure():
    assert table(FOREST, *MEASURE_HEAD)[2][1:5] == (
        "〔报告〕火情续报",
        "县森林草原防灭火指挥部办公室",
        "—",
        "每2小时一次",
    )


def test_a_step_after_one_of_a_lower_level_names_that_level():
    rows = [row for rows in tables(shipped_text("relief")) for row in rows]

    assert any(row[5] == "Ⅳ级5" for row in rows if len(row) == len(MEASURE_HEAD))


def test_what_hangs_on_a_step_is_said_behind_it():
    text = FOREST.replace(
        "        proof: [photo]\n",
        "        proof: [photo]\n        when: {spreading: true}\n        waits_for: {open_flame_out: true}\n"
        "        otherwise: [emergency]\n        same_as: flood/cordon\n",
    )

    said = table(text, *MEASURE_HEAD)[1][1]

    for words in (
        "（仅当火势仍在蔓延）",
        "（等到明火已扑灭）",
        "（不能执行时改由县应急局）",
        "（与 flood/cordon 为同一措施）",
    ):
        assert words in said


def test_groups_have_their_leaders_and_members():
    assert table(shipped_text("forest_fire"), *GROUP_HEAD)[0] == (
        "综合协调组",
        "县应急局",
        "县政府办、县林业局",
    )


def test_contacts_are_blank_where_no_register_was_asked():
    assert table(FOREST, *CONTACT_HEAD)[0] == ("县森林草原防灭火指挥部", "", "", "")


def test_contacts_carry_holders_telephones_and_why_these_are_missing():
    known = [
        Contact(label="县水利局", people=("李四",), phones=("0830-1", "139")),
        Contact(label="县公安局", people=("张三",), withheld=True),
    ]

    assert table(FOREST, *CONTACT_HEAD, contacts=known) == [
        ("县水利局", "李四", "0830-1、139", ""),
        ("县公安局", "张三", "", "电话按权限未列"),
    ]


def test_every_figure_says_where_it_comes_from():
    rows = table(FLOOD, *SOURCE_HEAD)

    assert ("Ⅲ级", "决定人", "有据", "安徽 Ⅲ级 常务副指挥长会商") in rows
    assert {row[2] for row in rows} == {"有据", "假定"}


def test_what_is_assumed_is_marked_to_the_eye():
    document = docx.Document(io.BytesIO(exported(FLOOD)))
    colors = {
        run.text: run.font.highlight_color
        for table_ in document.tables
        for cell in table_._cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color
    }

    assert colors["〔假定〕"] == WD_COLOR_INDEX.YELLOW


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_plan_is_written_with_all_its_steps(name):
    text = shipped_text(name)
    plan = load(text)

    rows = [row for rows in tables(text) if rows[0] == MEASURE_HEAD for row in rows[1:]]

    assert len(rows) == sum(len(level.steps) for level in plan.levels.values())


def test_the_same_plan_is_the_same_file():
    assert exported(FLOOD) == exported(FLOOD)
