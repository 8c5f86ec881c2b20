"""Saying which roles ask for a second factor."""

from collections.abc import Iterable

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.keeping import keep
from liandong.organization.actions.post import cut_streams
from liandong.organization.events import SecondFactorRolesSet
from liandong.organization.models import SignInPolicy
from liandong.organization.permissions import SECOND_FACTOR_ROLES, Permission


@action(Permission.SET_SECOND_FACTOR_ROLES)
def set_second_factor_roles(
    actor: Actor,
    *,
    roles: Iterable[str],
    expected_version: int = 0,
    idempotency_key: str = "",
) -> SignInPolicy:
    """Say which roles ask for a second factor, besides those that always do.

    Whoever holds one and has none is led to bind it with the next click, and can do nothing else
    until then. Publishes ``SecondFactorRolesSet``, and cuts the streams of whom it newly
    concerns. Refuses roles that no post can hold. Clause 三(一)1.
    """
    rules.demand_actual(actor)
    wanted = sorted({str(one) for one in roles} - SECOND_FACTOR_ROLES)
    if set(wanted) - rules.FOR_POSTS:
        raise Invalid(_("没有这种角色。"), fields={"roles": _("请从列出的角色中选择。")})
    row = queries.sign_in_policy()
    before = list(row.second_factor_roles) if row else []
    if row is None:
        row = SignInPolicy(second_factor_roles=wanted)
        keep(row)
    else:
        row.change(expected_version=expected_version, second_factor_roles=wanted)
    happened(
        SecondFactorRolesSet(subject_id=str(row.pk), before=before, roles=wanted),
        audience={"audit", "security"},
    )
    fresh = set(wanted) - set(before)
    chairs = queries.holding().filter(post__roles__role__in=fresh)
    cut_streams(chairs.values_list("person", flat=True))
    return row
