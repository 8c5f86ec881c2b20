"""What the laws say of special periods: who declares them, which powers they give, how long they last."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from shapely import Polygon

from liandong.command.models import Incident, SpecialPeriod
from liandong.command.rules.route import checked_points
from liandong.command.states import SpecialPeriodKind
from liandong.kernel.geo.shapes import is_within, what_ails
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.plans.language import Known

Kind = SpecialPeriodKind
CORNERS = 3
# Reminded so long before the end, or when half of a short one is over.
REMIND_BEFORE = timedelta(days=1)
# 《突发事件应对法》第25条 says 及时 and no figure: the county's own, said so wherever it is shown.
FILE_WITHIN = timedelta(days=5)
# What a plan means by 敏感时段 is known to hold while the ban is in force.
FACTS: dict[SpecialPeriodKind, str] = {Kind.FIRE_BAN: "sensitive"}


@dataclass(frozen=True)
class Power:
    """What may, or must, be done while a special period is in force, and the article that says so."""

    words: str | Promise
    cite: str | Promise


@dataclass(frozen=True)
class Law:
    """What a law says of a kind of special period.

    ``by``: who declares it; ``ends``: whether its end is said at once; ``longest`` and
    ``extended_by``: how long it lasts, and by how much it may be extended, where the law says.
    """

    by: str | Promise
    cite: str | Promise
    powers: tuple[Power, ...]
    ends: bool = True
    longest: timedelta | None = None
    extended_by: timedelta | None = None


FLOOD_31, FLOOD_32 = (
    gettext_lazy("《防汛条例》第三十一条"),
    gettext_lazy("《防汛条例》第三十二条"),
)
FIRE_28 = gettext_lazy("《森林防火条例》第二十八条")
GEO_19 = gettext_lazy("《地质灾害防治条例》第十九条")
LAWS: dict[SpecialPeriodKind, Law] = {
    Kind.EMERGENCY_FLOOD: Law(
        by=gettext_lazy("县级以上人民政府防汛指挥机构"),
        cite=gettext_lazy("《防洪法》第四十一条、《防汛条例》第二十三条"),
        powers=(
            Power(
                gettext_lazy("报告上级人民政府防汛指挥部"),
                gettext_lazy("《防汛条例》第二十三条"),
            ),
            Power(
                gettext_lazy("政府负责人主持防汛指挥部工作，组织动员各单位和个人投入抗洪抢险"),
                gettext_lazy("《防汛条例》第三十条"),
            ),
            Power(
                gettext_lazy("加强治安管理和安全保卫；必要时实行陆地和水面交通管制"), FLOOD_31
            ),
            Power(
                gettext_lazy(
                    "调用物资、设备、交通运输工具和人力，事后及时归还或者给予适当补偿"
                ),
                FLOOD_32,
            ),
            Power(
                gettext_lazy("取土占地、砍伐林木、清除阻水障碍物，事后依法补办手续"), FLOOD_32
            ),
        ),
        ends=False,
    ),
    Kind.FIRE_BAN: Law(
        by=gettext_lazy("县级以上地方人民政府"),
        cite=FIRE_28,
        powers=(
            Power(gettext_lazy("严禁一切野外用火"), FIRE_28),
            Power(gettext_lazy("严格管理可能引起森林火灾的居民生活用火"), FIRE_28),
            Power(
                gettext_lazy(
                    "进入森林高火险区须经县级以上地方人民政府批准，按批准的时间、地点、范围活动"
                ),
                gettext_lazy("《森林防火条例》第二十九条"),
            ),
        ),
    ),
    Kind.GEOLOGICAL_DANGER: Law(
        by=gettext_lazy("县级人民政府"),
        cite=GEO_19,
        powers=(
            Power(gettext_lazy("予以公告，在边界设置明显警示标志"), GEO_19),
            Power(gettext_lazy("禁止爆破、削坡、工程建设和其他可能引发地质灾害的活动"), GEO_19),
            Power(gettext_lazy("采取工程治理或者搬迁避让措施"), GEO_19),
            Power(
                gettext_lazy("险情消除或者得到有效控制的，及时撤销并公告"),
                gettext_lazy("《地质灾害防治条例》第二十条"),
            ),
        ),
        ends=False,
    ),
    Kind.PRE_QUAKE: Law(
        by=gettext_lazy("省、自治区、直辖市人民政府"),
        cite=gettext_lazy("《破坏性地震应急条例》第十六条"),
        powers=(
            Power(
                gettext_lazy("向居民提出避震撤离的劝告；情况紧急时有组织地避震疏散"),
                gettext_lazy("《破坏性地震应急条例》第十九条"),
            ),
            Power(
                gettext_lazy("紧急调用物资、设备、人员和占用场地，事后及时归还或者给予补偿"),
                gettext_lazy("《破坏性地震应急条例》第二十条"),
            ),
            Power(
                gettext_lazy("对生命线工程和次生灾害源采取紧急防护措施"),
                gettext_lazy("《破坏性地震应急条例》第二十一条"),
            ),
        ),
        longest=timedelta(days=10),
        extended_by=timedelta(days=10),
    ),
}


def law_of(period: SpecialPeriod) -> Law:
    """What the law says of a period's kind."""
    return LAWS[SpecialPeriodKind(period.kind)]


def demand_kind(kind: str) -> SpecialPeriodKind:
    """Return the kind; refuses what no law knows."""
    if kind not in SpecialPeriodKind.values:
        raise Invalid(
            _("没有“%(kind)s”这种特殊时期。") % {"kind": kind[:20]},
            place=_("种类"),
            remedy=_("请从列表里选一种。"),
            fields={"kind": _("请选择种类")},
        )
    return SpecialPeriodKind(kind)


def demand_span(
    kind: SpecialPeriodKind, starts_at: datetime, ends_at: datetime | None, now: datetime
) -> None:
    """Refuse a period that ends before it starts or is over already, and one against its law."""
    law = LAWS[kind]
    if ends_at is None:
        if law.ends:
            raise _no_time(_("%(kind)s要写明起止时间。") % {"kind": kind.label}, str(law.cite))
        return
    if ends_at <= starts_at:
        raise _no_time(_("结束时间早于开始时间。"), _("起止时间"))
    if ends_at <= now:
        raise _no_time(_("结束时间已经过去。"), _("起止时间"))
    if law.longest and ends_at - starts_at > law.longest:
        raise _no_time(
            _("%(kind)s一般为 %(n)d 日，填的时间更长。")
            % {"kind": kind.label, "n": law.longest.days},
            str(law.cite),
        )


def demand_extension(period: SpecialPeriod, ends_at: datetime, now: datetime) -> None:
    """Refuse an end that is none later, and more than the law lets a period be extended by."""
    law = law_of(period)
    if period.ends_at and ends_at <= period.ends_at:
        raise _no_time(_("新的结束时间不晚于原来的。"), _("起止时间"))
    if ends_at <= now or ends_at <= period.starts_at:
        raise _no_time(_("结束时间已经过去。"), _("起止时间"))
    if not law.extended_by or not period.ends_at:
        return
    if period.extensions or ends_at - period.ends_at > law.extended_by:
        raise _no_time(
            _("%(kind)s必要时可以延长 %(n)d 日，不能再长。")
            % {"kind": period.get_kind_display(), "n": law.extended_by.days},
            str(law.cite),
        )


def demand_in_force(period: SpecialPeriod) -> None:
    """Refuse to extend what has ended."""
    if not period.is_in_force:
        raise IllegalMove(
            _("%(period)s%(state)s。")
            % {"period": period, "state": period.get_state_display()},
            place=period.paper,
            remedy=_("如仍需要，请重新宣布。"),
        )


def checked_area(
    townships: Collection[str],
    points: Sequence[tuple[Decimal, Decimal]],
    known: Collection[str],
) -> list[list[float]]:
    """Return the corners of the area; refuses townships the county has not, and what is no area."""
    if strange := [one for one in townships if one not in known]:
        raise Invalid(
            _("县里没有“%(name)s”这个乡镇。") % {"name": strange[0]},
            place=_("乡镇"),
            remedy=_("请从列表里选。"),
            fields={"townships": _("请重新选择")},
        )
    if not points:
        return []
    corners = checked_points(points)
    if len({tuple(one) for one in corners}) < CORNERS:
        raise _no_area(_("不同的点少于 3 个，围不成范围"))
    shape = Polygon(corners)
    if not shape.is_valid:
        raise _no_area(what_ails(shape))
    return corners


def covers(period: SpecialPeriod, incident: Incident) -> bool:
    """Say whether an incident lies where a period holds; of one nobody can place, no."""
    if not period.townships and not period.points:
        return True
    if any(one in incident.townships or one in incident.place for one in period.townships):
        return True
    shape = period.shape
    if shape is None or incident.lon is None or incident.lat is None:
        return False
    return is_within(float(incident.lon), float(incident.lat), shape)


def known_by(periods: Iterable[SpecialPeriod], incident: Incident) -> dict[str, Known]:
    """What plans may take as known of an incident because of the periods that cover it."""
    found: dict[str, Known] = {}
    for period in periods:
        name = FACTS.get(SpecialPeriodKind(period.kind))
        if name and covers(period, incident):
            source = f"{period.declared_by} {period.paper}"
            found[name] = Known(value=True, at=period.starts_at, source=source)
    return found


def _no_time(what: str, place: str) -> Invalid:
    return Invalid(
        what,
        place=place,
        remedy=_("请核对文件上的起止时间。"),
        fields={"ends_at": what},
    )


def _no_area(why: str) -> Invalid:
    return Invalid(
        _("划不出这个范围：%(why)s。") % {"why": why},
        place=_("范围"),
        remedy=_("请在地图上沿边界逐点点选，边线不要自相交叉。"),
        fields={"points": why},
    )
