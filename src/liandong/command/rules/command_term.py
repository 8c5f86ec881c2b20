"""By what overall command passes, and what the county may not do while it serves."""

from collections.abc import Sequence
from datetime import datetime

from liandong.command.models import CommandTerm, Order, SuperiorOrder
from liandong.command.states import CommandLevel, DecisionKind
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

# What the county does not do by itself while a superior commands: it proposes, and is told.
SUPERIORS = frozenset({DecisionKind.LOWER, DecisionKind.END})


def demand_ground(
    *, paper: str, told_by: str, told_at: datetime | None, read_back: str
) -> None:
    """Refuse what neither stands on a paper nor was told by somebody and said back."""
    if paper.strip():
        return
    wanted = {
        "told_by": (told_by.strip(), _("通知人")),
        "told_at": (told_at, _("通知时间")),
        "read_back": (read_back.strip(), _("复诵内容")),
    }
    missing = {field: label for field, (value, label) in wanted.items() if not value}
    if missing:
        raise Invalid(
            _("没有文号的，须写明电话通知的：%(missing)s。")
            % {"missing": listed(missing.values())},
            place=_("移交凭据"),
            remedy=_("请补上文号，或补全电话通知的情况；填写的其他内容还在。"),
            fields={
                field: _("没有文号时须填写%(what)s") % {"what": label}
                for field, label in missing.items()
            },
        )


def demand_elsewhere(
    before: CommandTerm | None, level: CommandLevel, headquarters: str, paper: str
) -> None:
    """Refuse to pass command to where it is, and a second commander of one level by word alone."""
    present = CommandLevel(before.level) if before else CommandLevel.COUNTY
    if level != present:
        return
    if before is None or before.headquarters == headquarters.strip():
        raise IllegalMove(
            _("现在就是%(level)s。") % {"level": before or level.label},
            remedy=_("请刷新后看最新状态。"),
        )
    if not paper.strip():
        raise Invalid(
            _("%(before)s正在统一指挥，同级的“%(other)s”要接手，须有文件。")
            % {"before": before, "other": headquarters.strip()},
            place=_("指挥权"),
            remedy=_("同一时刻只有一个总指挥：请先向双方核实，有文件后填写文号再登记。"),
            fields={"paper": _("同级之间移交须有文号")},
        )


def demand_start(start: datetime, earliest: datetime, now: datetime) -> None:
    """Refuse a beginning that lies ahead, or before who commands now began."""
    if start > now:
        wrong, field = _("接手时刻晚于现在。"), _("不能晚于现在")
    elif start < earliest:
        wrong, field = _("接手时刻早于前一段指挥开始的时刻。"), _("不能早于前一段指挥的开始")
    else:
        return
    raise Invalid(
        wrong,
        place=_("接手时刻"),
        remedy=_("请核对日期和时刻；约定以后接手的，到时再登记。"),
        fields={"starts_at": field},
    )


def demand_own_command(term: CommandTerm | None) -> None:
    """Refuse to settle by oneself what another commands."""
    if term is not None and term.is_superior:
        raise IllegalMove(
            _("现在由%(command)s统一指挥。") % {"command": term},
            place=_("指挥层级"),
            remedy=_("请先登记指挥权交回，再办这件事。"),
        )


def demand_superior_word(
    term: CommandTerm | None, kind: DecisionKind, word: SuperiorOrder | None
) -> None:
    """Refuse to lower or end a response over the head of whoever commands."""
    if term is None or not term.is_superior or kind not in SUPERIORS:
        return
    if word is not None and word.term_id == term.pk and word.is_open:
        return
    raise Invalid(
        _("现在由%(command)s统一指挥，县里不能自行%(kind)s响应。")
        % {"command": term, "kind": kind.label},
        place=_("上级指令"),
        remedy=_("请先向它提出建议；得到答复后登记为上级指令，再选它作依据。"),
        fields={"superior_order": _("请选上级同意的指令")},
    )


def demand_one_commander(term: CommandTerm | None, headquarters: str) -> None:
    """Refuse orders of a second superior while one commands; of a term from before its name was kept, none."""
    commands = term.headquarters if term is not None and term.is_superior else ""
    if commands and headquarters.strip() != commands:
        raise IllegalMove(
            _("现在由%(command)s统一指挥，不能同时按“%(other)s”的指令办。")
            % {"command": term, "other": headquarters.strip()},
            place=_("下达机构"),
            remedy=_("请告知对方经%(headquarters)s下达；指挥权已变的，先登记移交。")
            % {"headquarters": commands},
        )


def demand_owed(order: SuperiorOrder) -> None:
    """Refuse what is asked of a superior's order that was answered or taken back."""
    if not order.is_open:
        raise IllegalMove(
            _("%(order)s%(state)s。") % {"order": order, "state": order.get_state_display()},
            place=str(order),
            remedy=_("请刷新后看最新状态。"),
        )


def demand_carried_out(order: SuperiorOrder, live: Sequence[Order]) -> None:
    """Refuse to report back as done what units still owe, and name what."""
    if live:
        named = listed(
            _("%(number)d号令（%(unit)s）") % {"number": one.number, "unit": one.to_body}
            for one in live[:8]
        )
        raise IllegalMove(
            _("据%(order)s下达的指令还有 %(n)d 条没有办完：%(named)s。")
            % {"order": order, "n": len(live), "named": named},
            place=_("指令"),
            remedy=_("进展请写进续报；办完或撤回后再回报。"),
        )
