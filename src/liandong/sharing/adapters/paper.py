"""A bulletin as a Word file, to be printed, signed by hand and filed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from liandong.documents import Grid, Heading, Line, Part, Text, Title, chinese, write_docx
from liandong.kernel.wording import gettext as _
from liandong.sharing import queries
from liandong.sharing.models import Bulletin, Receipt
from liandong.sharing.registers import REGISTERS

WIDTHS = (4, 2, 3, 7)


def bulletin_docx(
    bulletin: Bulletin, receipts: Sequence[Receipt], *, county: str, made_at: datetime
) -> bytes:
    """Write a bulletin: what differs from the last, everything it holds, who was given it.

    ``county`` is whose it is, ``made_at`` when the file is written. What is sensitive stands in no
    bulletin, so that its paper holds none either. Clause 二(一)1.
    """
    parts = [*_front(bulletin)]
    for number, kind in enumerate(bulletin.round.kinds, start=1):
        parts.append(Heading(f"{chinese(number)}、{REGISTERS[kind].title}"))
        parts += _differences(bulletin, kind)
        parts.append(_everything(bulletin, kind))
    if receipts:
        parts += [Heading(_("签收")), _receipts(receipts)]
    return write_docx(parts, title=str(bulletin), author=county, made_at=made_at)


def _front(bulletin: Bulletin) -> Iterator[Part]:
    yield Title(str(bulletin))
    told = [
        _("汇编第 %(n)d 稿") % {"n": bulletin.edition},
        str(bulletin.get_state_display()),
        _("%(who)s %(when)s 汇编")
        % {"who": bulletin.compiled_by, "when": _moment(bulletin.compiled_at)},
    ]
    yield Line(" · ".join(told))
    yield Text(_summary(bulletin))
    if bulletin.without:
        yield Text(_("未报单位：%(why)s") % {"why": bulletin.without})


def _summary(bulletin: Bulletin) -> str:
    total = sum(map(len, bulletin.content.values()))
    if not bulletin.previous:
        return _("首期，共 %(total)d 条。") % {"total": total}
    counts = queries.tally(bulletin.differences)
    return _("共 %(total)d 条。与上期相比，新增 %(new)d 条，变更 %(changed)d 条，撤销 %(gone)d 条。") % {
        "total": total,
        "new": counts["new"],
        "changed": counts["changed"],
        "gone": counts["gone"],
    }  # fmt: skip


def _differences(bulletin: Bulletin, kind: str) -> Iterator[Part]:
    if not bulletin.previous:
        return
    told: Mapping[str, Any] = bulletin.differences[kind]
    rows = [
        *((_("新增"), *_named(one), "") for one in told["new"]),
        *((_("变更"), *_named(one), _changes(one)) for one in told["changed"]),
        *((_("撤销"), *_named(one), "") for one in told["gone"]),
    ]
    if rows:
        head = (_("变动"), _("名称"), _("责任单位"), _("内容"))
        yield Grid(_("与上期相比"), head, (2, 4, 3, 7), rows)


def _named(one: Mapping[str, Any]) -> tuple[str, str]:
    return f"{one['name']}（{one['number']}）", str(one["body"])


def _changes(one: Mapping[str, Any]) -> str:
    return "；".join(
        _("%(title)s：%(before)s → %(after)s")
        % {"title": title, "before": before or "—", "after": after or "—"}
        for title, before, after in one["fields"]
    )


def _everything(bulletin: Bulletin, kind: str) -> Grid:
    lines = queries.read_content(bulletin, kind)
    rows = [
        (one.name, one.number, one.body, "；".join(f"{title} {value}" for title, value in one.values))
        for one in lines
    ]  # fmt: skip
    caption = _("全部 %(n)d 条") % {"n": len(rows)}
    return Grid(caption, (_("名称"), _("编号"), _("责任单位"), _("内容")), WIDTHS, rows)


def _receipts(receipts: Sequence[Receipt]) -> Grid:
    rows = [
        (
            one.body.name,
            one.signed_by or _("待签收"),
            _moment(one.signed_at) if one.signed_at else "",
        )
        for one in receipts
    ]
    return Grid("", (_("单位"), _("签收人"), _("签收时间")), (5, 5, 3), rows)


def _moment(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"
