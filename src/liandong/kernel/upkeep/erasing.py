"""Destroying what an entry said, when the law asks for it; that it was said remains."""

import json
from dataclasses import field
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_noop

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.events import Event, event, known
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Invalid, Missing
from liandong.kernel.upkeep.permissions import Permission
from liandong.kernel.wording import gettext as _


@event("kernel.payload_erased", about="kernel.entry")
class PayloadErased(Event):
    """What an entry said has been destroyed; the entry and the chain stay.

    ``kept``: counts, states and keys that its event lets stay (``stays``), so that sums still add up.
    """

    reason: str
    kept: dict[str, Any] = field(default_factory=dict)
    say = gettext_noop("依法销毁一条记录的内容：{reason}")


@action(Permission.ERASE_PAYLOAD)
def erase_payload(
    actor: Actor, *, entry: UUID, reason: str, idempotency_key: str = ""
) -> Entry:
    """Destroy an entry's payload and salt. Publishes ``PayloadErased``, with what its event keeps.

    Refuses without a reason, unknown entries, and what was destroyed already.

    The running role has no DELETE on payloads: the database's own function destroys one row,
    and ``journal verify`` asks for the entry that this action leaves (《突发事件应对法》第85条).
    """
    reason = reason.strip()
    if not reason:
        raise Invalid(
            _("没有写销毁的依据。"),
            remedy=_("请写明依据的规定和批准人。"),
            fields={"reason": _("请填写这一项。")},
        )
    rows = Entry.objects.select_related("payload").filter(realm=actor.realm)
    row = rows.filter(pk=entry, link__isnull=False, payload__isnull=False).first()
    if row is None:
        raise Missing(
            _("没有这条记录，或内容已经销毁。"), remedy=_("请从流水页选择要销毁内容的记录。")
        )
    kept = _kept(row)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_erase_payload(%s)", [entry])
    fact = PayloadErased(subject_id=str(entry), reason=reason, kept=kept)
    happened(fact, audience={"audit"})
    return row


def _kept(row: Entry) -> dict[str, Any]:
    """What the entry's event lets stay; nothing of one that is no longer known."""
    kind = known.get(row.name)
    said = json.loads(row.payload.text)
    return {name: said[name] for name in sorted(kind.stays) if name in said} if kind else {}
