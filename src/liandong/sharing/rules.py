"""Who keeps which records, and when."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from liandong.kernel.actors import ACTUAL, EVERYTHING, Actor
from liandong.kernel.problems import Forbidden, IllegalMove
from liandong.kernel.wording import gettext as _
from liandong.sharing.models import Inspection, Record
from liandong.sharing.permissions import Permission
from liandong.sharing.states import RecordState, Sensitivity


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
