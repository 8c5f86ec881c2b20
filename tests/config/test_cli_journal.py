"""``journal verify|export|check`` from outside."""

import zipfile

import psycopg
import pytest

from tests.config.nodes import answer, liandong


def test_a_sound_journal_is_verified_with_its_head(home):
    report = answer("journal", "verify", home=home)

    assert report["verified"]
    assert report["entries"] > 0
    assert answer("journal", "verify", "--head", report["head"], home=home)["verified"]


def test_a_head_that_was_never_ours_is_named(home):
    head = answer("journal", "verify", home=home)["head"]
    epoch, position, _digest = head.split(":")

    done = liandong("journal", "verify", "--head", f"{epoch}:{position}:{'0' * 64}", home=home)
    beyond = answer(
        "journal", "verify", "--head", f"{epoch}:{int(position) + 5}:{'0' * 64}", home=home
    )

    assert done.returncode == 1
    assert f"第 {position} 条与库外留存的链头不符" in done.stdout
    assert [trouble["kind"] for trouble in beyond["troubles"]] == ["cut"]


def test_a_cut_tail_shows_by_the_heads_kept_outside(home, cluster):
    with psycopg.connect(cluster.url(), autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            "DELETE FROM kernel_link WHERE position = (SELECT max(position) FROM kernel_link)"
        )

    kinds = [trouble["kind"] for trouble in answer("journal", "verify", home=home)["troubles"]]

    assert "cut" in kinds


def test_a_changed_payload_is_named_and_ends_with_1(home, cluster):
    with psycopg.connect(cluster.url(), autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            "UPDATE kernel_payload SET text = replace(text, '试验县', '试验市') WHERE text LIKE '%试验县%'"
        )

    done = liandong("journal", "verify", home=home)

    assert done.returncode == 1
    assert "的内容被改动" in done.stdout


@pytest.fixture
def bundle(founded, folder):
    path = folder / "流水.zip"
    made = answer("journal", "export", path, home=founded["home"])
    assert made["ok"], made
    return path


def test_an_exported_bundle_checks_without_a_node(founded, bundle):
    report = answer("journal", "check", bundle)

    assert report["verified"]
    assert report["node"] == "试验县"
    assert answer("journal", "check", bundle, "--key", founded["public_key"])["verified"]


def test_a_bundle_by_another_key_is_refused(bundle):
    assert not answer("journal", "check", bundle, "--key", "ab" * 32)["verified"]


def test_a_bundle_with_another_word_is_refused(bundle, folder):
    forged = folder / "forged.zip"
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(forged, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("试验县".encode(), "试验市".encode()))

    done = liandong("journal", "check", forged)

    assert done.returncode == 1
    assert "签名不符" in done.stdout


def test_what_is_no_bundle_is_told_so(folder):
    (folder / "x.zip").write_text("x")

    done = liandong("journal", "check", folder / "x.zip")

    assert done.returncode == 1
    assert "这不是导出的流水文件" in done.stderr


def test_an_export_replaces_no_file(home, folder):
    (folder / "kept.zip").write_text("kept")

    refused = answer("journal", "export", folder / "kept.zip", home=home)

    assert refused["problem"]["title"] == "文件已存在，不会覆盖它。"
    assert (folder / "kept.zip").read_text() == "kept"
