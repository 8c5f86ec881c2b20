"""The three administrators (三员): who is who, what each may and may not do, what is amiss."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liandong.kernel.permissions import Role
from liandong.organization import actions, queries, rules
from liandong.organization.permissions import SECOND_FACTOR_ROLES, Permission
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
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


class SecondFactorForm(DeedForm):
    """要求第二因素的角色."""

    signs = True
    title, verb, done = (
        _("要求第二因素的角色"),
        _("保存"),
        _("已设定，还没有绑定的人下次点击时须先绑定。"),
    )
    roles = forms.MultipleChoiceField(
        label=_("除三员和指挥长外，还要求"),
        choices=[
            (one.value, one.label)
            for one in Role
            if one in rules.FOR_POSTS and one not in SECOND_FACTOR_ROLES
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("担任所选角色的人须绑定验证器，绑定以前只能绑定"),
    )


def second_factor_roles(request: HttpRequest) -> HttpResponse:
    """Say which roles ask for a second factor."""
    actor = actor_of(request)
    actor.demand(Permission.SET_SECOND_FACTOR_ROLES)
    row = queries.sign_in_policy()
    initial = {"roles": row.second_factor_roles, "expected_version": row.version} if row else {}
    home = reverse("organization:administrators")
    return deed(
        request,
        SecondFactorForm(request.POST or None, initial=initial),
        run=lambda data: actions.set_second_factor_roles(actor, **data),
        to=home,
        context={"back": home},
    )


def administrators(request: HttpRequest) -> HttpResponse:
    """Show the three, and the accounts that still lack a second factor."""
    actor = actor_of(request)
    actor.demand(Permission.READ_ADMINISTRATORS)
    rows = [(one, CHARGES[one.role]) for one in queries.administrations()]
    context = {
        "rows": rows,
        "asked": [str(one.label) for one in Role if one in queries.second_factor_roles()],
        "may_require": actor.may(Permission.SET_SECOND_FACTOR_ROLES),
        "without": queries.without_second_factor(),
        "may_open": actor.may(Permission.READ_ACCOUNTS),
    }
    return render(request, "organization/administrators.html", context)
