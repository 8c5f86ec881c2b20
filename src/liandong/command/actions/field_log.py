"""The field's own log: written as things happen, or merged after a silence."""

from collections.abc import Sequence
from datetime import datetime

from liandong.command.actions.field_people import held_field_post
from liandong.command.events import FieldLogMerged, FieldLogWritten
from liandong.command.models import FieldGroup, FieldLogLine, FieldPost
from liandong.command.permissions import Permission
from liandong.command.queries.field_log import known_keys
from liandong.command.rules.field_log import LogLine, demand_lines
from liandong.command.rules.field_people import demand_may_sign, demand_moment
from liandong.command.rules.order import demand_words
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.ids import uuid7
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _


@action(Permission.WRITE_FIELD_LOG)
def write_field_log(
    actor: Actor,
    *,
    field_post: FieldPost,
    text: str,
    group: FieldGroup | None = None,
    at: datetime | None = None,
    idempotency_key: str = "",
) -> FieldLogLine:
    """Note something on the spot. Publishes ``FieldLogWritten``, which alone keeps what it says.

    ``at``: when it happened, if it is entered later. Refuses no words, a moment ahead, and whoever
    neither commands nor works there nor sits at the desk.
    Clause 二(二)3.
    """
    row = held_field_post(actor, field_post, Permission.WRITE_FIELD_LOG)
    demand_may_sign(actor, row)
    demand_words(text, field="text", what=_("记录内容"))
    _demand_group(row, group)
    moment = demand_moment(at, clock.now(actor.realm))
    line = LogLine(str(uuid7()), moment, text.strip())
    return _write(actor, row, group, line, cut_off=False)


@action(Permission.WRITE_FIELD_LOG)
def merge_field_log(
    actor: Actor,
    *,
    field_post: FieldPost,
    lines: Sequence[LogLine],
    group: FieldGroup | None = None,
    idempotency_key: str = "",
) -> FieldPost:
    """Put what was written while nothing could be sent where it belongs, by when it happened.

    A line whose key is there already is passed over, so that a batch may be sent again, whole or in
    part. Publishes ``FieldLogWritten`` for each new one and ``FieldLogMerged``; where every line is
    known, nothing. Refuses no lines, moments ahead, and whoever may not write. Clause 二(二)3.
    """
    row = held_field_post(actor, field_post, Permission.WRITE_FIELD_LOG)
    demand_may_sign(actor, row)
    demand_lines(lines, clock.now(actor.realm))
    _demand_group(row, group)
    once = {line.key: line for line in lines}
    known = known_keys(row, list(once))
    fresh = sorted(
        (line for key, line in once.items() if key not in known), key=lambda line: line.at
    )
    for line in fresh:
        _write(actor, row, group, line, cut_off=True)
    if fresh:
        fact = FieldLogMerged(
            subject_id=str(row.pk),
            incident_id=str(row.incident_id),
            n=len(fresh),
            known=len(lines) - len(fresh),
            since=fresh[0].at.isoformat(),
            until=fresh[-1].at.isoformat(),
        )
        happened(fact, incident=str(row.incident_id), audience=row.audience)
    return row


def _write(
    actor: Actor, row: FieldPost, group: FieldGroup | None, line: LogLine, *, cut_off: bool
) -> FieldLogLine:
    made = FieldLogLine.objects.create(
        field_post=row,
        group=group,
        key=line.key,
        happened_at=line.at,
        entered_at=clock.now(actor.realm),
        entered_by=actor.label[:120],
        cut_off=cut_off,
    )
    fact = FieldLogWritten(
        subject_id=str(made.pk),
        incident_id=str(row.incident_id),
        field_post_id=str(row.pk),
        group=group.name if group else "",
        text=line.text,
        cut_off=cut_off,
    )
    happened(fact, incident=str(row.incident_id), audience=row.audience, told=line.at)
    return made


def _demand_group(row: FieldPost, group: FieldGroup | None) -> None:
    if group is not None and group.field_post_id != row.pk:
        raise Missing(_("这个现场指挥部没有这个工作组。"), remedy=_("请重新选择工作组。"))
