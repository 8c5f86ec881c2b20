"""Taking a file in: proved, cleaned, put under its digest, and then told to the journal."""

import tempfile
from collections.abc import Iterable
from typing import BinaryIO, cast

from django.utils.translation import gettext_noop

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.events import Event, event
from liandong.kernel.files import places
from liandong.kernel.files.images import without_traces
from liandong.kernel.files.kinds import MEGABYTE, Kind, kind_of, recognize
from liandong.kernel.files.measuring import copy_within, digest_of
from liandong.kernel.files.models import File
from liandong.kernel.files.naming import clean_name
from liandong.kernel.files.permissions import Permission
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

DIRECT = 20 * MEGABYTE
IN_MEMORY = 8 * MEGABYTE
FAMILIES = {"image": "image", "audio": "sound", "video": "sound"}


@event("kernel.file_stored", about="kernel.file")
class FileStored(Event):
    """A file has been taken in. ``received`` is the digest of the bytes as they came."""

    file_name: str
    media_type: str
    size: int
    digest: str
    received: str
    subject_of_file: str
    say = gettext_noop("收存文件：{file_name}")


def store_file(
    actor: Actor,
    *,
    name: str,
    content: BinaryIO,
    audience: Iterable[str],
    subject_kind: str,
    subject_id: str,
    media_type: str = "",
    incident: str = "",
    largest: int = DIRECT,
    idempotency_key: str = "",
) -> File:
    """Take a file in and keep it; the bytes are written before the row that speaks of them.

    Publishes ``FileStored`` through ``record_file``. Pictures are saved anew without EXIF. Refuses
    what is not taken, what is not what its name says, and what is too large.
    """
    actor.demand(Permission.STORE_FILE)
    plain = clean_name(name)
    limit = min(largest, kind_of(plain).largest)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        came = cast("BinaryIO", spool)
        copy_within(plain, content, came, limit)
        kind = recognize(plain, came)
        _refuse_other_type(plain, kind, media_type)
        received, _size = digest_of(came)
        kept = without_traces(plain, kind.media_type, came) if kind.is_image else came
        with kept:
            digest, size = digest_of(kept)
            places.put(kept, File(digest=digest).place, size)
    return record_file(
        actor,
        name=plain,
        media_type=kind.media_type,
        size=size,
        digest=digest,
        received=received,
        audience=sorted(set(audience)),
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        incident=incident,
        idempotency_key=idempotency_key,
    )


@action(Permission.STORE_FILE)
def record_file(
    actor: Actor,
    *,
    name: str,
    media_type: str,
    size: int,
    digest: str,
    received: str,
    audience: list[str],
    subject_kind: str,
    subject_id: str,
    incident: str = "",
    idempotency_key: str = "",
) -> File:
    """Keep that bytes now in the storage are a file of this name. Publishes ``FileStored``.

    Refuses a subject that cannot be one. Called by ``store_file``, which has put the bytes there.
    """
    if len(subject_kind) > 100 or len(subject_id) > 64 or len(incident) > 64:
        raise Invalid(_("文件所属的对象编号过长。"), remedy=_("请从所属页面重新上传。"))
    row = File.objects.create(
        realm=actor.realm,
        audience=audience,
        name=name,
        media_type=media_type,
        size=size,
        digest=digest,
        subject_kind=subject_kind,
        subject_id=subject_id,
        at=clock.now(actor.realm),
        account=actor.account,
    )
    fact = FileStored(
        subject_id=str(row.pk),
        file_name=name,
        media_type=media_type,
        size=size,
        digest=digest,
        received=received,
        subject_of_file=f"{subject_kind}:{subject_id}",
    )
    happened(fact, incident=incident, audience=audience)
    return row


def _refuse_other_type(name: str, kind: Kind, told: str) -> None:
    """A sender who names an exact type that is another kind's is mistaken, or lying."""
    family, other = (FAMILIES.get(one.partition("/")[0]) for one in (kind.media_type, told))
    if other and other != family:
        raise Invalid(
            _("“%(name)s”申报为 %(told)s，与内容不符。") % {"name": name, "told": told[:60]},
            place=name,
            remedy=_("请重新选择文件后再传。"),
            fields={"media_type": _("类型不符")},
        )
