import json
import zipfile

import pytest

from liandong.kernel.identity import Node
from liandong.kernel.journal.bundle import BadBundleError, check
from liandong.kernel.journal.commitments import canonical
from liandong.kernel.journal.exporting import export
from liandong.kernel.journal.models import Payload
from liandong.kernel.journal.sequencing import sequence
from liandong.kernel.problems import Missing
from tests.kernel.gauges import MOVE, move
from tests.people import allowed

pytestmark = pytest.mark.django_db


def sign(message):
    return f"signed {len(message)}"


def signed(key, message, signature):
    return (key, signature) == ("key", sign(message))


@pytest.fixture
def bundle(db, tmp_path):
    Node.objects.create(division_code="330000", name="示例县", public_key="key")
    move(allowed(MOVE), gauges=[("上游", 1)], incident="i-1")
    move(allowed(MOVE), gauges=[("下游", 2)], incident="i-2")
    move(allowed(MOVE), gauges=[("上游", 3)], incident="i-1")
    sequence(epoch=1)
    export(tmp_path / "all.zip", sign=sign)
    return tmp_path / "all.zip"


def rewrite(path, change):
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["entries.jsonl"] = change(parts["entries.jsonl"])
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)


def test_a_bundle_is_checked_with_nothing_but_the_file(bundle):
    found = check(bundle, signed=signed)

    assert (found.verified, found.entries, found.erased, found.node) == (True, 3, 0, "示例县")


def test_of_other_incidents_a_bundle_carries_the_envelope_only(bundle, tmp_path):
    export(tmp_path / "one.zip", sign=sign, incident="i-1")

    found = check(tmp_path / "one.zip", signed=signed)
    text = zipfile.ZipFile(tmp_path / "one.zip").read("entries.jsonl").decode()
    said = [json.loads(line)["payload"] for line in text.splitlines()]
    assert (found.verified, found.entries) == (True, 3)
    assert (found.erased, found.withheld) == (0, 1)
    assert [payload is None for payload in said] == [False, True, False]


def test_a_bundle_written_before_the_manifest_named_an_incident_is_still_good(bundle, tmp_path):
    with zipfile.ZipFile(bundle) as new:
        told, entries = json.loads(new.read("manifest.json")), new.read("entries.jsonl")
    del told["incident"], told["signature"]
    told["signature"] = sign(canonical(told).encode())
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as old:
        old.writestr("manifest.json", canonical(told))
        old.writestr("entries.jsonl", entries)

    found = check(tmp_path / "old.zip", signed=signed)

    assert (found.verified, found.entries, found.withheld) == (True, 3, 0)


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        (lambda text: text.replace(b'level\\":1', b'level\\":9'), "第 1 条的内容被改动"),
        (lambda text: text.replace(b'"incident":"i-2"', b'"incident":"i-9"'), "第 2 条被改动"),
        (lambda text: b"".join(text.splitlines(keepends=True)[1:]), "第 2 条被改动"),
        (lambda text: b"".join(text.splitlines(keepends=True)[:2]), "应有 3 条，实有 2 条"),
    ],
    ids=["payload", "envelope", "first gone", "last gone"],
)
def test_a_changed_bundle_is_told(bundle, change, trouble):
    rewrite(bundle, change)

    assert trouble in check(bundle, signed=signed).troubles


def test_a_bundle_signed_by_somebody_else_is_told(bundle):
    found = check(bundle, signed=lambda key, message, signature: False)

    assert found.troubles == ["签名不符：清单被改动，或不是这个节点签发"]


def test_an_erased_payload_does_not_break_a_bundle(bundle, tmp_path):
    Payload.objects.filter(text__contains="下游").delete()

    export(tmp_path / "later.zip", sign=sign)

    found = check(tmp_path / "later.zip", signed=signed)
    assert (found.verified, found.erased) == (True, 1)


def test_what_is_no_bundle_is_refused(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK not a zip")

    with pytest.raises(BadBundleError):
        check(tmp_path / "x.zip", signed=signed)


def test_nothing_is_exported_of_an_unknown_incident(bundle, tmp_path):
    with pytest.raises(Missing):
        export(tmp_path / "none.zip", sign=sign, incident="nobody")

    assert not (tmp_path / "none.zip").exists()
