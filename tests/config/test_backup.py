"""A node in a file, and back out of it."""

import hashlib
import io
import json
import subprocess
import sys
import tarfile

import psycopg
import pytest

from liandong.kernel import keys
from liandong.kernel.database import Cluster
from tests.config.nodes import answer, environment, refusal

pytestmark = pytest.mark.slow

CHAIN = "SELECT position, epoch, digest, entry_id::text FROM kernel_link ORDER BY position"
WRITER = """
import sys
from pathlib import Path
from liandong.config.homes import node
with node(Path(sys.argv[1])):
    from liandong.kernel.actors import system_actor
    from liandong.organization.actions import create_body
    from liandong.organization.permissions import Permission
    actor = system_actor("node", "写入", "actual", *Permission)
    number = 0
    while True:
        number += 1
        create_body(actor, key=f"body-{number}", name=f"单位{number}", short_name=f"单位{number}", kind="unit")
        print(number, flush=True)
"""


@pytest.fixture(scope="module")
def backup(founded):
    """A backup of the founded node with one attached file, and what was in it."""
    from tests.config import nodes

    folder = nodes.new_folder()
    home = nodes.twin(founded["home"], folder)
    (home / "files" / "ab").mkdir(parents=True)
    (home / "files" / "ab" / "abcdef").write_bytes(b"photo" * 1000)
    made = answer("backup", folder / "node.tar", home=home)
    assert made["ok"], made
    yield folder / "node.tar", home, made
    nodes.remove(folder)


def rows(home, query):
    with Cluster(home) as cluster, psycopg.connect(cluster.url()) as connection:
        return connection.execute(query).fetchall()


def test_the_backup_says_whose_it_is_and_up_to_where(founded, backup):
    path, home, made = backup
    head = answer("journal", "verify", home=home)["head"]

    assert made["head"] == head
    assert made["node"]["id"] == founded["node"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_moved_node_is_the_same_to_the_last_byte(founded, backup, folder):
    path, former, made = backup
    home = folder / "moved"
    told = answer("restore", path, "--as", "move", home=home)
    report = answer("journal", "verify", "--head", made["head"], home=home)
    before, after = rows(former, CHAIN), rows(home, CHAIN)

    assert (told["ok"], told["node"], told["epoch"]) == (True, founded["node"], 2)
    assert after[: len(before)] == before
    assert [row[1] for row in after[len(before) :]] == [2]
    assert report["verified"]
    assert (home / "files" / "ab" / "abcdef").read_bytes() == b"photo" * 1000
    assert keys.public_key(home) == founded["public_key"]
    assert (home / "keys" / "django.key").read_text() == (
        former / "keys" / "django.key"
    ).read_text()


def test_a_restored_node_is_in_health(backup, folder):
    path, _former, _made = backup
    answer("restore", path, "--as", "move", home=folder / "moved")
    found = answer("doctor", home=folder / "moved")

    assert [one["name"] for one in found["findings"] if one["ok"] is False] == []


def test_a_copied_node_is_another(founded, backup, folder):
    path, _former, _made = backup
    home = folder / "copy"
    told = answer("restore", path, "--as", "copy", home=home)
    (entry,) = rows(
        home,
        "SELECT name FROM kernel_entry JOIN kernel_link ON entry_id = id ORDER BY position DESC LIMIT 1",
    )

    assert told["node"] != founded["node"]
    assert keys.public_key(home) != founded["public_key"]
    assert rows(home, "SELECT public_key FROM kernel_node") == [(keys.public_key(home),)]
    assert (home / "keys" / "django.key").exists()  # second factors lie under it
    assert rows(home, "SELECT count(*) FROM django_session") == [(0,)]
    assert entry == ("kernel.node_restored",)
    assert answer("journal", "verify", home=home)["verified"]


def test_a_backup_taken_amid_writes_is_whole(home, folder):
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as writer:
        before = int(writer.stdout.readline())
        made = answer("backup", folder / "busy.tar", home=home)
        writer.kill()
    after = len(rows(home, "SELECT 1 FROM organization_body WHERE key LIKE 'body-%'"))
    answer("restore", folder / "busy.tar", "--as", "copy", home=folder / "copy")

    bodies = rows(folder / "copy", "SELECT key FROM organization_body WHERE key LIKE 'body-%'")
    entries = rows(
        folder / "copy",
        """
        SELECT 1 FROM kernel_entry JOIN organization_body ON subject_id = organization_body.id::text
        WHERE kernel_entry.name = 'organization.body_created' AND key LIKE 'body-%'
        """,
    )
    assert made["ok"], made
    assert before <= len(bodies) <= after
    assert len(entries) == len(bodies)
    assert answer("journal", "verify", home=folder / "copy")["verified"]


def spoiled(path, target, change):
    """A copy of the archive with some members changed: ``change(name, data)`` gives the new pair."""
    with tarfile.open(path) as old, tarfile.open(target, "w") as new:
        for member in old:
            pair = change(member.name, old.extractfile(member).read())
            if pair:
                name, data = pair
                information = tarfile.TarInfo(name)
                information.size = len(data)
                new.addfile(information, io.BytesIO(data))
    return target


def later_format(name, data):
    return (
        (name, json.dumps({**json.loads(data), "format": 99}).encode())
        if name == "manifest.json"
        else (name, data)
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda name, data: (
                (name, data[:-1] + bytes([data[-1] ^ 1]))
                if name == "database.dump"
                else (name, data)
            ),
            "备份文件与其清单不符：database.dump",
        ),
        (
            lambda name, data: None if name.startswith("files/") else (name, data),
            "备份文件与其清单不符：files/ab/abcdef",
        ),
        (
            lambda name, data: None if name == "manifest.json" else (name, data),
            "备份文件不完整：没有清单",
        ),
        (
            lambda name, data: (
                ("files/../../evil", data) if name.startswith("files/") else (name, data)
            ),
            "备份文件里有不该有的内容",
        ),
        (
            lambda name, data: (
                ("/tmp/evil", data) if name.startswith("files/") else (name, data)
            ),
            "备份文件里有不该有的内容",
        ),
        (later_format, "备份由更新的程序制作"),
    ],
)
def test_a_spoiled_backup_is_refused_before_anything_is_made(
    backup, folder, change, said, capsys
):
    bad = spoiled(backup[0], folder / "bad.tar", change)
    refused = refusal(capsys, "restore", bad, "--as", "move", "--home", folder / "home")

    assert said in refused["title"]
    assert not (folder / "home").exists()


def test_a_cut_backup_is_refused(backup, folder, capsys):
    whole = backup[0].read_bytes()
    (folder / "cut.tar").write_bytes(whole[: len(whole) // 2])

    refused = refusal(
        capsys, "restore", folder / "cut.tar", "--as", "move", "--home", folder / "home"
    )

    assert "备份文件" in refused["title"]
    assert not (folder / "home").exists()


def test_a_home_with_something_in_it_is_left_alone(backup, home, capsys):
    before = sorted(path.name for path in home.iterdir())
    refused = refusal(capsys, "restore", backup[0], "--as", "move", "--home", home)

    assert refused["title"] == "恢复的目标目录不是空的，不会覆盖其中的数据。"
    assert sorted(path.name for path in home.iterdir()) == before


def test_a_failed_load_leaves_the_home_empty_again(backup, folder, capsys):
    def broken(name, data):
        if name == "database.dump":
            return name, b"x" * 10
        if name != "manifest.json":
            return name, data
        manifest = json.loads(data)
        member = {"size": 10, "sha256": hashlib.sha256(b"x" * 10).hexdigest()}
        manifest["members"]["database.dump"] = member
        return name, json.dumps(manifest).encode()

    bad = spoiled(backup[0], folder / "bad.tar", broken)
    refused = refusal(capsys, "restore", bad, "--as", "move", "--home", folder / "home")

    assert "数据库载入失败" in refused["title"]
    assert list((folder / "home").iterdir()) == []


def test_a_backup_replaces_no_file(home, folder, capsys):
    (folder / "kept.tar").write_text("kept")
    refused = refusal(capsys, "backup", folder / "kept.tar", "--home", home)

    assert refused["title"] == "备份文件已存在，不会覆盖它。"
    assert (folder / "kept.tar").read_text() == "kept"


def test_a_backup_does_not_go_into_the_home_itself(home, capsys):
    refused = refusal(capsys, "backup", home / "node.tar", "--home", home)

    assert "备份不能放在数据目录里" in refused["title"]
