"""What a new county begins with besides its three administrators: bodies, posts, roles, clocks, people."""

import hashlib
from pathlib import Path
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


def take_people(node: Any, file: Path) -> dict[str, int]:
    """Take bodies and people in from a spreadsheet, bodies first; raises ``Problem`` for what is wrong.

    The sheet 机构 may be missing; without one of the name 人员 the first sheet is taken for it.
    """
    from liandong.documents.sheets import has_sheet, refuse_findings  # noqa: PLC0415 -- as above
    from liandong.messaging import actions as messaging  # noqa: PLC0415 -- Django woke up only now
    from liandong.messaging.adapters import phone_book  # noqa: PLC0415 -- as above
    from liandong.organization.adapters import bodies_sheet  # noqa: PLC0415 -- as above

    content, place, actor = file.read_bytes(), place_of(node), _founder()
    bodies = 0
    if has_sheet(content, file.name, bodies_sheet.LAYOUT):
        bodies = _take_bodies(node, content, file)
    rows, findings = phone_book.read_phone_book(content, file.name)
    refuse_findings(findings)
    planned = messaging.plan_phone_book(actor, place, rows)
    taken = messaging.take_phone_book(
        actor,
        place=place,
        rows=rows,
        seen=planned.draft.fingerprint,
        name=file.name,
        digest=hashlib.sha256(content).hexdigest(),
    )
    return {
        "bodies": bodies,
        "new": taken.new,
        "changed": taken.changed,
        "same": taken.unchanged,
    }


def _take_bodies(node: Any, content: bytes, file: Path) -> int:
    from liandong.documents.sheets import refuse_findings  # noqa: PLC0415 -- as above
    from liandong.organization import actions  # noqa: PLC0415 -- as above
    from liandong.organization.adapters.bodies_sheet import read_bodies  # noqa: PLC0415 -- as above

    place, actor = place_of(node), _founder()
    rows, findings = read_bodies(content, file.name)
    refuse_findings(findings)
    taken = actions.take_bodies(
        actor,
        place=place,
        rows=rows,
        seen=actions.plan_bodies(place, rows).fingerprint,
        name=file.name,
        digest=hashlib.sha256(content).hexdigest(),
    )
    actions.grant_usual_roles(actor, place=place)
    return taken.new


def place_of(node: Any) -> Division:
    """The names of the county whose node this is."""
    return division(node.division_code, node.name)


def _founder() -> Actor:
    from liandong.messaging.permissions import Permission as Messaging  # noqa: PLC0415 -- as above
    from liandong.organization.permissions import Permission  # noqa: PLC0415 -- as above

    return system_actor("node", "建立节点", ACTUAL, *Permission, *Messaging)


def _count() -> dict[str, int]:
    from liandong.organization import queries  # noqa: PLC0415 -- as above

    return {"bodies": queries.all_bodies().count(), "posts": queries.all_posts().count()}
