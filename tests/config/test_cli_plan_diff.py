"""``plan diff``: what it says of two plans, and how it refuses what is none."""

import json

import pytest

from liandong.config.cli.app import main
from tests.config.nodes import liandong, refusal
from tests.plans.example import FOREST


@pytest.fixture
def files(tmp_path):
    before, after = tmp_path / "before.yaml", tmp_path / "after.yaml"
    before.write_text(FOREST, encoding="utf-8")
    after.write_text(FOREST.replace("PT40M", "PT60M"), encoding="utf-8")
    return before, after


def diff(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["plan", "diff", *map(str, arguments)])
    return ended.value.code, capsys.readouterr().out


def test_what_changed_is_said_in_words(capsys, files):
    status, out = diff(capsys, *files)

    assert (status, out.splitlines()) == (
        0,
        [
            "森林火灾应急预案",
            "Ⅳ级",
            "  措施“对火场周边道路实施交通管制，疏散无关人员”的完成时限由 40分钟改为 1小时",
            "共 1 处不同。",
        ],
    )


def test_programs_get_level_path_and_words(capsys, files):
    _status, out = diff(capsys, *files, "--json")

    assert [(one["level"], one["path"]) for one in json.loads(out)["differences"]] == [
        ("IV", "levels.IV.steps[1].finish_within")
    ]


def test_the_same_plan_has_no_differences(capsys):
    assert diff(capsys, "flood", "flood-drought")[1].endswith("两份预案没有不同。\n")


def test_posts_are_called_by_their_usual_names(capsys, files):
    before, after = files
    after.write_text(FOREST.replace("to: public-security", "to: emergency"), encoding="utf-8")

    assert "责任单位由县公安局改为县应急局" in diff(capsys, before, after)[1]


def test_a_text_that_is_no_plan_is_refused_with_line_and_remedy(capsys, files):
    before, after = files
    after.write_text("language: 1\n", encoding="utf-8")

    trouble = refusal(capsys, "plan", "diff", before, after)

    assert (trouble["place"], "缺少“plan”" in trouble["remedy"]) == (str(after), True)


def test_what_is_neither_file_nor_plan_is_refused(capsys):
    assert "代号@版次" in refusal(capsys, "plan", "diff", "nothing", "flood")["remedy"]


def test_without_a_node_no_folder_is_made_for_one(tmp_path):
    done = liandong("plan", "diff", "flood", "flood", home=tmp_path / "none")

    assert (done.returncode, done.stdout.endswith("两份预案没有不同。\n")) == (0, True)
    assert list(tmp_path.iterdir()) == []


def test_a_node_that_was_never_founded_is_named(capsys, tmp_path):
    trouble = refusal(capsys, "plan", "diff", "flood@1", "flood", "--home", tmp_path)

    assert trouble["place"] == str(tmp_path)
