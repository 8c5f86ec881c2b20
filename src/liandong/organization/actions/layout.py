"""Laying out the usual bodies, posts and duties of a county; what it already has stays as it is."""

from collections.abc import Iterable, Mapping, Sequence

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.divisions import Division
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.body import add_bodies, add_duties
from liandong.organization.actions.post import RoleScope, add_posts, set_roles
from liandong.organization.events import CountyLaidOut, UsualRolesGranted
from liandong.organization.models import Body, Duty, Post
from liandong.organization.permissions import Permission
from liandong.organization.queries import UsualBody, UsualPost
from liandong.organization.states import Phase

PHASES = (Phase.WARNING, Phase.RESPONSE)
# These may for their own body alone: no unit adjusts another's warning.
OWN_BODY_ONLY = frozenset({Role.UNIT_LIAISON, Role.GROUP_LEADER, Role.TOWNSHIP})


@action(Permission.CREATE_BODY)
def lay_out_county(actor: Actor, *, place: Division, idempotency_key: str = "") -> Body:
    """Set up whatever of the usual bodies, posts and duties is missing. Publishes ``CountyLaidOut``.

    Found again by their keys, so that what the county has renamed or rewritten is left alone.
    Refuses a county without a name. Returns the committee. Clause 三(一)1.
    """
    rules.demand_actual(actor)
    if not place.county:
        raise Invalid(_("还不知道县名。"), remedy=_("请先填写县名。"))
    usual = queries.usual_bodies(place)
    bodies = {body.key: body for body in queries.all_bodies()}
    new = []
    for order, one in enumerate(usual):
        if one.key not in bodies:
            bodies[one.key] = _drawn_up(one, bodies, order)
            new.append(bodies[one.key])
    add_bodies(new)
    posts = set_up_posts(actor, [(bodies[one.key], one.posts) for one in usual])
    duties = _first_duties(actor, [(bodies[one.key], one.duty) for one in usual if one.duty])
    committee = bodies[usual[0].key]
    happened(
        CountyLaidOut(
            subject_id=str(committee.pk),
            bodies=len(new),
            posts=len(posts),
            duties=len(duties),
        ),
        audience={"county"},
    )
    return committee


@action(Permission.CREATE_POST)
def lay_out_posts(actor: Actor, *, body: Body, idempotency_key: str = "") -> Body:
    """Set up the posts a body of its kind usually has, where they are missing.

    Publishes ``PostCreated`` for each. Clause 三(一)1.
    """
    rules.demand_actual(actor)
    set_up_posts(actor, [(body, queries.usual_posts(body.key, body.kind))])
    return body


@action(Permission.SET_ROLES)
def grant_usual_roles(actor: Actor, *, place: Division, idempotency_key: str = "") -> Body:
    """Give the usual posts that hold no role yet their usual ones. Publishes ``UsualRolesGranted``.

    Leaves alone what was settled already, and the chairs the actor sits in. Returns the committee.
    """
    rules.demand_actual(actor)
    waiting = queries.posts_without_usual_roles(place)
    own = {
        chair.post_id
        for chair in queries.holding().filter(
            person_id__in=[actor.person] if actor.person else []
        )
    }
    granted = [one for one in waiting if one[0].pk not in own]
    for post, roles in granted:
        set_roles(
            actor,
            post=post,
            roles=[_scope(role, post) for role in roles],
            expected_version=post.version,
        )
    committee = queries.body_by_key(queries.usual_bodies(place)[0].key)
    happened(
        UsualRolesGranted(subject_id=str(committee.pk), posts=[p.key for p, _roles in granted]),
        audience={"audit", "security"},
    )
    return committee


def _scope(role: str, post: Post) -> RoleScope:
    return RoleScope(role, str(post.body_id)) if role in OWN_BODY_ONLY else RoleScope(role)


def set_up_posts(
    actor: Actor, wanted: Sequence[tuple[Body, Iterable[UsualPost]]]
) -> list[Post]:
    """Set up the usual posts that bodies lack; ``PostCreated`` for each. In as many statements for all."""
    there = {post.key: post for post in queries.all_posts()}
    new = []
    for body, usual in wanted:
        for one in usual:
            if one.full_key in there:
                continue
            actor.demand(Permission.CREATE_POST, body=str(body.pk))
            there[one.full_key] = Post(
                key=one.full_key,
                body=body,
                title=one.title,
                superior=there.get(one.superior),
                rank=one.rank,
                is_liaison=one.is_liaison,
            )
            new.append(there[one.full_key])
    add_posts(new)
    return new


def _first_duties(actor: Actor, wanted: Iterable[tuple[Body, str]]) -> list[Duty]:
    """Write the usual duties where the county has none of its own."""
    written = set(Duty.objects.filter(hazard="*").values_list("body", "phase"))
    new = [
        Duty(body=body, hazard="*", phase=phase, text=text)
        for body, text in wanted
        for phase in PHASES
        if (body.pk, phase) not in written
    ]
    for duty in new:
        actor.demand(Permission.SET_DUTY, body=str(duty.body_id), hazard="*")
    add_duties(new)
    return new


def _drawn_up(usual: UsualBody, bodies: Mapping[str, Body], order: int) -> Body:
    return Body(
        key=usual.key,
        name=usual.name,
        short_name=usual.short,
        kind=usual.kind,
        management=usual.management,
        parent=bodies.get(usual.parent),
        office_of=bodies.get(usual.office_of),
        hazard=usual.hazard,
        order=order,
    )
