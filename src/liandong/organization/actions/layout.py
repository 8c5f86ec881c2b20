"""Laying out the usual bodies, posts and duties of a county; what it already has stays as it is."""

from collections.abc import Iterable

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.divisions import Division
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.body import create_body, set_duty
from liandong.organization.actions.post import RoleScope, create_post, set_roles
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
    bodies = {body.key: body for body in queries.all_bodies()}
    posts = {post.key: post for post in queries.all_posts()}
    blank = {(duty.body_id, duty.phase) for duty in Duty.objects.filter(hazard="*")}
    counts = [0, 0, 0]
    for order, usual in enumerate(queries.usual_bodies(place)):
        if usual.key not in bodies:
            bodies[usual.key] = _set_up(actor, usual, bodies, order)
            counts[0] += 1
        body = bodies[usual.key]
        counts[1] += _set_up_posts(actor, body, usual.posts, posts)
        for phase in PHASES if usual.duty else ():
            if (body.pk, phase) not in blank:
                set_duty(actor, body=body, hazard="*", phase=phase, text=usual.duty)
                counts[2] += 1
    committee = bodies[queries.usual_bodies(place)[0].key]
    happened(
        CountyLaidOut(
            subject_id=str(committee.pk), bodies=counts[0], posts=counts[1], duties=counts[2]
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
    posts = {post.key: post for post in queries.posts_of_body(body)}
    _set_up_posts(actor, body, queries.usual_posts(body.key, body.kind), posts)
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


def _set_up(actor: Actor, usual: UsualBody, bodies: dict[str, Body], order: int) -> Body:
    return create_body(
        actor,
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


def _set_up_posts(
    actor: Actor, body: Body, usual: Iterable[UsualPost], posts: dict[str, Post]
) -> int:
    """Set up the posts that are missing; say how many."""
    made = 0
    for one in usual:
        if one.full_key in posts:
            continue
        posts[one.full_key] = create_post(
            actor,
            body=body,
            key=one.key,
            title=one.title,
            superior=posts.get(one.superior),
            rank=one.rank,
            is_liaison=one.is_liaison,
        )
        made += 1
    return made
