"""Whether what a deed has to say is there: read from the record, beside how soon the deed came."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liandong.command.models import Order

READ_BACK, FINISHED = "command.order_read_back", "command.order_finished"
# What is asked of a deed, and which parts of its entry say it; each part must say something.
ASKED: dict[str, tuple[tuple[Promise, tuple[str, ...]], ...]] = {
    "command.incident_opened": ((_("地点"), ("place",)), (_("信息来源"), ("source",))),
    "plans.facts_recorded": ((_("数字"), ("shown",)), (_("信息来源"), ("source",))),
    "command.severity_set": ((_("定级理由"), ("reason",)),),
    "monitoring.warning_issued": (
        (_("影响范围"), ("scope",)),
        (_("防御措施"), ("measures",)),
    ),
    "command.response_decided": ((_("响应措施"), ("measures",)), (_("签发人"), ("signed_by",))),
    "command.field_post_opened": ((_("地点"), ("place",)), (_("现场指挥长"), ("commander",))),
    "command.order_issued": ((_("完成限时"), ("finish_by",)),),
    READ_BACK: ((_("复诵内容"), ("text",)), (_("内容一致"), ("matches",))),
    "command.order_declined": ((_("原因"), ("reason",)),),
    FINISHED: ((_("完成情况"), ("text",)),),
    "command.report_sent": (
        (_("死亡、失联、受伤人数"), ("dead", "missing", "injured")),
        (_("签发人"), ("signed_by",)),
    ),
    "command.incident_closed": ((_("结束理由"), ("reason",)),),
}


@dataclass(frozen=True)
class Piece:
    """One thing that was asked, and whether it is there. A number 0 is there; a blank is not."""

    words: str
    is_there: bool


def pieces_of(name: str, said: Mapping[str, Any], order: Order | None = None) -> list[Piece]:
    """What a deed has to say, as its entry has it; nothing where the entry's words were erased.

    ``order`` is the one a finish is about: it may ask for proof besides.
    """
    if not said:
        return []
    found = [
        Piece(
            str(words), all(said.get(part) not in (None, "", False, [], {}) for part in parts)
        )
        for words, parts in ASKED.get(name, ())
    ]
    if name == FINISHED and order is not None and order.needs_proof:
        found.append(_proof(order))
    return found


def pieces_of_order(order: Order) -> list[Piece]:
    """What an order asks of its unit: words said back, proof where it is wanted, figures where some were set."""
    found = [Piece(str(_("复诵内容")), bool(order.read_back.strip()))]
    if order.needs_proof:
        found.append(_proof(order))
    if order.amount_of is not None:
        found.append(Piece(str(_("数字")), order.amount is not None))
    return found


def _proof(order: Order) -> Piece:
    """Proof counts as it does where a unit reports its end: words always, a place by itself, the rest by files."""
    notes = list(order.notes.all())
    shown = {"text"} if any(one.text.strip() for one in notes) else set()
    if any(one.lon is not None for one in notes):
        shown.add("position")
    wanted = set(order.needs_proof) - shown
    has_files = any(one.files for one in notes)
    return Piece(str(_("完成凭据")), not wanted or ("text" not in wanted and has_files))
