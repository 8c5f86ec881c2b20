"""The spreadsheet of a form: its columns are the form's items, its lines what each unit files."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy

from liandong.documents.sheets import Column, Finding, Layout, Line, read_sheet
from liandong.kernel.wording import gettext as _
from liandong.monitoring.actions.filings_sheet import FilingRow
from liandong.monitoring.models import Filing, StatisticForm
from liandong.monitoring.signals.items import YES, YES_NO, Item

DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y-%m-%d %H:%M:%S")


def layout_of(form: StatisticForm) -> Layout:
    """The sheet of a form."""
    return Layout(
        sheet=form.name[:31],
        columns=(
            Column(key="body", title="单位", also=("报送单位", "填报单位"), required=True, width=20),
            Column(key="from_on", title="起始日期", also=("期次", "自"), required=True, width=14, hint=gettext_lazy("本期第一天，例如 2026-07-06；模板里已填好")),
            *(_column(item) for item in form.asked),
            Column(key="is_nil", title="零报告", width=10, choices=("是", "否"), hint=gettext_lazy("填“是”的，各项不用填")),
            Column(key="reason", title="迟报或更正原因", width=24),
            Column(key="note", title="备注", width=24),
        ),
        advice=(gettext_lazy("一行一个单位一期；已经报过的，再报就是更正，要写原因。"),),
    )  # fmt: skip


def _column(item: Item) -> Column:
    choices = ("是", "否") if item.kind == YES_NO else item.choices
    return Column(
        key=f"v_{item.key}",
        title=f"{item.label}（{item.unit}）" if item.unit else item.label,
        also=(item.label,),
        expected=item.required,
        width=max(12, len(item.label) * 2 + 4),
        choices=choices,
    )


def known_rows(filings: Iterable[Filing]) -> list[Mapping[str, str]]:
    """The lines that a blank sheet begins with: whose turn it is, for which period."""
    return [
        {"body": one.body.short_name, "from_on": one.from_on.isoformat()} for one in filings
    ]


def read_filings(
    content: bytes, name: str, form: StatisticForm, filings: Iterable[Filing]
) -> tuple[list[FilingRow], list[Finding]]:
    """Read the sheet of a form against the filings its sender may make; raises ``Invalid``."""
    lines, findings = read_sheet(content, name, layout_of(form))
    places: dict[tuple[str, date], Filing] = {}
    for one in filings:
        for called in (one.body.name, one.body.short_name):
            places[called, one.from_on] = one
    rows: list[FilingRow] = []
    taken: dict[object, int] = {}
    for line in lines:
        day = _day(line["from_on"])
        filing = places.get((line["body"], day)) if day else None
        if day is None and line["from_on"]:
            findings.append(line.wrong("from_on", _("日期请写成 2026-07-06。")))
        elif filing is None and line["body"] and day:
            findings.append(line.wrong("body", _("没有这个单位这一期要报的，或不归您报。")))
        elif filing is not None and filing.pk in taken:
            words = {"row": taken[filing.pk]}
            findings.append(line.wrong("body", _("和第 %(row)d 行是同一单位同一期。") % words))
        elif filing is not None:
            taken[filing.pk] = line.row
            rows.append(_row(line, filing, form))
    return rows, findings


def _row(line: Line, filing: Filing, form: StatisticForm) -> FilingRow:
    return FilingRow(
        row=line.row,
        filing=filing.pk,
        values={
            item.key: line[f"v_{item.key}"] for item in form.asked if line[f"v_{item.key}"]
        },
        is_nil=line["is_nil"].lower() in YES,
        reason=line["reason"],
        note=line["note"],
    )


def _day(text: str) -> date | None:
    for pattern in DAYS:
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None
