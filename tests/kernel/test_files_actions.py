import hashlib
import io
import json

import pytest
from django.core.files.storage import default_storage

from liandong.kernel.files import actions, places
from liandong.kernel.files.actions import record_file, store_file
from liandong.kernel.files.models import File
from liandong.kernel.files.permissions import Permission
from liandong.kernel.files.reading import file_for, files_of
from liandong.kernel.journal.models import Entry, Payload
from liandong.kernel.problems import Forbidden, Invalid, KeyReused, Missing
from tests.kernel.papers import MP4, PDF, photograph
from tests.people import allowed, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    options = {"location": str(tmp_path), "base_url": None}
    backend = settings.STORAGES["default"]["BACKEND"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": backend, "OPTIONS": options},
    }
    return tmp_path


def keeper(**more):
    return allowed(Permission.STORE_FILE, **more)


def store(actor=None, name="纪要.pdf", content=PDF, **more):
    arguments = {"audience": ["duty"], "subject_kind": "x", "subject_id": "1", **more}
    return store_file(actor or keeper(), name=name, content=io.BytesIO(content), **arguments)


def test_store_file_keeps_the_bytes_under_their_digest_and_tells_the_journal(storage, at):
    now = at("2026-07-14T04:07")
    digest = hashlib.sha256(PDF).hexdigest()

    file = store(incident="i-1")

    assert (file.name, file.media_type, file.size, file.digest, file.at) == (
        "纪要.pdf",
        "application/pdf",
        len(PDF),
        digest,
        now,
    )
    assert (storage / digest[:2] / digest).read_bytes() == PDF
    assert list((storage / "incoming").iterdir()) == []
    entry = Entry.objects.get()
    assert (entry.name, entry.subject_id, entry.incident) == (
        "kernel.file_stored",
        str(file.pk),
        "i-1",
    )
    told = json.loads(Payload.objects.get().text)
    assert (told["digest"], told["received"], told["size"]) == (digest, digest, len(PDF))


def test_a_photographs_digest_is_that_of_what_is_kept_and_the_journal_has_both():
    raw = photograph()

    file = store(name="现场.JPG", content=raw)

    with default_storage.open(file.place) as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == file.digest
    told = json.loads(Payload.objects.get().text)
    assert told["received"] == hashlib.sha256(raw).hexdigest() != file.digest


def test_the_same_bytes_twice_stand_once_in_the_storage(storage):
    store()
    store(name="副本.pdf")

    assert File.objects.count() == 2
    assert len([path for path in storage.rglob("*") if path.is_file()]) == 1


def test_a_damaged_file_is_mended_by_storing_it_again(storage):
    file = store()
    (storage / file.place).write_bytes(b"half")

    store()

    assert (storage / file.place).read_bytes() == PDF


def test_a_crash_before_the_commit_leaves_an_orphan_and_no_row(storage, monkeypatch):
    def die(*args, **kwargs):
        raise RuntimeError("killed")

    monkeypatch.setattr(actions, "record_file", die)
    with pytest.raises(RuntimeError):
        store()

    assert (File.objects.count(), Entry.objects.count()) == (0, 0)
    assert len([path for path in storage.rglob("*") if path.is_file()]) == 1


def test_a_crash_while_writing_leaves_nothing_under_the_digest(storage, monkeypatch):
    def die(*args):
        raise OSError("disk full")

    monkeypatch.setattr(places.os, "fsync", die)
    with pytest.raises(OSError, match="disk full"):
        store()

    assert [path for path in storage.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"content": b""}, "是空的"),
        ({"content": b"%PDF-" + b"x" * 100, "largest": 50}, "超过"),
        ({"content": photograph()}, "内容不是 PDF"),
        ({"name": "a.exe"}, "不收"),
        ({"media_type": "image/png"}, "申报为 image/png"),
        ({"subject_id": "x" * 65}, "编号过长"),
    ],
)
def test_store_file_is_refused_by_rule(wrong, place):
    with pytest.raises(Invalid, match=place) as refused:
        store(**wrong)

    assert refused.value.remedy
    assert (File.objects.count(), Entry.objects.count()) == (0, 0)


def test_browsers_that_call_sound_video_are_believed():
    assert store(name="通话.m4a", content=MP4, media_type="video/mp4").media_type == "audio/mp4"


def test_store_file_is_refused_without_permission_before_anything_is_written(storage):
    with pytest.raises(Forbidden):
        store(visitor())
    with pytest.raises(Forbidden):
        record_file(
            visitor(),
            name="a.pdf",
            media_type="application/pdf",
            size=1,
            digest="0" * 64,
            received="0" * 64,
            audience=["duty"],
            subject_kind="",
            subject_id="",
        )

    assert list(storage.iterdir()) == []


def test_the_same_key_twice_is_one_file():
    first = store(audience={"duty", "county", "audit"}, idempotency_key="k")
    again = store(audience={"audit", "county", "duty"}, idempotency_key="k")

    assert (first.pk, File.objects.count(), Entry.objects.count()) == (again.pk, 1, 1)
    with pytest.raises(KeyReused):
        store(name="别的.pdf", idempotency_key="k")


def test_only_its_audience_in_its_realm_finds_a_file():
    file = store(audience=["post:1"])
    reader = keeper(scopes={"post:1"})

    assert list(files_of(reader, "x", "1")) == [file]
    assert file_for(reader, file.pk) == file
    for stranger in (keeper(), keeper(scopes={"post:1"}, realm="drill-1")):
        assert list(files_of(stranger, "x", "1")) == []
        with pytest.raises(Missing, match="没有这个文件"):
            file_for(stranger, file.pk)
