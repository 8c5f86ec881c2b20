"""The organization's entries in the top bar and the account menu."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.basemaps.permissions import Permission as BasemapPermission
from liandong.kernel.basemaps.reading import in_use
from liandong.kernel.permissions import Role
from liandong.kernel.wording import gettext as words
from liandong.kernel.wording import listed
from liandong.organization import queries
from liandong.organization.models import Account
from liandong.organization.permissions import Permission
from liandong.organization.states import AccountKind, ShiftRole
from liandong.web.nav import entry
from liandong.web.requests import actor_of, place_of
from liandong.web.setup import DONE, MISSING, PARTLY, SLOT, Item, Link, shown, state_of
from liandong.web.slots import panel

entry(_("值班台"), "organization:desk", order=10, key="gz")
entry(_("组织"), "organization:bodies", order=80)
entry(_("通讯录"), "organization:people", order=81, in_menu=True, icon="users")
entry(_("我的账号"), "organization:me", order=90, in_menu=True, icon="user-cog")
entry(
    _("账号管理"),
    "organization:accounts",
    Permission.READ_ACCOUNTS,
    order=91,
    in_menu=True,
    icon="user-shield",
)
entry(
    _("建县"),
    "organization:setup",
    Permission.READ_SETUP,
    order=89,
    in_menu=True,
    icon="list-check",
)
entry(_("值班表"), "organization:roster", order=82, in_menu=True, icon="calendar-event")


@panel("web.account", order=10)
def chairs(request: HttpRequest, obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Offer the other chairs somebody may sign from; nothing to who holds one or none."""
    standing = getattr(request, "standing", None)
    held = list(standing.appointments) if isinstance(standing, queries.Standing) else []
    if not isinstance(obj, Account) or len(held) < 2:
        return None
    present = actor_of(request).post
    return "organization/_chairs.html", {
        "held": sorted(held, key=lambda one: (one.is_deputy, one.post.rank)),
        "present": present,
    }


@panel("organization.desk.now", order=30)
def owed(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]] | None:
    """What waits for somebody to be named: chairs, shifts, objects; hidden while nothing does."""
    return "organization/_owed.html", {"items": queries.owed(actor_of(request))}


def owed_part(request: HttpRequest) -> HttpResponse:
    """The card again, when something happened."""
    shown = owed(request, None)
    return render(request, *shown) if shown else HttpResponse()


@panel("organization.desk.side", order=0)
def beginning(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Lead whoever may set the county up to the checklist, until the first roster has been laid."""
    if not actor_of(request).may(Permission.READ_SETUP) or queries.has_roster():
        return None
    return "organization/_beginning.html", {}


@panel("organization.desk.side", order=10)
def on_duty(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Show who is on duty now; nothing to a county that keeps no roster and may not begin one."""
    now = queries.shifts_now()
    may_lay = actor_of(request).may(Permission.LAY_ROSTER)
    if not now and not may_lay:
        return None
    there = {one.role for one in now}
    lacks = [
        str(role.label) for role in (ShiftRole.LEADER, ShiftRole.OFFICER) if role not in there
    ]
    return "organization/_on_duty.html", {
        "now": now,
        "lacks": listed(lacks),
        "may_lay": may_lay,
    }


@panel(SLOT, order=10)
def bodies_item(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]]:
    """Bodies: what of the template is missing, whether there are townships."""
    may, standing = actor_of(request).may, _standing(request)
    lacks = []
    if standing.missing:
        lacks.append(_n(_("模板里的机构缺 %(n)s 个"), len(standing.missing)))
    if not standing.townships:
        lacks.append(words("还没有乡镇（街道）"))
    system = may(Permission.CREATE_BODY)
    links = [
        Link(
            _("按模板补齐"), reverse("organization:lay_out"), system and bool(standing.missing)
        ),
        Link(
            _("导入乡镇"),
            reverse("organization:bodies_sheet"),
            system,
            by=Role.SYSTEM_ADMIN.label,
            is_main=not standing.townships,
        ),
        Link(_("看机构"), reverse("organization:bodies")),
    ]
    state = DONE if not lacks else PARTLY
    said = _n(_("共 %(n)s 个"), standing.bodies)
    return shown(
        Item(title=_("机构"), state=state, said=said, lacks=tuple(lacks), links=tuple(links))
    )


@panel(SLOT, order=12)
def duties_item(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]]:
    """Duties: how many still read as the template wrote them."""
    left = _standing(request).initial_duties
    said = (
        _n(_("%(n)s 条仍是模板的通用文本，请按本县“三定”核改"), left)
        if left
        else words("都已核改")
    )
    links = (Link(_("逐个机构核改"), reverse("organization:bodies")),)
    state = PARTLY if left else DONE
    return shown(Item(title=_("职责"), state=state, said=said, links=links))


@panel(SLOT, order=15)
def roles_item(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]]:
    """Roles: posts of the template that are trusted with nothing yet."""
    left = _standing(request).without_roles
    said = _n(_("%(n)s 个岗位还没有授权"), left) if left else words("模板岗位都已授权")
    may = actor_of(request).may(Permission.SET_ROLES)
    link = Link(
        _("按模板授权"),
        reverse("organization:grant_usual_roles"),
        may,
        Role.SECURITY_ADMIN.label,
    )
    state = MISSING if left else DONE
    return shown(
        Item(title=_("岗位授权"), state=state, said=said, links=(link,) if left else ())
    )


@panel(SLOT, order=20)
def people_item(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]]:
    """People: posts at which nobody answers."""
    standing = _standing(request)
    filled = standing.posts - standing.vacant
    lacks = (_n(_("%(n)s 个岗位空缺"), standing.vacant),) if standing.vacant else ()
    return shown(
        Item(
            title=_("人员与岗位"),
            state=state_of(filled, standing.posts),
            said=words("%(filled)s / %(posts)s 个岗位有人")
            % {"filled": filled, "posts": standing.posts},
            lacks=lacks,
            links=(Link(_("看空缺岗位"), reverse("organization:vacant"), bool(lacks)),),
        )
    )


@panel(SLOT, order=30)
def accounts_item(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]]:
    """Accounts: people at posts who cannot sign in."""
    standing = _standing(request)
    signed = standing.seated - standing.without_account
    may = actor_of(request).may(Permission.CREATE_ACCOUNT)
    lacks: tuple[str, ...] = ()
    if not queries.has_accounts_of(Role.HEADQUARTERS_OFFICE):
        lacks = (words("指挥部办公室还没有人能登录，排班、测站、预案都办不了"),)
    elif not queries.has_accounts_of(Role.DUTY_OFFICER):
        lacks = (words("值班员还没有账号"),)
    return shown(
        Item(
            title=_("账号"),
            state=PARTLY if lacks else state_of(signed, standing.seated),
            said=words("任职的 %(seated)s 人中，%(signed)s 人有账号")
            % {"seated": standing.seated, "signed": signed},
            lacks=lacks,
            links=(
                Link(
                    _("开设账号"),
                    reverse("organization:create_account"),
                    may,
                    Role.SECURITY_ADMIN.label,
                    is_main=bool(lacks),
                ),
            ),
        )
    )


@panel(SLOT, order=40)
def roster_item(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]]:
    """The roster: whether somebody leads and somebody sits at the desk in the coming week."""
    now = clock.now(ACTUAL)
    lacks = tuple(
        words("今后 7 天%(role)s有 %(n)s 小时没有排人")
        % {"role": role.label, "n": int(gap.total_seconds() // 3600)}
        for role in (ShiftRole.LEADER, ShiftRole.OFFICER)
        if (gap := queries.uncovered(role, now))
    )
    may = actor_of(request).may(Permission.LAY_ROSTER)
    link = Link(
        _("排班"),
        reverse("organization:roster"),
        may,
        Role.HEADQUARTERS_OFFICE.label,
        bool(lacks),
    )
    said = words("今后 7 天已排满") if not lacks else words("看今后 7 天")
    state = DONE if not lacks else PARTLY if queries.shifts_now() else MISSING
    return shown(Item(title=_("值班表"), state=state, said=said, lacks=lacks, links=(link,)))


@panel(SLOT, order=60)
def map_item(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]]:
    """The base map: whether one was loaded."""
    loaded = bool(in_use())
    said = words("已装入") if loaded else words("没有底图时地图只有测站和事件的位置")
    may = actor_of(request).may(BasemapPermission.LOAD_BASEMAP)
    link = Link(_("装入底图"), reverse("web:basemap"), may, Role.SYSTEM_ADMIN.label, not loaded)
    return shown(
        Item(title=_("底图"), state=DONE if loaded else MISSING, said=said, links=(link,))
    )


def _standing(request: HttpRequest) -> queries.CountyStanding:
    """Counted once a request, for all lines."""
    kept: queries.CountyStanding | None = getattr(request, "county_standing", None)
    if kept is None:
        kept = queries.county_standing(place_of(request))
        vars(request).update(county_standing=kept)
    return kept


def _n(text: Any, number: int) -> str:
    return str(text) % {"n": number}


@panel("web.topbar", order=5)
def shift_bar(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]] | None:
    """On a duty-room machine: who of the shift sits at it, and the way to sign on and off."""
    desk = request.user
    if not isinstance(desk, Account) or desk.kind != AccountKind.DESK:
        return None
    operator = str(request.session.get("operator", ""))
    return "organization/_shift.html", queries.shift_bar(desk, operator)
