"""Making people answer for objects of the apps above, handing that on, ending it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.versions import change_all
from liandong.kernel.wording import gettext as _
from liandong.organization import rules
from liandong.organization.actions.keeping import keep_all
from liandong.organization.events import ResponsibilityAssigned, ResponsibilityEnded
from liandong.organization.models import Person, Post, Responsibility
from liandong.organization.permissions import Permission


@dataclass(frozen=True, kw_only=True)
class ResponsibilitySpec:
    """Somebody who is to answer for an object: a person, a post, or a person as holder of a post."""

    object_kind: str
    object_id: str
    object_name: str
    role: str
    person: Person | None = None
    post: Post | None = None
    from_at: datetime | None = None

    @property
    def who(self) -> str:
        """The person, else the post."""
        return _named(self.person, self.post)


@action(Permission.ASSIGN_RESPONSIBILITY)
def assign_responsibility(
    actor: Actor,
    *,
    object_kind: str,
    object_id: str,
    object_name: str,
    role: str,
    person: Person | None = None,
    post: Post | None = None,
    from_at: datetime | None = None,
    idempotency_key: str = "",
) -> Responsibility:
    """Make somebody answer for an object. Publishes ``ResponsibilityAssigned``.

    ``person`` answers by name, ``post`` whoever holds it, both together: the person as long as
    they hold it. Refuses neither; somebody who has left; people and posts of other bodies than
    the actor's; and what stands there already. Clause 三(一)2.
    """
    spec = ResponsibilitySpec(
        object_kind=object_kind,
        object_id=str(object_id),
        object_name=object_name,
        role=role,
        person=person,
        post=post,
        from_at=from_at,
    )
    return _assign(actor, [spec])[0]


@action(Permission.ASSIGN_RESPONSIBILITY)
def assign_responsibilities(
    actor: Actor, *, specs: Sequence[ResponsibilitySpec], idempotency_key: str = ""
) -> Responsibility:
    """Assign several, at least one, all or none: for lists. As ``assign_responsibility``.

    Returns the first. As many statements as for one. Clause 三(一)2.
    """
    return _assign(actor, specs)[0]


@action(Permission.ASSIGN_RESPONSIBILITY)
def end_responsibility(
    actor: Actor,
    *,
    responsibility: Responsibility,
    expected_version: int,
    idempotency_key: str = "",
) -> Responsibility:
    """Let somebody answer for an object no longer. Publishes ``ResponsibilityEnded``.

    Refuses one that is over.
    """
    rules.demand_actual(actor)
    rules.demand_answering(actor, [(responsibility.person, responsibility.post)])
    _end(actor, responsibility, expected_version)
    _tell_ended(responsibility, successor="")
    return responsibility


@action(Permission.ASSIGN_RESPONSIBILITY)
def hand_on_responsibility(
    actor: Actor,
    *,
    responsibility: Responsibility,
    person: Person | None = None,
    post: Post | None = None,
    expected_version: int,
    idempotency_key: str = "",
) -> Responsibility:
    """Let somebody else answer for an object from now on; returns the new relation.

    Publishes ``ResponsibilityEnded`` and ``ResponsibilityAssigned``. Refuses one that is over,
    and the same person at the same post.
    """
    before = responsibility.person, responsibility.post
    if (person, post) == before:
        raise IllegalMove(
            _("本来就是%(who)s。") % {"who": _named(person, post)},
            place=str(responsibility),
            remedy=_("请另选接手的人。"),
        )
    rules.demand_answering(actor, [before])
    spec = _successor(responsibility, person, post)
    _end(actor, responsibility, expected_version)
    _tell_ended(responsibility, successor=spec.who)
    return _assign(actor, [spec])[0]


def hand_on_all(actor: Actor, rows: Sequence[Responsibility], successor: Person) -> None:
    """Let a successor answer for everything somebody answered for by name."""
    change_all(rows, until_at=clock.now(actor.realm))
    for row in rows:
        _tell_ended(row, successor=successor.name)
    there = set(
        Responsibility.objects.filter(person=successor, post=None, until_at=None).values_list(
            "object_kind", "object_id", "role"
        )
    )
    fresh = {
        key: _successor(row, successor, None)
        for row in rows
        if (key := (row.object_kind, row.object_id, row.role)) not in there
    }
    _keep(actor, list(fresh.values()))


def _assign(actor: Actor, specs: Sequence[ResponsibilitySpec]) -> list[Responsibility]:
    rules.demand_actual(actor)
    for one in specs:
        if one.person is None and one.post is None:
            raise Invalid(
                _("没有写明由谁负责。"),
                place=one.object_name[:60],
                remedy=_("请选人员或岗位。"),
                fields={"person": _("请选人员或岗位")},
            )
        if one.person is not None and one.person.left_at:
            raise Invalid(
                _("%(name)s已离开。") % {"name": one.person.name},
                place=one.object_name[:60],
                remedy=_("请另选一人。"),
                fields={"person": _("这个人已离开")},
            )
    rules.demand_answering(actor, [(one.person, one.post) for one in specs])
    return _keep(actor, specs)


def _keep(actor: Actor, specs: Sequence[ResponsibilitySpec]) -> list[Responsibility]:
    now = clock.now(actor.realm)
    rows = [
        Responsibility(
            object_kind=one.object_kind,
            object_id=str(one.object_id),
            object_name=one.object_name.strip()[:200],
            role=one.role,
            person=one.person,
            post=one.post,
            from_at=one.from_at or now,
        )
        for one in specs
    ]
    keep_all(rows)
    for row, one in zip(rows, specs, strict=True):
        happened(
            ResponsibilityAssigned(
                subject_id=str(row.pk),
                object_kind=row.object_kind,
                object_id=row.object_id,
                object_name=row.object_name,
                role=str(row.get_role_display()),
                person_id=str(row.person_id or ""),
                post_id=str(row.post_id or ""),
                who=one.who,
            ),
            audience={"county"},
        )
    return rows


def _successor(
    row: Responsibility, person: Person | None, post: Post | None
) -> ResponsibilitySpec:
    return ResponsibilitySpec(
        object_kind=row.object_kind,
        object_id=row.object_id,
        object_name=row.object_name,
        role=row.role,
        person=person,
        post=post,
    )


def _end(actor: Actor, row: Responsibility, expected_version: int) -> None:
    now = clock.now(actor.realm)
    if row.until_at is not None and row.until_at <= now:
        raise IllegalMove(
            _("这项责任已经解除。"), place=str(row), remedy=_("请刷新后看现在的责任人。")
        )
    row.change(expected_version=expected_version, until_at=max(now, row.from_at))


def _tell_ended(row: Responsibility, *, successor: str) -> None:
    happened(
        ResponsibilityEnded(
            subject_id=str(row.pk),
            object_kind=row.object_kind,
            object_id=row.object_id,
            object_name=row.object_name,
            role=str(row.get_role_display()),
            who=_named(row.person, row.post),
            successor=successor,
        ),
        audience={"county"},
    )


def _named(person: Person | None, post: Post | None) -> str:
    at = f"{post.body.short_name}{post.title}" if post else ""
    return f"{at}{person.name}" if person else at
