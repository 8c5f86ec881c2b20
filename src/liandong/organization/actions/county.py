"""The first people of a new node."""

from collections.abc import Sequence
from dataclasses import dataclass

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.permissions import Role
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.account import create_account
from liandong.organization.actions.body import create_body
from liandong.organization.actions.person import appoint, create_person
from liandong.organization.actions.post import RoleScope, create_post, set_roles
from liandong.organization.events import CountyFounded
from liandong.organization.models import Body, Secret
from liandong.organization.permissions import Permission
from liandong.organization.states import BodyKind

KEY = "administration"


@dataclass(frozen=True)
class Administrator:
    """One of the first three: which, who, and the one-time password of the account."""

    role: str
    name: str
    username: str
    password: Secret


@action(Permission.FOUND_COUNTY)
def found_county(
    actor: Actor,
    *,
    county: str,
    administrators: Sequence[Administrator],
    idempotency_key: str = "",
) -> Body:
    """Let the first administrators in, one of each kind. Publishes ``CountyFounded``.

    Refuses a node that has accounts, and anything but the three administrators (三员).
    """
    rules.demand_actual(actor)
    if queries.has_accounts():
        raise IllegalMove(
            _("平台已经启用，不能再次初始化。"), remedy=_("请由安全管理员增设账号。")
        )
    if sorted(one.role for one in administrators) != sorted(rules.ADMINISTRATORS):
        raise Invalid(
            _("初始化须恰好设系统、安全、审计三种管理员各一名。"),
            remedy=_("请补齐三种管理员。"),
            fields={"administrators": _("须三种各一名")},
        )
    founder = system_actor("node", actor.label or _("初始化"), actor.realm, *Permission)
    body = create_body(
        founder,
        key=KEY,
        name=_("%(county)s应急联动平台管理组") % {"county": county},
        short_name=_("平台管理组"),
        kind=BodyKind.UNIT,
    )
    for rank, one in enumerate(administrators):
        _let_in(founder, body, one, rank)
    happened(
        CountyFounded(
            subject_id=str(body.pk),
            county=county,
            administrators=[one.username for one in administrators],
        ),
        audience={"audit", "security"},
    )
    return body


def _let_in(founder: Actor, body: Body, one: Administrator, rank: int) -> None:
    role = Role(one.role)
    post = create_post(
        founder, body=body, key=role.value.replace("_", "-"), title=str(role.label), rank=rank
    )
    set_roles(founder, post=post, roles=[RoleScope(role)], expected_version=post.version)
    person = create_person(founder, name=one.name)
    appoint(founder, post=post, person=person)
    create_account(founder, person=person, username=one.username, password=one.password)
