"""The command itself: what it prints, and how it ends."""

import json
import re
import stat
from pathlib import Path

import pytest

from liandong.config.cli.app import main
from tests.config.nodes import answer, liandong
from tests.documents.workbooks import workbook


def test_init_tells_the_node_and_three_one_time_passwords(founded):
    accounts = founded["accounts"]

    assert (founded["division_code"], founded["name"], founded["epoch"]) == (
        "370102",
        "试验县",
        1,
    )
    assert [one["username"] for one in accounts] == ["sysadmin", "secadmin", "auditadmin"]
    assert all(
        re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", one["password"]) for one in accounts
    )
    assert len({one["password"] for one in accounts}) == 3


def test_init_leaves_a_private_home_and_no_process(founded):
    home = Path(founded["home"])

    assert stat.S_IMODE(home.stat().st_mode) & 0o066 == 0
    assert stat.S_IMODE((home / "keys").stat().st_mode) == 0o700
    assert not (home / "postgres" / "postmaster.pid").exists()


def test_no_password_is_written_anywhere_in_the_home(founded):
    home = Path(founded["home"])
    secrets = [one["password"].encode() for one in founded["accounts"]]

    found = [
        path
        for path in home.rglob("*")
        if path.is_file() and any(secret in path.read_bytes() for secret in secrets)
    ]

    assert found == []


def test_init_lays_out_what_a_county_begins_with(founded):
    made = founded["made"]

    assert (made["bodies"], made["posts"] > 100, made["roles"] > 100) == (81, True, True)


def test_init_again_adds_only_what_is_missing(home):
    again = answer("init", "--division", "370102", "--name", "试验县", home=home)

    assert (again["accounts"], again["made"]) == ([], {"bodies": 0, "posts": 0, "roles": 0})


def test_init_takes_people_in_and_names_what_is_wrong_with_them(home):
    arguments = ("init", "--division", "370102", "--name", "试验县")
    head = ("单位", "岗位", "姓名", "手机")
    good, bad = home.parent / "people.xlsx", home.parent / "bad.xlsx"
    good.write_bytes(workbook(head, ("县水利局", "联络员", "王伟", "13900000001")))
    bad.write_bytes(workbook(head, ("县水利局", "联络员", "李敏", "139")))

    told = answer(*arguments, "--people", good, home=home)
    refused = answer(*arguments, "--people", bad, home=home)

    assert told["people"] == {"bodies": 0, "new": 1, "changed": 0, "same": 0}
    assert (refused["ok"], "第 2 行 D 列" in refused["people_problem"]) == (False, True)


def test_init_over_another_county_is_refused(home):
    done = liandong("init", "--division", "431126", home=home)

    assert done.returncode == 1
    assert "这个目录里是另一个县的节点" in done.stderr


def test_a_division_code_nobody_knows_asks_for_the_name(folder, capsys):
    with pytest.raises(SystemExit):
        main(["init", "--division", "999999", "--home", str(folder / "home"), "--json"])

    refused = json.loads(capsys.readouterr().out)["problem"]
    assert refused["remedy"] == "请核对代码；代码无误请加 --name 写明县名。"


def test_a_wrong_division_code_founds_nothing(folder, capsys):
    with pytest.raises(SystemExit):
        main(
            [
                "init",
                "--division",
                "12",
                "--name",
                "试验县",
                "--home",
                str(folder / "home"),
                "--json",
            ]
        )

    refused = json.loads(capsys.readouterr().out)["problem"]
    assert refused["title"] == "节点的代码或名称不对：行政区划代码应为 6 位或 12 位数字。"
    assert [path.name for path in (folder / "home").iterdir()] == ["serve.lock"]


@pytest.mark.parametrize(
    "arguments",
    [["journal", "verify"], ["backup", "nowhere.tar"], ["serve"], ["worker"]],
)
def test_a_home_without_a_node_is_told_what_to_do(folder, arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--home", str(folder / "none")])

    assert ended.value.code == 1
    assert "liandong init" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frobnicate"], "没有 'frobnicate' 这个命令"),
        (["init"], "缺少 --division"),
        (["serve", "--port", "x"], "--port 的值不对：应是整数"),
        (["serve", "--port", "99999"], "--port 的值不对：超出允许的范围"),
        (["serve", "--frob"], "没有 --frob 这个选项"),
        (["restore", "/dev/null/x", "--as", "move"], "没有这个文件或目录"),
        (["restore", __file__, "--as", "clone"], "可用的值是 'move', 'copy'"),
        (["journal", "verify", "--head", "1:2"], "应写成 纪元:序号:摘要"),
    ],
)
def test_wrong_usage_is_told_in_chinese_and_ends_with_2(arguments, said, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_with_json_a_refusal_is_json_too(folder, capsys):
    with pytest.raises(SystemExit):
        main(["journal", "verify", "--json", "--home", str(folder / "none")])

    refused = json.loads(capsys.readouterr().out)
    assert (refused["ok"], sorted(refused["problem"])) == (
        False,
        ["code", "place", "remedy", "title"],
    )


@pytest.mark.parametrize(
    "command",
    [
        "serve",
        "worker",
        "migrate",
        "init",
        "demo",
        "play",
        "backup",
        "restore",
        "reindex",
        "doctor",
        "journal verify",
        "journal export",
        "journal check",
    ],
)
def test_every_command_has_chinese_help(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])

    assert ended.value.code == 0
    assert "显示本说明" in capsys.readouterr().out


def test_migrate_says_that_nothing_is_missing(home):
    assert answer("migrate", home=home) == {"ok": True, "applied": []}


def test_a_county_of_the_version_before_can_be_searched_once_it_was_migrated(home, cluster):
    import psycopg

    count = (answer("reindex", home=home)["rows"],)
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("TRUNCATE kernel_searchrow")
        connection.execute("ALTER TABLE kernel_realm DROP COLUMN closed_at")
        connection.execute("DELETE FROM django_migrations WHERE name = '0005_close_realms'")

        assert answer("migrate", home=home)["applied"] == ["kernel.0005_close_realms"]

        assert connection.execute("SELECT count(*) FROM kernel_searchrow").fetchone() == count
        assert count[0] > 50
    assert answer("reindex", home=home) == {"ok": True, "rows": count[0]}


def test_a_database_shaped_by_a_newer_program_is_left_alone(home, cluster):
    import psycopg

    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', '9999_from_the_future', now())"
        )

    done = liandong("migrate", home=home)

    assert done.returncode == 1
    assert "kernel.9999_from_the_future" in done.stderr
