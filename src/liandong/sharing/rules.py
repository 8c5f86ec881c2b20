"""Who keeps which records, and when."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from liandong.kernel.actors import ACTUAL, EVERYTHING, Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Body
from liandong.sharing.models import Bulletin, Inspection, Record, Return, Taking
from liandong.sharing.permissions import Permission
from liandong.sharing.states import BulletinState, RecordState, Sensitivity


def demand_actual(actor: Actor) -> None:
    """Registers speak of what is there: a drill does not change them."""
    if actor.realm != ACTUAL:
        raise Forbidden(_("演练中不能改动登记簿。"), remedy=_("请先退出演练，再办理登记。"))


def keeps(actor: Actor, body: UUID | str) -> bool:
    """Whether an actor answers for the records of a body: its own, or, of an office, any."""
    own = {f"body:{body}", EVERYTHING} & actor.scopes
    return bool(own) or actor.may(Permission.KEEP_ANY, body=str(body))


def demand_keeper(actor: Actor, permission: str, bodies: Iterable[UUID | str]) -> None:
    """Each unit keeps its own records; the offices keep everybody's."""
    for body in set(bodies):
        actor.demand(permission, body=str(body))
        if not keeps(actor, body):
            raise Forbidden(
                _("只能办理本单位负责的登记。"),
                remedy=_("请由责任单位办理，或请指挥部办公室代办。"),
            )


def demand_current(record: Record) -> None:
    """What has been withdrawn is changed only after it was restored."""
    if record.state != RecordState.CURRENT:
        raise IllegalMove(
            _("“%(record)s”已撤销。") % {"record": record}, remedy=_("如仍存在，请先恢复再改。")
        )


def demand_new_file(before: Taking | None) -> None:
    """The same file again doubles nothing, but whoever sends it may have meant another."""
    if before is not None and not hasattr(before, "undone_by"):
        raise IllegalMove(
            _("这份文件已经导入过，内容一字不差。"),
            place=str(before),
            remedy=_(
                "请核对是不是选错了文件；确要再导入的，请勾选“仍要再导入一次”，命令行请加 --again。"
            ),
        )


def demand_open(inspection: Inspection) -> None:
    """Only what was found, and is not yet put right, is mended."""
    if inspection.mend_by is None or inspection.mended_on is not None:
        raise IllegalMove(_("这次检查没有待整改的问题。"), remedy=_("请刷新页面，看最新情况。"))


def wrong_inspection(
    done_on: date, found: str, mend_by: date | None, today: date
) -> dict[str, str]:
    """What is wrong with an inspection, by field."""
    wrong: dict[str, str] = {}
    if done_on > today:
        wrong["done_on"] = _("检查日期不能晚于今天")
    if found.strip() and mend_by is None:
        wrong["mend_by"] = _("发现问题的，请写整改期限")
    if mend_by is not None and not found.strip():
        wrong["found"] = _("写了整改期限的，请写发现的问题")
    if mend_by is not None and mend_by < done_on:
        wrong["mend_by"] = _("整改期限不能早于检查日期")
    return wrong


def audience_of(sensitivity: str, body: UUID | str) -> list[str]:
    """Who sees a record at all: the county, or only its unit and the duty room and offices."""
    if sensitivity == Sensitivity.RESTRICTED:
        return sorted({f"body:{body}", "duty"})
    return ["county"]


def demand_office(actor: Actor, office: Body) -> None:
    """A round is its office's: no other opens, checks or compiles it."""
    if not {f"body:{office.pk}", EVERYTHING} & actor.scopes:
        raise Forbidden(
            _("这次报送由%(office)s办理。") % {"office": office.short_name},
            remedy=_("请由该办公室的人员办理。"),
        )


def demand_own(actor: Actor, body: UUID) -> None:
    """Nobody reports or signs for another unit."""
    if not {f"body:{body}", EVERYTHING} & actor.scopes:
        raise Forbidden(_("只能为本单位办理。"), remedy=_("请由该单位的联络员办理。"))


def demand_nil_rightly(row: Return, *, is_nil: bool, records: int) -> None:
    """Nothing to report is said in so many words, and only where it is true."""
    if is_nil and records:
        raise Invalid(
            _("本单位有 %(n)d 条登记，不能零报告。") % {"n": records},
            place=str(row),
            remedy=_("请核实后报送；确已不存在的，请先撤销。"),
            fields={"is_nil": _("请取消勾选")},
        )
    if not is_nil and not records:
        raise Invalid(
            _("本单位在这些登记簿里没有登记。"),
            place=str(row),
            remedy=_("请先登记；确实没有的，请勾选“零报告”。"),
            fields={"is_nil": _("没有可报的，请勾选")},
        )


def demand_no_bulletin(editions: Sequence[Bulletin]) -> None:
    """One bulletin at a time: only a rejected one is compiled anew."""
    if editions and editions[0].state != BulletinState.REJECTED:
        raise IllegalMove(
            _("这次报送已有%(state)s的汇编。")
            % {"state": BulletinState(editions[0].state).label},
            remedy=_("请刷新页面，看最新情况。"),
        )


def demand_committee_office(actor: Actor, offices: Sequence[UUID]) -> None:
    """Where the committee has an office of its own, that one decides."""
    wanted = {f"body:{one}" for one in offices} | {EVERYTHING}
    if offices and not wanted & actor.scopes:
        raise Forbidden(
            _("汇编由县应急委办公室审批、分发。"), remedy=_("请由县应急委办公室的人员办理。")
        )


def demand_another(actor: Actor, bulletin: Bulletin) -> None:
    """Four eyes: nobody approves what they compiled."""
    if actor.person and actor.person == bulletin.compiler:
        raise Forbidden(
            _("不能审批自己汇编的材料。"), remedy=_("请由县应急委办公室的另一位人员审批。")
        )
