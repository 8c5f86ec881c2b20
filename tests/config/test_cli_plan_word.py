"""``plan export`` and ``plan import``: what they write, read and refuse."""

import json

import pytest

from liandong.config.cli.app import main
from liandong.documents import read_docx
from liandong.plans.language import load, shipped_text
from tests.config.nodes import answer, refusal
from tests.documents.papers import bent, paper
from tests.plans.county_papers import written


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["plan", *map(str, arguments)])
    told = capsys.readouterr()
    return ended.value.code, told.out, told.err


def test_a_shipped_plan_is_written_as_a_word_file(capsys, tmp_path):
    out = tmp_path / "防汛.docx"

    status, told, _err = run(capsys, "export", "flood", out)

    assert (status, told.strip()) == (0, f"✓ 已写到 {out}。")
    assert next(read_docx(out.read_bytes(), "a").pieces()).text == "示例县防汛抗旱应急预案"


def test_a_plan_is_written_as_text_as_it_stands(capsys, tmp_path):
    out = tmp_path / "flood.yaml"

    run(capsys, "export", "flood-drought", out)

    assert out.read_text(encoding="utf-8") == shipped_text("flood")


def test_a_file_that_is_there_is_left_alone(capsys, tmp_path):
    out = tmp_path / "plan.docx"
    out.write_text("mine")

    trouble = refusal(capsys, "plan", "export", "flood", out)

    assert (out.read_text(), trouble["place"]) == ("mine", str(out))


@pytest.mark.parametrize("name", ["plan.pdf", "plan"])
def test_a_kind_that_it_cannot_write_is_refused(capsys, tmp_path, name):
    assert ".docx" in refusal(capsys, "plan", "export", "flood", tmp_path / name)["remedy"]


def test_a_folder_that_is_not_there_is_named(capsys, tmp_path):
    trouble = refusal(capsys, "plan", "export", "flood", tmp_path / "none" / "a.docx")

    assert trouble["place"] == str(tmp_path / "none")


def test_a_text_that_is_no_plan_leaves_no_file(capsys, tmp_path):
    plan, out = tmp_path / "a.yaml", tmp_path / "a.docx"
    plan.write_text("language: 1\n")

    refusal(capsys, "plan", "export", plan, out)

    assert not out.exists()


# --- in


@pytest.fixture
def word(tmp_path):
    file = tmp_path / "预案.docx"
    file.write_bytes(written())
    return file


def test_a_word_file_is_printed_as_a_plan_with_its_guesses_as_comments(capsys, word):
    status, out, _err = run(capsys, "import", word)

    assert (status, load(out).title) == (0, "清河县森林火灾应急预案")
    assert (
        "      # 第 18 段“（1）过火面积超过10公顷；”：Ⅳ级启动条件：过火面积超过 10 公顷\n"
        in out
    )
    assert "# 没有读懂的地方，请对照原文补上：\n# 第 20 段“敏感时段" in out


def test_or_written_to_a_file(capsys, word, tmp_path):
    out = tmp_path / "plan.yaml"

    status, told, _err = run(capsys, "import", word, "-o", out)

    assert (status, load(out.read_text(encoding="utf-8")).plan) == (0, "forest-fire")
    assert "2 处没有读懂" in told


def test_programs_get_text_guesses_and_what_was_not_read(capsys, word):
    _status, out, _err = run(capsys, "import", word, "--json")

    told = json.loads(out)
    assert (told["ok"], told["manuscript"], load(told["text"]).plan) == (
        True,
        "",
        "forest-fire",
    )
    assert told["guesses"][0]["path"] == ["plan"]
    assert [one["paragraph"] for one in told["not_read"]] == [20, 35]


def test_a_plan_that_went_out_comes_in_again(capsys, tmp_path):
    run(capsys, "export", "flood", tmp_path / "a.docx")
    run(capsys, "import", tmp_path / "a.docx", "-o", tmp_path / "a.yaml")

    _status, out, _err = run(capsys, "diff", "flood", tmp_path / "a.yaml", "--json")

    told = [one["path"] for one in json.loads(out)["differences"]]
    ends = ("].to", "].text", ".decides", "].finish_within")
    assert not [one for one in told if one.endswith(ends) and "figures" not in one]


BAD = {
    "an old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧的 .doc 格式"),
    "a PDF": (b"%PDF-1.7", "PDF"),
    "a bomb": (bent(paper("a"), **{"word/media/a.bin": b"\x00" * 130_000_000}), "过大"),
    "too large": (b"PK\x03\x04" + b"\x00" * 100_000_000, "20 MB"),
    "no plan": (paper("会议通知"), "没有从文档里读出任何一级响应"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_read_is_refused_and_leaves_no_file(capsys, tmp_path, what):
    content, words = BAD[what]
    (tmp_path / "坏.docx").write_bytes(content)

    trouble = refusal(
        capsys, "plan", "import", tmp_path / "坏.docx", "-o", tmp_path / "out.yaml"
    )

    assert words in trouble["title"]
    assert (trouble["place"], bool(trouble["remedy"])) == ("坏.docx", True)
    assert not (tmp_path / "out.yaml").exists()


def test_what_is_there_is_not_written_over(capsys, word, tmp_path):
    out = tmp_path / "plan.yaml"
    out.write_text("mine")

    refusal(capsys, "plan", "import", word, "-o", out)

    assert out.read_text() == "mine"


def test_a_node_keeps_it_as_a_manuscript_and_shows_its_versions(home, word, tmp_path):
    made = answer("plan", "import", word, home=home)
    missing = answer("plan", "export", "forest-fire@1", tmp_path / "a.docx", home=home)
    again = answer("plan", "diff", "forest-fire@", "flood", home=home)

    assert (made["ok"], len(made["manuscript"])) == (True, 36)
    assert missing["problem"]["place"] == "forest-fire@1"
    assert "没有现行的" in again["problem"]["title"]
