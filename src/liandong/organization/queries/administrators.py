"""The three administrators: who they are, and what is amiss with them."""

from dataclasses import dataclass, field
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from liandong.kernel.permissions import Role
from liandong.organization.models import Account, Appointment, PostRole
from liandong.organization.queries.people import holding
from liandong.organization.queries.second_factor import second_factor_roles
from liandong.organization.states import AccountKind

THREE = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


@dataclass
class Administration:
    """One of the three: its holders, with their accounts, and the names that hold another too."""

    role: Role
    chairs: list[tuple[Appointment, Account | None]] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    @property
    def is_vacant(self) -> bool:
        """Whether nobody could do its work now: no holder, or none with an open account."""
        return not any(account and account.is_open for _chair, account in self.chairs)


def administrations() -> list[Administration]:
    """The three administrators in their order, in three queries."""
    roles: dict[UUID, set[str]] = {}
    for post, role in PostRole.objects.filter(role__in=THREE).values_list("post", "role"):
        roles.setdefault(post, set()).add(role)
    chairs = list(holding().filter(post__in=roles).select_related("post__body", "person"))
    people = {chair.person_id for chair in chairs}
    accounts = {one.person_id: one for one in Account.objects.filter(person__in=people)}
    held: dict[UUID, set[str]] = {}
    for chair in chairs:
        held.setdefault(chair.person_id, set()).update(roles[chair.post_id])
    found = []
    for one in THREE:
        mine = [chair for chair in chairs if one in roles[chair.post_id]]
        mine.sort(key=lambda chair: (chair.is_deputy, chair.from_at))
        doubled = sorted({c.person.name for c in mine if len(held[c.person_id]) > 1})
        found.append(
            Administration(one, [(c, accounts.get(c.person_id)) for c in mine], doubled)
        )
    return found


def without_second_factor() -> QuerySet[Account]:
    """Open accounts whose posts ask for a second factor, and that have none yet."""
    posts = PostRole.objects.filter(role__in=second_factor_roles()).values("post")
    people = holding().filter(post__in=posts).values("person")
    bound = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values("user")
    rows = Account.objects.filter(
        kind=AccountKind.PERSON, is_active=True, is_locked=False, person__in=people
    )
    return rows.exclude(pk__in=bound).select_related("person").order_by("username")
