"""What a new county begins with besides its three administrators: bodies, posts, roles, clocks, people."""

from typing import Any

from liandong.kernel.actors import ACTUAL, Actor, system_actor
from liandong.kernel.divisions import Division, division


def lay_out(node: Any) -> dict[str, int]:
    """Set up what is missing of the usual bodies, posts, duties and roles; say how much was."""
    from liandong.organization import actions, queries  # noqa: PLC0415 -- Django woke up only now

    place, before = place_of(node), _count()
    actor = _founder()
    actions.lay_out_county(actor, place=place)
    waiting = queries.posts_without_usual_roles(place)
    actions.grant_usual_roles(actor, place=place)
    after = _count()
    made = {key: after[key] - before[key] for key in after}
    return {**made, "roles": len(waiting)}


def place_of(node: Any) -> Division:
    """The names of the county whose node this is."""
    return division(node.division_code, node.name)


def _founder() -> Actor:
    from liandong.organization.permissions import Permission  # noqa: PLC0415 -- as above

    return system_actor("node", "建立节点", ACTUAL, *Permission)


def _count() -> dict[str, int]:
    from liandong.organization import queries  # noqa: PLC0415 -- as above

    return {"bodies": queries.all_bodies().count(), "posts": queries.all_posts().count()}
