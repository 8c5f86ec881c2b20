"""Lists: filtered, sorted, paged and exported by what the address says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Expression, F, Model, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone, is_naive, localtime, make_aware

from liandong.documents.sheets import listed_workbook, write_commas
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.web import cells
from liandong.web.intake import blank_response
from liandong.web.problems import BadQuery

M = TypeVar("M", bound=Model)
Text = str | Promise

LONGEST_VALUE = 200
LAST_PAGE = 400
MOST_COUNTED = 10_000
MOST_EXPORTED = 50_000


@dataclass(frozen=True, kw_only=True)
class Column(Generic[M]):
    """One column: how to get its value, what sorts it, and what draws it, given row and value.

    ``most_sorted``: of more rows than that it is said that they have to be narrowed before they are
    sorted by it, where no index does that; 0 for any number.
    """

    key: str
    label: Text
    value: Callable[[M], Any]
    sort: str | Expression | F = ""
    most_sorted: int = 0
    numeric: bool = False
    draw: Callable[[M, Any], SafeString] | None = None


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One condition a reader may set. ``lookup`` is a queryset lookup; ``kind`` says how to read it.

    Kinds: ``text``, ``choice`` (with ``choices``), ``since`` and ``until`` (a day or a moment).
    """

    key: str
    label: Text
    lookup: str
    kind: str = "text"
    choices: Sequence[tuple[str, Text]] = ()

    def read(self, raw: str) -> Any:
        """Turn the address's text into a value; raises ``BadQuery``."""
        if self.kind == "choice" and raw not in {value for value, _label in self.choices}:
            raise self.bad(raw, _("请从列出的几项里选择。"))
        if self.kind in {"since", "until"}:
            return self._moment(raw)
        return raw

    def shown(self, raw: str) -> str:
        """The value as its chip says it."""
        return str(dict(self.choices).get(raw, raw.replace("T", " ")))

    def bad(self, raw: str, remedy: str) -> BadQuery:
        """Name the place, so that the reader finds it."""
        return BadQuery(
            _("筛选条件“%(label)s”读不懂：%(raw)s") % {"label": self.label, "raw": raw[:60]},
            place=self.key,
            remedy=remedy,
        )

    def _moment(self, raw: str) -> datetime:
        at: datetime | None = None
        try:
            on = parse_date(raw)
            end = time.max if self.kind == "until" else time.min
            at = datetime.combine(on, end) if on else parse_datetime(raw)
            if at and is_naive(at):
                at = make_aware(at, get_current_timezone())
            at = at.astimezone(UTC) if at else None
        except (ValueError, OverflowError):
            at = None
        if at is None or not date(1900, 1, 1) <= at.date() <= date(9000, 1, 1):
            raise self.bad(raw, _("请写成 2026-07-14 或 2026-07-14T05:36。"))
        return at


@dataclass(frozen=True)
class Chip:
    """An active condition, and the address without it."""

    label: str
    value: str
    remove: str


@dataclass(frozen=True)
class Head:
    """A column's head: its label, and the address that sorts by it."""

    label: Text
    numeric: bool
    url: str
    direction: str


@dataclass
class Table(Generic[M]):
    """A list as one request asks for it. Rows must already be those its reader may see."""

    request: HttpRequest
    rows: QuerySet[M]
    columns: Sequence[Column[M]]
    filters: Sequence[Filter] = ()
    order: Sequence[str] = ("pk",)
    page_size: int = 50
    name: str = "list"
    link: Callable[[M], str] | None = None
    params: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.params = {
            key: clean(key, self.request.GET.get(key, "")) for key in self.request.GET
        }

    @cached_property
    def filtered(self) -> QuerySet[M]:
        """Rows that meet every condition, sorted."""
        rows = self.rows
        for one in self.filters:
            raw = self.params.get(one.key, "")
            if raw:
                rows = rows.filter(**{one.lookup: one.read(raw)})
        return rows.order_by(*self.sorting(rows))

    def sorting(self, rows: QuerySet[M]) -> Sequence[str | OrderBy]:
        """The chosen column's field and then the key, so that pages do not overlap."""
        wanted = self.params.get("sort", "")
        if not wanted:
            return self.order
        key, down = wanted.removeprefix("-"), wanted.startswith("-")
        column = next((one for one in self.columns if one.key == key and one.sort), None)
        if column is None:
            raise BadQuery(
                _("不能按“%(key)s”排序。") % {"key": key[:60]}, remedy=_("请点列名排序。")
            )
        _demand_sortable(column, rows)
        return (_ordered(column.sort, down=down), "-pk" if down else "pk")

    @cached_property
    def page(self) -> int:
        """Which page is asked for, from 1."""
        raw = self.params.get("page", "") or "1"
        if not (raw.isascii() and raw.isdecimal() and 1 <= int(raw) <= LAST_PAGE):
            raise BadQuery(
                _("页码不对：%(raw)s") % {"raw": raw[:60]},
                place="page",
                remedy=_("页码从 1 到 %(last)d；请加筛选条件缩小范围。") % {"last": LAST_PAGE},
            )
        return int(raw)

    @cached_property
    def fetched(self) -> list[M]:
        """The page's rows, and one more if another page follows."""
        start = (self.page - 1) * self.page_size
        return list(self.filtered[start : start + self.page_size + 1])

    @cached_property
    def items(self) -> list[SafeString]:
        """The page's rows, drawn."""
        starts = [cells.opening(str(one.label), numeric=one.numeric) for one in self.columns]
        return [self._drawn(one, starts) for one in self.fetched[: self.page_size]]

    def _drawn(self, one: M, starts: Sequence[SafeString]) -> SafeString:
        drawn = (
            (start, column.draw(one, value) if column.draw else plain(value))
            for start, column in zip(starts, self.columns, strict=True)
            for value in (column.value(one),)
        )
        return cells.row(drawn, self.link(one) if self.link else "")

    @cached_property
    def count(self) -> int:
        """How many rows there are, counted no further than somebody would read."""
        if self.page == 1 and len(self.fetched) <= self.page_size:
            return len(self.fetched)
        return self.filtered.order_by()[: MOST_COUNTED + 1].count()

    @property
    def count_text(self) -> str:
        """The count as the head shows it."""
        if self.count > MOST_COUNTED:
            return _("超过 %(n)s 条") % {"n": "10\u2009000"}
        return _("共 %(n)s 条") % {"n": f"{self.count:,}".replace(",", "\u2009")}

    @property
    def previous_url(self) -> str:
        """The page before this; empty on the first."""
        return self.url(page=str(self.page - 1)) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after this; empty on the last."""
        more = len(self.fetched) > self.page_size and self.page < LAST_PAGE
        return self.url(page=str(self.page + 1)) if more else ""

    @property
    def export_url(self) -> str:
        """The same list as a file."""
        return self.url(page="", export="csv")

    def url(self, **changes: str) -> str:
        """The list's address with some parameters changed; empty ones are left out."""
        merged = {**self.params, **changes}
        query = urlencode({key: value for key, value in merged.items() if value})
        return f"{self.request.path}?{query}" if query else self.request.path

    @property
    def workbook_url(self) -> str:
        """The same list as a workbook."""
        return self.url(page="", export="xlsx")

    @property
    def here(self) -> str:
        """Where it is, as it is filtered now."""
        return self.url()

    @property
    def chips(self) -> list[Chip]:
        """Active conditions, each removable."""
        return [
            Chip(str(one.label), one.shown(raw), self.url(**{one.key: "", "page": ""}))
            for one in self.filters
            if (raw := self.params.get(one.key, ""))
        ]

    @property
    def fields(self) -> list[tuple[Filter, str]]:
        """Every condition with what it is set to, for the filter form."""
        return [(one, self.params.get(one.key, "")) for one in self.filters]

    @property
    def heads(self) -> list[Head]:
        """Column heads; one click sorts, another turns the order round."""
        now = self.params.get("sort", "")
        return [
            Head(
                one.label,
                one.numeric,
                self.url(sort=f"-{one.key}" if now == one.key else one.key, page="")
                if one.sort
                else "",
                {one.key: "ascending", f"-{one.key}": "descending"}.get(now, ""),
            )
            for one in self.columns
        ]


def _ordered(by: str | Expression | F, *, down: bool) -> str | OrderBy:
    """By a field, or by what is reckoned of a row; who has nothing of the latter stands last."""
    if isinstance(by, str):
        return f"-{by}" if down else by
    return OrderBy(by, descending=down, nulls_last=True)


def _demand_sortable(column: Column[M], rows: QuerySet[M]) -> None:
    most = column.most_sorted
    if most and rows.order_by()[: most + 1].count() > most:
        raise BadQuery(
            _("超过 %(most)d 条，不能按“%(label)s”排序。")
            % {"most": most, "label": column.label},
            place="sort",
            remedy=_("请先加筛选条件缩小范围，再点列名排序。"),
        )


def listing(
    request: HttpRequest, table: Table[M], template: str = "web/list.html", **context: Any
) -> HttpResponseBase:
    """Show a list, or export it when ``?export=csv`` or ``?export=xlsx`` asks so."""
    wanted = table.params.get("export", "")
    if wanted == "csv":
        return export(table)
    if wanted == "xlsx":
        return export_workbook(table, str(context.get("title", "") or table.name))
    if wanted:
        raise BadQuery(
            _("不能导出为“%(kind)s”。") % {"kind": wanted[:60]},
            remedy=_("现在支持 csv 和 xlsx。"),
        )
    return render(request, template, {"table": table, **context})


def export(table: Table[M]) -> StreamingHttpResponse:
    """Every filtered row as CSV that Excel reads; raises ``Invalid`` for more than a file holds."""
    rows = _exported(table)
    lines = write_commas(
        [str(one.label) for one in table.columns],
        (
            [plain(one.value(row)) for one in table.columns]
            for row in rows.iterator(chunk_size=500)
        ),
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    return response


def export_workbook(table: Table[M], title: str) -> HttpResponse:
    """The same rows as a workbook, under the list's own name; raises ``Invalid`` as ``export`` does."""
    rows = _exported(table).iterator(chunk_size=500)
    lines = ([plain(one.value(row)) for one in table.columns] for row in rows)
    return blank_response(
        title, listed_workbook(title, [str(one.label) for one in table.columns], lines)
    )


def _exported(table: Table[M]) -> QuerySet[M]:
    """All rows, or none: a list that stops somewhere is taken for the whole."""
    count = table.filtered.order_by()[: MOST_EXPORTED + 1].count()
    if count > MOST_EXPORTED:
        raise Invalid(
            _("超过 %(most)d 条，一个文件装不下。") % {"most": MOST_EXPORTED},
            place=table.name,
            remedy=_("请先加筛选条件缩小范围，分几次导出。"),
        )
    return table.filtered


def plain(value: Any) -> str:
    """A value as text: times in the county's zone, yes and no in words, nothing as nothing."""
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return "" if value is None else str(value)


def clean(key: str, raw: str) -> str:
    """A parameter's text within bounds; raises ``BadQuery``."""
    if "\0" in raw or len(raw) > LONGEST_VALUE or len(key) > LONGEST_VALUE:
        raise BadQuery(
            _("地址里的“%(key)s”读不懂。") % {"key": key[:60].replace("\0", "")},
            remedy=_("请缩短内容，去掉不可见字符后再试。"),
        )
    return raw.strip()
