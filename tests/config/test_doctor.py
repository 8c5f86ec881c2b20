"""``doctor`` on nodes with one thing wrong each."""

import json

import psycopg
import pytest

from tests.config.nodes import answer, liandong

pytestmark = pytest.mark.slow


def wrong(home):
    found = answer("doctor", home=home)
    return [one["name"] for one in found["findings"] if one["ok"] is False]


def test_a_sound_node_ends_with_0(founded):
    done = liandong("doctor", home=founded["home"])

    assert (done.returncode, "✗" in done.stdout) == (0, False), done.stdout
    assert "一切正常" in done.stdout


def test_a_missing_home_ends_with_1(folder):
    done = liandong("doctor", home=folder / "none")

    assert done.returncode == 1
    assert "请先执行 liandong init" in done.stdout


def test_keys_that_others_can_read_are_named(home):
    (home / "keys" / "node.ed25519").chmod(0o644)

    assert wrong(home) == ["节点密钥权限"]


def test_another_nodes_key_is_noticed(home):
    from liandong.kernel import keys

    keys.key_path(home).unlink()
    keys.make_key(home)

    assert wrong(home) == ["节点身份"]


def test_rights_that_went_astray_are_noticed(home, cluster):
    with psycopg.connect(cluster.url(), autocommit=True) as owner:
        owner.execute("GRANT DELETE ON kernel_entry TO liandong_app")

    assert wrong(home) == ["角色权限"]


def test_a_head_that_is_not_in_the_chain_is_noticed(home):
    line = {
        "epoch": 1,
        "position": 10**6,
        "digest": "0" * 64,
        "at": "2026-01-01T00:00:00+00:00",
    }
    with (home / "checkpoints" / "heads.jsonl").open("a") as file:
        file.write(json.dumps(line) + "\n")

    assert wrong(home) == ["链头留存"]


def test_a_data_folder_of_another_major_version_is_noticed(home):
    (home / "postgres" / "PG_VERSION").write_text("16\n")

    assert wrong(home) == ["数据目录版本", "数据库"]


def test_a_dead_delivery_is_noticed(home, cluster):
    with psycopg.connect(cluster.url(), autocommit=True) as owner:
        owner.execute(
            "INSERT INTO kernel_delivery (link_id, handler, subject_kind, subject_id, attempts, dead, trouble)"
            " VALUES (1, 'x.y', 'a', 'b', 8, true, 'boom')"
        )

    assert wrong(home) == ["失败的后续办理"]


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit"])
def test_writes_that_are_not_safe_are_noticed(home, cluster, setting):
    with psycopg.connect(cluster.url(), autocommit=True) as owner:
        owner.execute(f"ALTER SYSTEM SET {setting} = off")
        owner.execute("SELECT pg_reload_conf()")

    assert wrong(home) == ["写入落盘"]
