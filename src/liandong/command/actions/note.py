"""What is added to an incident's story by hand: a note, or a file."""

from datetime import datetime

from liandong.command.actions.claims import demand_reach, demand_realm
from liandong.command.events import IncidentFileAttached, IncidentNoted
from liandong.command.models import Incident, IncidentFile
from liandong.command.permissions import Permission
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.files.models import File
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _


@action(Permission.NOTE_INCIDENT)
def note_incident(
    actor: Actor,
    *,
    incident: Incident,
    text: str,
    source: str = "",
    told_at: datetime | None = None,
    is_shared: bool = False,
    idempotency_key: str = "",
) -> Incident:
    """Write down in the story what no other deed says; ``told_at`` is when it was said or seen.

    Publishes ``IncidentNoted``, which the headquarters sees, and every unit ordered so far where
    ``is_shared``. Refuses without words, a moment that lies ahead, and a closed incident.
    Clause 二(二)2.
    """
    demand_realm(actor, incident)
    demand_reach(actor, Permission.NOTE_INCIDENT, incident)
    demand_open(incident)
    demand_words(text, field="text", what=_("记事内容"))
    if told_at is not None and told_at > clock.now(actor.realm):
        raise Invalid(
            _("发生时刻晚于现在。"),
            place=_("发生时刻"),
            remedy=_("请核对日期和时刻。"),
            fields={"told_at": _("不能晚于现在")},
        )
    fact = IncidentNoted(
        subject_id=str(incident.pk), text=text.strip(), source=source.strip()[:200]
    )
    audience = readers(actor, incident, is_shared=is_shared)
    happened(fact, incident=str(incident.pk), audience=audience, told=told_at)
    return incident


@action(Permission.ATTACH_FILE)
def attach_incident_file(
    actor: Actor,
    *,
    incident: Incident,
    file: File,
    caption: str = "",
    idempotency_key: str = "",
) -> IncidentFile:
    """Put a file that was stored before among the incident's; seen by whoever sees the file.

    Publishes ``IncidentFileAttached`` with its digest. What arrives after the incident was closed is
    taken too: its review needs it. Refuses a file that belongs elsewhere. Clause 二(二)2.
    """
    demand_realm(actor, incident)
    demand_reach(actor, Permission.ATTACH_FILE, incident)
    belongs = (file.realm, file.subject_kind, file.subject_id)
    if belongs != (incident.realm, "command.incident", str(incident.pk)):
        raise IllegalMove(
            _("“%(file)s”不是交给这个事件的文件。") % {"file": file.name},
            place=incident.title,
            remedy=_("请从事件室的“资料”重新上传。"),
        )
    row = IncidentFile.objects.create(
        realm=actor.realm,
        audience=file.audience,
        incident=incident,
        file=file,
        caption=caption.strip(),
        by=actor.label[:120],
        at=clock.now(actor.realm),
    )
    fact = IncidentFileAttached(
        subject_id=str(incident.pk),
        file_id=str(file.pk),
        file_name=file.name,
        caption=row.caption or file.name,
        digest=file.digest,
    )
    happened(fact, incident=str(incident.pk), audience=row.audience)
    return row


def readers(actor: Actor, incident: Incident, *, is_shared: bool) -> list[str]:
    """Who sees what is added: the headquarters and whoever added it; shared, every unit too."""
    own = {f"post:{actor.post}", f"body:{actor.body}"} - {"post:", "body:"}
    inner = {"duty", f"incident:{incident.pk}", *own}
    return sorted(inner | incident.scopes if is_shared else inner)
