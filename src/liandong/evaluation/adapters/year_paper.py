"""The year's plan of drills as a Word file, to be signed and handed out."""

from collections.abc import Iterator
from datetime import datetime

from liandong.documents import Grid, Heading, Line, Part, Text, Title, write_docx
from liandong.evaluation.queries import DrillYear
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.web.times import moment


def year_docx(year: DrillYear, *, county: str, made_at: datetime) -> bytes:
    """Write it: what is planned, what is wanting still, and by which rule. Clause 二(五)1."""
    title = _("%(county)s%(year)d年应急演练计划") % {"county": county, "year": year.year}
    return write_docx(_parts(title, year), title=title, author=county, made_at=made_at)


def _parts(title: str, year: DrillYear) -> Iterator[Part]:
    yield Title(title)
    yield Heading(_("一、演练安排"))
    if not year.drills:
        yield Text(_("没有安排演练。"))
    else:
        heads = (_("序号"), _("演练"), _("方式"), _("检验的预案"), _("时间"), _("状态"))
        rows = [
            (
                str(number),
                one.drill.name,
                str(one.drill.get_kind_display()),
                listed(version.title for version in one.plans) or "—",
                moment(one.drill.planned_for),
                str(one.drill.get_state_display()),
            )
            for number, one in enumerate(year.drills, 1)
        ]
        yield Grid("", heads, (6, 22, 10, 34, 16, 12), rows)
    yield Heading(_("二、应当演练而没有安排的预案"))
    if not year.undrilled:
        yield Text(_("没有。"))
    else:
        wanted = [
            (
                one.version.title,
                _("至少每 %(n)d 年一次") % {"n": one.years},
                f"{one.due_on:%Y-%m-%d}" if one.due_on else "—",
            )
            for one in year.undrilled
        ]
        yield Grid("", (_("预案"), _("演练频次"), _("应于何日前演练")), (52, 26, 22), wanted)
    yield Heading(_("三、依据"))
    yield Text(basis())
    yield Line(_("签发人：　　　　　　　　日期："), align="right")


def basis() -> str:
    """By which rules plans have to be drilled."""
    return _(
        "《突发事件应急预案管理办法》第三十二条：专项、部门应急预案至少每 3 年演练一次；《生产安全事故应急条例》第八条：至少每 2 年一次。"
    )
