"""Command on the spot given and taken: two signatures, and a sheet of what stood open."""

from liandong.command.actions.field_people import held_field_post
from liandong.command.actions.field_post import let_in
from liandong.command.events import FieldCommandGiven, FieldCommandTaken
from liandong.command.models import FieldHandover, FieldPost
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.queries.field_log import handover_sheet, waiting_handover
from liandong.command.rules.field_log import demand_none_waiting
from liandong.command.rules.field_post import demand_holder, is_commander
from liandong.command.rules.order import demand_words
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import EVERYTHING, Actor, system_actor
from liandong.kernel.problems import Forbidden, IllegalMove
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization.models import Post


@action(Permission.HAND_OVER_FIELD)
def give_field_command(
    actor: Actor,
    *,
    field_post: FieldPost,
    to_post: Post,
    unsolved: str,
    idempotency_key: str = "",
) -> FieldHandover:
    """Sign command on the spot over to another post, with what stands open; it waits for theirs.

    The sheet counts who is there and lists which orders are owed, as it stands now. Until the other
    signs, whoever gave it commands on. Publishes ``FieldCommandGiven``; the other is told. Refuses
    whoever does not command there, a vacant post, oneself, no word on what is unsolved, and while
    another handing over waits. Clause 二(二)3.
    """
    row = held_field_post(actor, field_post, Permission.HAND_OVER_FIELD)
    if not is_commander(actor, row):
        raise Forbidden(
            _("现场指挥由现场指挥长本人交出。"),
            place=str(row),
            remedy=_("请现场指挥长签字；他签不了的，由指挥部更换现场指挥长。"),
        )
    demand_none_waiting(waiting_handover(row))
    demand_holder(to_post, field="to_post", what=_("接班岗位"))
    if to_post == row.commander:
        raise IllegalMove(
            _("现在就是“%(post)s”指挥。") % {"post": name_of(to_post)},
            remedy=_("请改选接班的岗位。"),
        )
    demand_words(unsolved, field="unsolved", what=_("没有解决的事"))
    sheet = handover_sheet(row)
    made = FieldHandover.objects.create(
        field_post=row,
        from_post=row.commander,
        to_post=to_post,
        sheet=sheet,
        unsolved=unsolved.strip(),
        given_by=actor.label[:120],
        given_at=clock.now(actor.realm),
    )
    audience = let_in(row, [*row.groups.all()], to_post)
    fact = FieldCommandGiven(
        subject_id=str(row.pk),
        incident_id=str(row.incident_id),
        title=row.name,
        before=name_of(row.commander),
        after=name_of(to_post),
        people=sheet["people"],
        orders=len(sheet["orders"]),
        unsolved=made.unsolved,
    )
    happened(fact, incident=str(row.incident_id), audience=audience)
    send_message(
        system_actor("run", _("现场指挥部"), row.realm, Messaging.SEND_MESSAGE),
        to_post=to_post,
        title=_("%(name)s：请接班签字") % {"name": row.name[:100]},
        text=made.unsolved,
        subject_kind="command.field_post",
        subject_id=str(row.pk),
        incident=str(row.incident_id),
        audience=["duty"],
        urgent=True,
        link=f"/command/field-posts/{row.pk}/log/",
        idempotency_key=str(made.pk),
    )
    return made


@action(Permission.HAND_OVER_FIELD)
def take_field_command(
    actor: Actor, *, handover: FieldHandover, expected_version: int, idempotency_key: str = ""
) -> FieldHandover:
    """Sign for command on the spot and have it from now on. Publishes ``FieldCommandTaken``.

    Refuses whoever it was not given to, what was taken already, and where headquarters put another
    post in command meanwhile. Clause 二(二)3.
    """
    row = held_field_post(actor, handover.field_post, Permission.HAND_OVER_FIELD)
    if not {f"post:{handover.to_post_id}", EVERYTHING} & actor.scopes:
        raise Forbidden(
            _("接班由“%(post)s”签字。") % {"post": name_of(handover.to_post)},
            place=str(row),
            remedy=_("请接班的岗位登录后签字。"),
        )
    if not handover.is_waiting or row.commander_id != handover.from_post_id:
        raise IllegalMove(
            _("这次交接已经办完，或者指挥部已另行更换现场指挥长。"),
            place=_("现场交接"),
            remedy=_("请刷新后看最新状态。"),
        )
    handover.change(
        expected_version=expected_version,
        taken_by=actor.label[:120],
        taken_at=clock.now(actor.realm),
    )
    row.change(expected_version=row.version, commander=handover.to_post)
    audience = let_in(row, [*row.groups.all()])
    fact = FieldCommandTaken(
        subject_id=str(row.pk),
        incident_id=str(row.incident_id),
        title=row.name,
        before=name_of(handover.from_post),
        after=name_of(handover.to_post),
    )
    happened(fact, incident=str(row.incident_id), audience=audience)
    return handover
