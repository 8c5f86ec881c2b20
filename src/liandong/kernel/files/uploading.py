"""Files that arrive in pieces, over lines that break: go on where it stopped."""

import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import BinaryIO, cast
from uuid import UUID

from django.db import transaction

from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.files import places
from liandong.kernel.files.actions import record_file, store_file
from liandong.kernel.files.kinds import LARGEST, MEGABYTE, kind_of
from liandong.kernel.files.measuring import too_large
from liandong.kernel.files.models import File, Upload
from liandong.kernel.files.naming import clean_name
from liandong.kernel.files.permissions import Permission
from liandong.kernel.journal.models import Call
from liandong.kernel.problems import Invalid, Missing, Problem
from liandong.kernel.wording import gettext as _

PIECE = 8 * MEGABYTE
MOST_OPEN = 20
KEPT = timedelta(days=3)


class WrongOffsetError(Problem):
    """A piece does not continue what has arrived. ``offset`` is where to go on."""

    status, code = 409, "wrong-offset"

    def __init__(self, offset: int) -> None:
        super().__init__(
            _("这一段接不上已收到的部分。"), remedy=_("请从第 %(n)d 字节继续。") % {"n": offset}
        )
        self.offset = offset


def begin_upload(actor: Actor, *, name: str, size: int) -> Upload:
    """Open an upload. Refuses at once what would be refused when it is whole."""
    actor.demand(Permission.STORE_FILE)
    plain = clean_name(name)
    limit = min(LARGEST, kind_of(plain).largest)
    if size > limit:
        raise too_large(plain, limit)
    if size <= 0:
        remedy = _("请核对后重新选择文件。")
        raise Invalid(_("“%(name)s”是空的。") % {"name": plain}, remedy=remedy)
    if not actor.account or _open(actor) >= MOST_OPEN:
        raise Invalid(_("没有传完的文件太多。"), remedy=_("请先传完或等待 3 天后自动清除。"))
    return Upload.objects.create(account=actor.account, name=plain, size=size, at=clock.real())


def upload_of(actor: Actor, pk: UUID) -> Upload:
    """The actor's own upload; raises ``Missing``."""
    row = Upload.objects.filter(pk=pk, account=actor.account).first() if actor.account else None
    if row is None:
        raise _gone()
    return row


def receive_piece(actor: Actor, *, pk: UUID, offset: int, data: bytes) -> Upload:
    """Keep the next piece. Raises ``WrongOffsetError`` when it is not the next one."""
    with transaction.atomic():
        row = Upload.objects.select_for_update().filter(pk=pk, account=actor.account).first()
        if row is None or not actor.account:
            raise _gone()
        if offset != row.received:
            raise WrongOffsetError(row.received)
        if not data or len(data) > PIECE or offset + len(data) > row.size:
            raise Invalid(
                _("这一段的长度不对。"),
                place=row.name,
                remedy=_("每段 1 字节到 8 MB，总长不超过申报的 %(n)d 字节。") % {"n": row.size},
            )
        place = _place(row.pk, offset)
        # A piece that was kept when its row was not: written by a process that died.
        places.remove([place])
        places.put(io.BytesIO(data), place, len(data))
        row.received += len(data)
        row.save(update_fields=["received"])
    return row


def finish_upload(
    actor: Actor,
    *,
    pk: UUID,
    audience: list[str],
    subject_kind: str,
    subject_id: str,
    incident: str = "",
) -> File:
    """Make the file of a whole upload, through ``store_file``; finished twice it is one file."""
    key = f"upload/{pk}"
    if made := _made(actor, key):
        return made
    row = upload_of(actor, pk)
    if row.received != row.size:
        raise WrongOffsetError(row.received)
    names = _pieces(row)
    with _Chain(names) as content:
        file = store_file(
            actor,
            name=row.name,
            content=cast("BinaryIO", content),
            audience=audience,
            subject_kind=subject_kind,
            subject_id=subject_id,
            incident=incident,
            largest=LARGEST,
            idempotency_key=key,
        )
    row.delete()
    places.remove(names)
    return file


def drop_abandoned() -> int:
    """Clear away uploads that nobody went on with; housekeeping."""
    old = list(Upload.objects.filter(at__lt=clock.real() - KEPT))
    for row in old:
        names: list[str] = []
        with suppress(Missing):
            names.extend(_walk(row))
        # The row first: a crash leaves pieces that nobody asks for, never a row without them.
        row.delete()
        places.remove(names)
    return len(old)


class _Chain(io.RawIOBase):
    """Pieces read one after another as if they were one file."""

    def __init__(self, names: list[str]) -> None:
        self.waiting = iter(names)
        self.piece: BinaryIO | None = None

    def read(self, size: int = -1) -> bytes:
        while True:
            if self.piece is None:
                name = next(self.waiting, None)
                if name is None:
                    return b""
                self.piece = places.take(name)
            if data := self.piece.read(size):
                return data
            self.piece.close()
            self.piece = None

    def close(self) -> None:
        if self.piece is not None:
            self.piece.close()
        super().close()


def _made(actor: Actor, key: str) -> File | None:
    calls = Call.objects.filter(
        realm=actor.realm, action=f"kernel.{record_file.__name__}", key=key
    )
    made = calls.exclude(result_id="").values_list("result_id", flat=True).first()
    return File.objects.filter(pk=made, account=actor.account).first() if made else None


def _pieces(row: Upload) -> list[str]:
    """The places of an upload's pieces, in order."""
    return list(_walk(row)) if row.received else []


def _walk(row: Upload) -> Iterator[str]:
    offset = 0
    while offset < row.received:
        place = _place(row.pk, offset)
        try:
            with places.take(place) as piece:
                offset += piece.seek(0, io.SEEK_END)
        except FileNotFoundError as lost:
            raise _gone() from lost
        yield place


def _place(pk: UUID, offset: int) -> str:
    return f"pieces/{pk}/{offset:012d}"


def _open(actor: Actor) -> int:
    return Upload.objects.filter(account=actor.account).count()


def _gone() -> Missing:
    return Missing(_("没有这个上传，或它已经过期清除。"), remedy=_("请重新开始上传。"))
