"""The three administrators (三员): who is who, what each may and may not do, what is amiss."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liandong.kernel.permissions import Role
from liandong.organization import queries
from liandong.organization.permissions import Permission
from liandong.web.requests import actor_of


@dataclass(frozen=True)
class Charge:
    """What one of the three is for, and what it is kept from."""

    may: tuple[str | Promise, ...]
    may_not: tuple[str | Promise, ...]


CHARGES = {
    Role.SYSTEM_ADMIN: Charge(
        (_("设立机构和岗位，登记人员，明确职责"), _("看运行状况，重新投递、重新响铃")),
        (_("授权、任职、开设账号"), _("看账号和审计流水")),
    ),
    Role.SECURITY_ADMIN: Charge(
        (
            _("岗位授权，安排任职、调任和代班"),
            _("开设、锁定、解锁账号，重置口令、签名口令和第二因素，结束登录"),
            _("登记设备和值班机"),
        ),
        (_("办理自己的任职、授权和账号"), _("改动机构和岗位"), _("销毁或改动流水")),
    ),
    Role.AUDIT_ADMIN: Charge(
        (_("看全部流水和账号，核对链，导出"), _("依法销毁一条流水的内容，理由记在链上")),
        (_("改动机构、岗位、账号和授权"), _("办理突发事件的任何事项")),
    ),
}


def administrators(request: HttpRequest) -> HttpResponse:
    """Show the three, and the accounts that still lack a second factor."""
    actor = actor_of(request)
    actor.demand(Permission.READ_ADMINISTRATORS)
    rows = [(one, CHARGES[one.role]) for one in queries.administrations()]
    context = {
        "rows": rows,
        "without": queries.without_second_factor(),
        "may_open": actor.may(Permission.READ_ACCOUNTS),
    }
    return render(request, "organization/administrators.html", context)
