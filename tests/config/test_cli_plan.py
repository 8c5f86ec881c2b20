"""``plan grade``: what it prints, what it refuses, and that it needs no node."""

import json

import pytest

from liandong.config.cli.app import main
from tests.config.nodes import refusal
from tests.plans.example import FOREST, RELIEF

FACTS = """\
at: 2026-07-14T12:00
relocated: {value: 700, at: 2026-07-14T11:30, source: 县应急局}
earthquake_magnitude: 0
"""


@pytest.fixture
def written(tmp_path):
    def write(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write


def said(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["plan", "grade", *arguments])
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_a_file_is_graded_level_by_level(written, capsys):
    relief, facts = written("relief.yaml", RELIEF), written("facts.yaml", FACTS)

    found = json.loads(said(capsys, relief, "--facts", facts, "--json"))

    assert (found["plan"], found["summary"]) == ("relief", "至少Ⅳ级；Ⅰ–Ⅲ级未定")
    four = found["levels"][3]
    assert (four["level"], four["verdict"]) == ("IV", "met")
    assert four["clauses"][1]["compared"][0] == {
        "fact": "relocated",
        "label": "紧急转移安置",
        "shown": "700 人",
        "at": "2026-07-14T11:30:00+08:00",
        "source": "县应急局",
    }
    assert [(one["fact"], one["ask"]) for one in found["questions"]] == [
        ("dead_missing", "县应急局、县公安局")
    ]
    ahead = found["next_thresholds"][0]
    assert (ahead["level"], ahead["threshold"], ahead["distance"]) == ("III", "1000", "300")


def test_without_json_people_can_read_it(written, capsys):
    relief, facts = written("relief.yaml", RELIEF), written("facts.yaml", FACTS)

    text = said(capsys, relief, "--facts", facts)

    for line in (
        "自然灾害救助应急预案\n至少Ⅳ级；Ⅰ–Ⅲ级未定\n",
        "? Ⅰ级  未定（未录 启动条件所在分页未取到）",
        "  ✓ 紧急转移安置 300 人以上、1000 人以下  〔一般〕",
        "      紧急转移安置：700 人（县应急局，2026-07-14T11:30:00+08:00）",
        "      死亡（含失踪）：未问到",
        "  县应急局、县公安局：死亡和失踪一共多少人  (dead_missing)",
        "  紧急转移安置 700 人，再增 300 人到 1000 人（Ⅲ级）",
    ):
        assert line in text


def test_a_plan_of_the_library_is_named_by_its_key_and_severity_stands_apart(capsys):
    found = json.loads(said(capsys, "forest-fire", "--json"))

    [table] = found["severities"]
    assert (found["title"], found["at_least"]) == ("示例县森林火灾应急预案", None)
    assert (table["basis"], table["at_least"]) == ("《森林防火条例》第四十条", "ordinary")


def test_facts_may_be_json_of_townships(written, capsys):
    plan = written(
        "plan.yaml",
        FOREST.replace(
            "        - {superior_demands: true",
            "        - {areas_at_least: 2, where: {flooded_mu: {at_least: 9}}}\n"
            "        - {superior_demands: true",
        ),
    )
    facts = {
        "townships": {"hekou": "河口镇", "xinan": "新安镇"},
        "flooded_mu@hekou": 10,
        "flooded_mu@xinan": {"value": "9.5", "source": "新安镇"},
    }
    given = written("facts.json", json.dumps(facts, ensure_ascii=False))

    assert json.loads(said(capsys, plan, "--facts", given, "--json"))["at_least"] == "IV"


def test_a_wrong_plan_is_refused_with_every_flaw(written, capsys):
    wrong = written("wrong.yaml", FOREST.replace("at_least: 10", "at_leest: 10"))

    problem = refusal(capsys, "plan", "grade", wrong)

    assert (problem["title"], problem["place"]) == ("有 1 处不能成立。", wrong)
    assert problem["remedy"].startswith("第 14 行 levels.IV.when.any[0].burned_ha.at_leest：")


def test_wrong_facts_are_refused_with_every_flaw(written, capsys):
    wrong = written("facts.yaml", "deads: 3\nrelocated: 很多\n")

    problem = refusal(capsys, "plan", "grade", "flood-drought", "--facts", wrong)

    assert (problem["title"], problem["place"]) == ("有 2 处不能成立。", wrong)
    assert problem["remedy"].splitlines()[0] == (
        "第 1 行 deads：事实词典里没有“deads”。是否应为 deaths"
    )


def test_a_plan_that_is_nowhere_is_refused_with_those_there_are(capsys):
    problem = refusal(capsys, "plan", "grade", "nowhere")

    assert (problem["place"], "flood-drought、forest-fire" in problem["remedy"]) == (
        "nowhere",
        True,
    )


def test_a_file_that_is_no_text_is_refused(tmp_path, capsys):
    (tmp_path / "plan.yaml").write_bytes("语言".encode("gb18030"))

    problem = refusal(capsys, "plan", "grade", tmp_path / "plan.yaml")

    assert problem["title"] == "文件不是 UTF-8 文字。"


def test_facts_that_are_not_there_are_a_wrong_call(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["plan", "grade", "flood-drought", "--facts", "/nowhere.yaml"])

    assert ended.value.code == 2
    assert "没有这个文件或目录" in capsys.readouterr().err
