"""Who acts, from which post, in which realm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from liandong.kernel.problems import Forbidden, SignatureWanted
from liandong.kernel.wording import gettext as _

ACTUAL = "actual"
EVERYTHING = "*"


@dataclass(frozen=True, kw_only=True)
class Grant:
    """One permission, and how far it reaches: everywhere unless a body, hazard or incident is named."""

    permission: str
    body: str = EVERYTHING
    hazard: str = EVERYTHING
    incident: str = EVERYTHING

    def reaches(self, *, body: str, hazard: str, incident: str) -> bool:
        """Say whether a place named by the caller lies within this grant; hazards nest by prefix."""
        return (
            self.body in {EVERYTHING, body or self.body}
            and (self.hazard == EVERYTHING or not hazard or hazard.startswith(self.hazard))
            and self.incident in {EVERYTHING, incident or self.incident}
        )


@lru_cache(maxsize=512)
def _by_permission(grants: frozenset[Grant]) -> Mapping[str, Sequence[Grant]]:
    """Grants by permission: a page asks for dozens, and one post's are the same on every page."""
    found: dict[str, list[Grant]] = {}
    for grant in grants:
        found.setdefault(grant.permission, []).append(grant)
    return found


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person at a post, a device, a neighbouring node, a timer, a plan's run or a drill's script.

    ``must_sign`` names what it sees the forms of but cannot do unsigned: a shared machine's.
    """

    kind: str = "person"
    account: str = ""
    person: str = ""
    post: str = ""
    body: str = ""
    acting_for: str = ""
    device: str = ""
    realm: str = ACTUAL
    label: str = ""
    grants: frozenset[Grant] = field(default_factory=frozenset)
    scopes: frozenset[str] = field(default_factory=frozenset)
    must_sign: frozenset[str] = field(default_factory=frozenset)

    def may(
        self, permission: str, *, body: str = "", hazard: str = "", incident: str = ""
    ) -> bool:
        """Say whether some grant covers the permission at the named place."""
        return any(
            grant.reaches(body=body, hazard=hazard, incident=incident)
            for grant in self._granted.get(permission, ())
        )

    @cached_property
    def _granted(self) -> Mapping[str, Sequence[Grant]]:
        return _by_permission(self.grants)

    def demand(
        self, permission: str, *, body: str = "", hazard: str = "", incident: str = ""
    ) -> None:
        """Raise ``Forbidden`` unless the actor may."""
        if not self.may(permission, body=body, hazard=hazard, incident=incident):
            raise Forbidden(
                _("“%(who)s”没有办理这件事的权限。") % {"who": self.label or _("当前岗位")},
                remedy=_("请换有权限的岗位办理，或请安全管理员为岗位授权。"),
            )

    def demand_signature(self, permission: str) -> None:
        """Raise ``SignatureWanted`` where the actor may, but only as somebody who signs for it."""
        if permission in self.must_sign:
            raise SignatureWanted(
                _("这一步要由当班人员签名。"),
                place=self.label,
                remedy=_("请选签名人，输入本人的签名口令或动态码。"),
            )

    def signature(self) -> dict[str, str]:
        """Say what the journal keeps of this actor: everything but the grants, blanks left out."""
        names = ("kind", "account", "person", "post", "body", "acting_for", "device", "label")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


def system_actor(kind: str, label: str, realm: str, *permissions: str) -> Actor:
    """Make the actor of a handler, a timer or a run: sees everything, may only what is named."""
    grants = frozenset(Grant(permission=str(permission)) for permission in permissions)
    return Actor(
        kind=kind, label=label, realm=realm, grants=grants, scopes=frozenset({EVERYTHING})
    )
