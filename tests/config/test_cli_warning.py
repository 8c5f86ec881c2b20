"""``warning read``: what it says of warnings of others, and its status."""

import io
import json
import sys

import pytest

from liandong.config.cli.app import main
from tests.monitoring.alerts import cap, national


def ask(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["warning", "read", *map(str, arguments)])
    told = capsys.readouterr()
    return ended.value.code, told.out, told.err


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.xml").write_bytes(cap())
    return tmp_path


def test_a_sound_one_is_told_in_a_few_lines(capsys, folder):
    status, out, _err = ask(capsys, folder / "a.xml")

    assert status == 0
    assert "橙色 11B03 示例市气象局发布暴雨橙色预警" in out
    assert "范围：城关镇" in out


def test_a_doubtful_one_has_a_status_of_its_own(capsys, folder):
    (folder / "b.xml").write_bytes(national(kind="Update"))

    status, out, _err = ask(capsys, folder)

    assert status == 3
    assert "references-missing" in out
    assert "办法：请人工核对它接续哪一条预警。" in out


def test_a_refused_one_fails_and_names_the_line(capsys, folder):
    (folder / "c.xml").write_bytes(cap().replace(b"Severe", b"Bad"))

    status, out, _err = ask(capsys, folder / "c.xml")

    assert status == 1
    assert "choice 第 15 行 alert/info/severity" in out


def test_programs_get_everything(capsys, folder):
    status, out, _err = ask(capsys, folder / "a.xml", "--json")

    told = json.loads(out)
    assert (status, told["ok"], told["outcome"]) == (0, True, "ok")
    assert told["files"][0]["alerts"][0]["elements"]["category"] == "暴雨"


def test_standard_input(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(cap())))

    status, out, _err = ask(capsys, "-")

    assert (status, "示例市气象局" in out) == (0, True)


def test_a_file_that_is_not_there(capsys, tmp_path):
    status, _out, err = ask(capsys, tmp_path / "none.xml")

    assert (status, "没有这个文件或目录" in err) == (1, True)


def test_a_certificate_that_is_none(capsys, folder):
    (folder / "no.pem").write_text("x")

    status, _out, err = ask(capsys, folder / "a.xml", "--trust", folder / "no.pem")

    assert (status, "不是 PEM 证书" in err) == (1, True)
