"""``init``: from an empty folder to a node with its first administrator."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liandong.config.homes import database, migrate_apart, wake_django
from liandong.config.outfitting import lay_out, take_people
from liandong.kernel import keys
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.divisions import refuse_wrong
from liandong.kernel.problems import Problem

ADMINISTRATORS = {
    "system_admin": "sysadmin",
    "security_admin": "secadmin",
    "audit_admin": "auditadmin",
}
# No letter or digit that looks like another: it is read off a screen once and typed.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, kw_only=True)
class County:
    """Whose node it is."""

    division_code: str
    name: str
    is_demo: bool = False
    people: Path | None = None


def found(home: Path, county: County, *, step: Callable[[str], None]) -> dict[str, Any]:
    """Make home, database, identity, first accounts and the usual organization.

    Passwords are told here and nowhere else. Where the county's node is already, only what is
    missing is added; raises ``Problem`` where the node is another county's.
    """
    refuse_wrong(county.division_code, county.name)
    step("数据库")
    with database(home):
        step("数据库结构")
        migrate_apart(home)
        wake_django(home)
        step("身份与密钥")
        node = _founded(county) or found_node(home, county)
        step("账号")
        accounts = _let_in(county)
        step("机构、岗位和职责")
        made = lay_out(node)
        if accounts:
            step("报告时限")
            set_clocks(_above())
        people = _people(node, county, step)
        chain(home)
    return {
        "made": made,
        **people,
        "home": str(home),
        "node": str(node.pk),
        "division_code": node.division_code,
        "name": node.name,
        "epoch": node.epoch,
        "public_key": node.public_key,
        "accounts": accounts,
    }


def found_node(home: Path, county: County) -> Any:
    """Make the node's key and row. The database must be migrated and Django awake."""
    from liandong.kernel import node  # noqa: PLC0415 -- Django woke up only now

    key = keys.public_key(home) if keys.key_path(home).exists() else keys.make_key(home)
    actor = system_actor("node", "建立节点", ACTUAL, node.Permission.FOUND_NODE)
    return node.found_node(
        actor,
        division_code=county.division_code,
        name=county.name,
        public_key=key,
        is_demo=county.is_demo,
    )


def set_clocks(to: str = "") -> None:
    """Lay down the usual clocks of upward reports; without any, no first report would fall due."""
    from liandong.command.actions import set_report_clock  # noqa: PLC0415 -- Django woke up only now
    from liandong.command.permissions import Permission  # noqa: PLC0415 -- as above
    from liandong.command.queries import usual_clocks  # noqa: PLC0415 -- as above

    actor = system_actor("node", "建立节点", ACTUAL, Permission.SET_REPORT_CLOCK)
    for one in usual_clocks():
        set_report_clock(actor, **{**one, "to": to or one["to"]})


def chain(home: Path) -> None:
    """Give what was just written its place in the chain, and write the head down outside."""
    from liandong.kernel.identity import present_epoch  # noqa: PLC0415 -- Django woke up only now
    from liandong.kernel.journal.checkpoints import checkpoint  # noqa: PLC0415 -- as above
    from liandong.kernel.journal.sequencing import sequence  # noqa: PLC0415 -- as above

    # No more than that: what is owed, a restored node's letters among it, waits for ``serve``.
    while sequence(epoch=present_epoch()):
        pass
    checkpoint(home / "checkpoints")


def one_time_password() -> str:
    """Sixteen characters in four groups: some 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def _founded(county: County) -> Any:
    """The node that is there already, whole or cut short; None if there is none.

    Raises ``Problem`` when it is another county's.
    """
    from liandong.kernel.identity import this_node  # noqa: PLC0415 -- Django woke up only now

    node = this_node()
    if node and node.division_code != county.division_code:
        raise Problem(
            "这个目录里是另一个县的节点。",
            place=f"{node.name}({node.division_code})",
            remedy="一县一节点；请用 --home 指定另一个目录。",
        )
    return node


def _people(node: Any, county: County, step: Callable[[str], None]) -> dict[str, Any]:
    """Take the list of people in; what is wrong with it must not cost the passwords just made."""
    if county.people is None:
        return {}
    step("人员与电话")
    try:
        return {"people": take_people(node, county.people)}
    except Problem as problem:
        return {"people_problem": problem}


def _above() -> str:
    """What the bureau is called to which reports go; empty where none is known."""
    from liandong.organization.queries import bodies_by_kind  # noqa: PLC0415 -- as above
    from liandong.organization.states import BodyKind  # noqa: PLC0415 -- as above

    return next((body.short_name for body in bodies_by_kind(BodyKind.SUPERIOR)), "")


def _let_in(county: County) -> list[dict[str, str]]:
    """Make the accounts of the three administrators (三员) with one-time passwords, unless made."""
    from liandong.kernel.permissions import Role  # noqa: PLC0415 -- Django woke up only now
    from liandong.organization import queries  # noqa: PLC0415 -- as above
    from liandong.organization.actions import Administrator, found_county  # noqa: PLC0415 -- as above
    from liandong.organization.models import Secret  # noqa: PLC0415 -- as above
    from liandong.organization.permissions import Permission  # noqa: PLC0415 -- as above

    if queries.has_accounts():
        return []
    made = [
        {
            "role": role,
            "title": str(Role(role).label),
            "username": name,
            "password": one_time_password(),
        }
        for role, name in ADMINISTRATORS.items()
    ]
    found_county(
        system_actor("node", "建立节点", ACTUAL, Permission.FOUND_COUNTY),
        county=county.name,
        administrators=[
            Administrator(one["role"], one["title"], one["username"], Secret(one["password"]))
            for one in made
        ],
    )
    return made
