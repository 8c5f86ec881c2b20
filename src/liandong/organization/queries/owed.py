"""What the duty desk owes the county's organization: chairs, shifts and objects without anybody."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.organization.permissions import Permission
from liandong.organization.queries.leave import gaps, shifts_of_absent
from liandong.organization.queries.responsibility import orphaned_responsibilities
from liandong.organization.queries.roll_call import unreached
from liandong.organization.queries.roster import swaps_asked_by, swaps_waiting
from liandong.organization.states import Answer

MOST = 5


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One thing to see to: what, why, where."""

    title: str
    detail: str
    url: str
    verb: str


def owed(actor: Actor) -> list[Owed]:
    """Everything of the kind that this actor can see to. A fixed number of queries."""
    return [
        *_swaps(actor),
        *_unreached(actor),
        *_gaps(actor),
        *_shifts(actor),
        *_orphans(actor),
    ]


def _swaps(actor: Actor) -> Iterator[Owed]:
    if not actor.person:
        return
    for swap in swaps_waiting(actor.person):
        yield Owed(
            title=_("%(name)s请您换班：%(at)s")
            % {
                "name": swap.asked_by.name,
                "at": f"{localtime(swap.shift.from_at):%m-%d %H:%M}",
            },
            detail=swap.reason,
            url=reverse("organization:answer_swap", args=[swap.pk]),
            verb=_("答复"),
        )
    for swap in swaps_asked_by(actor.person):
        yield Owed(
            title=_("您请%(name)s换班，还没有答复") % {"name": swap.asked_of.name},
            detail=f"{localtime(swap.shift.from_at):%m-%d %H:%M}",
            url=reverse("organization:withdraw_swap", args=[swap.pk]),
            verb=_("撤回"),
        )


def _unreached(actor: Actor) -> Iterator[Owed]:
    if not actor.may(Permission.CALL_ROLL):
        return
    left = unreached()
    if waiting := left.filter(answer=Answer.WAITING).count():
        yield Owed(
            title=_("点名还有 %(n)d 个单位没有拨") % {"n": waiting},
            detail="",
            url=reverse("organization:roll_calls"),
            verb=_("去点名"),
        )
    for line in left.exclude(answer=Answer.WAITING)[:MOST]:
        yield Owed(
            title=_("点名未到：%(body)s") % {"body": line.body.short_name},
            detail=f"{line.get_answer_display()} {line.name} {line.number}".strip(),
            url=reverse("organization:answer_roll_call", args=[line.pk]),
            verb=_("记结果"),
        )


def _gaps(actor: Actor) -> Iterator[Owed]:
    if not actor.may(Permission.KEEP_LEAVE, body="none"):
        return
    for gap in gaps()[:MOST]:
        post = gap.chair.post
        yield Owed(
            title=_("%(post)s无人代行") % {"post": f"{post.body.short_name}{post.title}"},
            detail=_("%(name)s请假至 %(at)s")
            % {
                "name": gap.chair.person.name,
                "at": f"{localtime(gap.until_at):%m-%d %H:%M}",
            },
            url=reverse("organization:leaves"),
            verb=_("安排代班"),
        )


def _shifts(actor: Actor) -> Iterator[Owed]:
    if not actor.may(Permission.SWAP_SHIFT):
        return
    for shift in shifts_of_absent()[:MOST]:
        yield Owed(
            title=_("%(role)s%(name)s在假，这一班没有人接")
            % {"role": shift.get_role_display(), "name": shift.person.name},
            detail=f"{localtime(shift.from_at):%m-%d %H:%M}",
            url=reverse("organization:swap_shift", args=[shift.pk]),
            verb=_("调班"),
        )


def _orphans(actor: Actor) -> Iterator[Owed]:
    if not actor.may(Permission.ASSIGN_RESPONSIBILITY, body="none"):
        return
    rows = list(orphaned_responsibilities()[: MOST + 1])
    for row in rows[:MOST]:
        yield Owed(
            title=_("%(object)s的%(role)s待移交")
            % {"object": row.object_name, "role": row.get_role_display()},
            detail=_("%(name)s已不在岗") % {"name": row.person.name}
            if row.person
            else _("%(post)s空缺") % {"post": f"{row.post.body.short_name}{row.post.title}"}
            if row.post
            else "",
            url=reverse("organization:hand_on_responsibility", args=[row.pk]),
            verb=_("移交"),
        )
    if len(rows) > MOST:
        yield Owed(
            title=_("还有别的责任待移交"),
            detail="",
            url=f"{reverse('organization:responsibilities')}?orphaned=1",
            verb=_("查看"),
        )
