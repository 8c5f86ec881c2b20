"""Entering a year's holidays by hand, once the notice is there and the package is not."""

from collections.abc import Iterable
from datetime import date

from liandong.kernel import working_days
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import rules
from liandong.organization.actions.keeping import keep
from liandong.organization.events import CalendarYearEntered
from liandong.organization.models import CalendarYear
from liandong.organization.permissions import Permission

FEWEST, MOST = 5, 60


@action(Permission.ENTER_CALENDAR)
def enter_calendar_year(
    actor: Actor,
    *,
    year: int,
    holidays: Iterable[date],
    workdays: Iterable[date],
    basis: str,
    expected_version: int = 0,
    idempotency_key: str = "",
) -> CalendarYear:
    """Enter the days off and the made-up weekends of a year, or correct them.

    Publishes ``CalendarYearEntered``. Refuses a year whose calendar the node brings along, days
    of another year, one day in both lists, working days that are none to be made up, and a list
    without its basis. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    off, on = sorted(set(holidays)), sorted(set(workdays))
    _refuse_wrong(year, off, on, basis)
    row = CalendarYear.objects.filter(pk=year).first()
    values = {"holidays": off, "workdays": on, "basis": basis.strip()[:200]}
    if row is None:
        row = CalendarYear(year=year, **values)
        keep(row)
    else:
        row.change(expected_version=expected_version, **values)
    happened(
        CalendarYearEntered(
            subject_id=str(year),
            year=year,
            holidays=[one.isoformat() for one in off],
            workdays=[one.isoformat() for one in on],
            basis=row.basis,
        ),
        audience={"county"},
    )
    return row


def _refuse_wrong(year: int, off: list[date], on: list[date], basis: str) -> None:
    if not 2000 <= year <= 2999:
        raise Invalid(_("年份不对。"), fields={"year": _("请填四位年份")})
    if working_days.is_published(year):
        raise IllegalMove(
            _("%(year)d 年的放假安排平台自带，不用录入。") % {"year": year},
            place=_("放假安排"),
            remedy=_("只录入平台没有的年份。"),
        )
    fields = {}
    if not FEWEST <= len(off) <= MOST or any(one.year != year for one in off):
        fields["holidays"] = _("请逐日填写 %(year)d 年的放假日子，5 至 60 天") % {"year": year}
    if any(one.year != year or one.weekday() < working_days.SATURDAY for one in on):
        fields["workdays"] = _("调休上班的应是 %(year)d 年的周六或周日") % {"year": year}
    if set(off) & set(on):
        fields["workdays"] = _("同一天不能既放假又上班")
    if not basis.strip():
        fields["basis"] = _("请写明通知的名称或文号")
    if fields:
        raise Invalid(_("放假安排有误。"), remedy=_("请按提示改正。"), fields=fields)
