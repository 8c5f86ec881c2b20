import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest

from liandong.kernel.actors import Actor, Grant
from liandong.kernel.files import places, uploading
from liandong.kernel.files.kinds import LARGEST
from liandong.kernel.files.models import File, Upload
from liandong.kernel.files.permissions import Permission
from liandong.kernel.files.uploading import (
    WrongOffsetError,
    begin_upload,
    drop_abandoned,
    finish_upload,
    receive_piece,
)
from liandong.kernel.problems import Forbidden, Invalid, Missing
from tests.kernel.papers import MP4
from tests.kernel.test_files_actions import storage  # noqa: F401 -- a fixture
from tests.people import visitor

pytestmark = pytest.mark.django_db
FILM = MP4 + bytes(range(256)) * 40
WHOLE = len(FILM)


def sender(account="a-1"):
    return Actor(
        account=account,
        post="p-1",
        label="甲",
        grants=frozenset({Grant(permission=str(Permission.STORE_FILE))}),
        scopes=frozenset({"duty"}),
    )


def begin(size=WHOLE, name="现场.mp4"):
    return begin_upload(sender(), name=name, size=size)


def finish(upload, actor=None):
    return finish_upload(
        actor or sender(), pk=upload.pk, audience=["duty"], subject_kind="x", subject_id="1"
    )


def send(upload, offset, data, actor=None):
    return receive_piece(actor or sender(), pk=upload.pk, offset=offset, data=data)


def left_over(folder):
    return [path for path in (folder / "pieces").rglob("*") if path.is_file()]


def test_pieces_become_one_file(storage):  # noqa: F811
    upload = begin()
    for start in range(0, len(FILM), 1000):
        send(upload, start, FILM[start : start + 1000])

    file = finish(upload)

    assert (file.digest, file.size) == (hashlib.sha256(FILM).hexdigest(), len(FILM))
    assert (storage / file.place).read_bytes() == FILM
    assert (Upload.objects.count(), left_over(storage)) == (0, [])


def test_finishing_twice_is_one_file():
    upload = begin()
    send(upload, 0, FILM)

    first, again = finish(upload), finish(upload)

    assert (first.pk, File.objects.count()) == (again.pk, 1)


@pytest.mark.parametrize("offset", [0, 999, 1001])
def test_a_piece_at_a_wrong_place_is_told_the_right_one(offset):
    upload = begin()
    send(upload, 0, FILM[:1000])

    with pytest.raises(WrongOffsetError) as refused:
        send(upload, offset, FILM[1000:2000])

    assert (refused.value.status, refused.value.offset) == (409, 1000)
    assert "从第 1000 字节继续" in refused.value.remedy


def test_a_piece_kept_by_a_process_that_died_is_replaced():
    upload = begin()
    send(upload, 0, FILM[:1000])
    Upload.objects.update(received=0)

    send(upload, 0, FILM[:500])
    send(upload, 500, FILM[500:])

    assert finish(upload).digest == hashlib.sha256(FILM).hexdigest()


def test_an_upload_that_is_not_whole_is_not_finished():
    upload = begin()
    send(upload, 0, FILM[:1000])

    with pytest.raises(WrongOffsetError):
        finish(upload)

    assert File.objects.count() == 0


def test_what_is_whole_and_not_what_it_says_is_refused_and_stays():
    upload = begin(size=4)
    send(upload, 0, b"ELF!")

    with pytest.raises(Invalid, match="内容不是 MP4"):
        finish(upload)


@pytest.mark.parametrize("data", [b"", FILM + b"x"])
def test_a_piece_of_a_wrong_length_is_refused(data):
    with pytest.raises(Invalid, match="这一段的长度不对"):
        send(begin(), 0, data)


@pytest.mark.parametrize(
    ("size", "name", "what"),
    [
        (LARGEST + 1, "a.mp4", "超过 500 MB"),
        (51 * 1024 * 1024, "a.jpg", "超过 50 MB"),
        (0, "a.mp4", "是空的"),
        (9, "a.exe", "不收"),
    ],
)
def test_what_would_be_refused_when_whole_is_refused_at_once(size, name, what):
    with pytest.raises(Invalid, match=what):
        begin(size, name)


def test_an_upload_is_its_senders_alone():
    upload = begin()

    for stranger in (sender("a-2"), sender("")):
        with pytest.raises(Missing):
            send(upload, 0, FILM, stranger)
        with pytest.raises(Missing):
            finish(upload, stranger)
    with pytest.raises(Missing):
        finish_upload(sender(), pk=uuid4(), audience=[], subject_kind="", subject_id="")
    with pytest.raises(Forbidden):
        begin_upload(visitor(), name="a.mp4", size=9)


def test_nobody_keeps_more_open_than_may_be(monkeypatch):
    monkeypatch.setattr(uploading, "MOST_OPEN", 1)
    begin()

    with pytest.raises(Invalid, match="没有传完的文件太多"):
        begin()


def test_what_nobody_goes_on_with_is_cleared_away(storage):  # noqa: F811
    old, new = begin(), begin()
    send(old, 0, FILM[:1000])
    Upload.objects.filter(pk=old.pk).update(at=old.at - timedelta(days=4))

    assert drop_abandoned() == 1
    assert (list(Upload.objects.all()), left_over(storage)) == ([new], [])
    assert places.local_folder() == storage


def test_an_abandoned_upload_whose_pieces_are_lost_is_cleared_away_all_the_same(storage):  # noqa: F811
    upload = begin()
    send(upload, 0, FILM[:1000])
    send(upload, 1000, FILM[1000:2000])
    left_over(storage)[0].unlink()
    Upload.objects.update(at=upload.at - timedelta(days=4))

    assert (drop_abandoned(), Upload.objects.count()) == (1, 0)


def test_a_whole_upload_whose_piece_is_lost_is_refused_and_not_an_error(storage):  # noqa: F811
    upload = begin()
    send(upload, 0, FILM)
    left_over(storage)[0].unlink()

    with pytest.raises(Missing):
        finish(upload)
