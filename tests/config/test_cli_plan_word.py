"""``plan export`` and ``plan import``: what they write, read and refuse."""

import pytest

from liandong.config.cli.app import main
from liandong.documents import read_docx
from liandong.plans.language import shipped_text
from tests.config.nodes import refusal


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
