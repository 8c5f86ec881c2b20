"""What a version must have behind it before it goes a stage further."""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import pairwise

from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization.models import Body
from liandong.plans import queries
from liandong.plans.models import Opinion, PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import (
    PROCEDURES,
    SHORT_WAY,
    Answer,
    Conclusion,
    Openness,
    Outcome,
    VersionState,
    Way,
    Weighty,
)

FIRST_DAY = date(1990, 1, 1)
LONGEST_NUMBER = 100


def demand_state(version: PlanVersion, *states: VersionState, remedy: str = "") -> None:
    """Refuse what may not be done to a version as far as it has come."""
    if version.state not in states:
        raise IllegalMove(
            _("“%(version)s”现在是“%(state)s”，不能办这件事。")
            % {"version": version, "state": version.get_state_display()},
            place=_("预案版本"),
            remedy=remedy
            or _("要先到“%(states)s”这一步。")
            % {"states": listed(state.label for state in states)},
        )


def next_stage(version: PlanVersion) -> VersionState | None:
    """What comes after the stage a version is in, by its kind and way; None once it is at its approval."""
    stages = SHORT_WAY if version.way == Way.SHORT else PROCEDURES[version.kind].stages
    way = [VersionState.DRAFT, *stages]
    return next((to for one, to in pairwise(way) if one == version.state), None)


def demand_stage_done(version: PlanVersion) -> None:
    """Refuse to leave a stage before what it is for has been done."""
    ask = {
        VersionState.OPINIONS: _demand_opinions_settled,
        VersionState.EXPERTS: _demand_experts_content,
        VersionState.ALIGNMENT: _demand_aligned,
    }.get(VersionState(version.state))
    if ask:
        ask(version)


def _demand_opinions_settled(version: PlanVersion) -> None:
    left = [one.body.short_name for one in queries.opinions_of(version) if not one.is_settled]
    if left:
        raise Invalid(
            _("还有意见没有办完：%(units)s。") % {"units": listed(left)},
            place=_("征求意见"),
            remedy=_("请等单位答复；有意见的，写明是否采纳；逾期未答复的，认定怎样处理。"),
        )


def _demand_experts_content(version: PlanVersion) -> None:
    review = queries.latest_review(version)
    if review is None or review.conclusion == Conclusion.NOT_PASSED:
        raise Invalid(
            _("专家论证还没有通过。"),
            place=_("专家论证"),
            remedy=_("请登记论证结论；没有通过的，退回起草后再论证。"),
        )


def _demand_aligned(version: PlanVersion) -> None:
    done = queries.aligned_with(version)
    left = [one for one in PROCEDURES[version.kind].aligned_with if one not in done]
    if left:
        raise Invalid(
            _("还没有与%(whom)s衔接。") % {"whom": listed(one.label for one in left)},
            place=_("衔接协调"),
            remedy=_("请登记与谁衔接、结果怎样。"),
        )


def demand_examined(version: PlanVersion) -> None:
    """Refuse to approve what has not passed its examination."""
    examination = queries.latest_examination(version)
    if examination is None or not examination.has_passed:
        raise Invalid(
            _("审核还没有通过。"),
            place=_("审核"),
            remedy=_("请先逐点审核；有不符合的，退回起草。"),
        )


def demand_approved(version: PlanVersion) -> None:
    """Refuse to issue what nobody has signed."""
    if queries.approval_of(version) is None:
        raise Invalid(
            _("还没有签发。"), place=_("审批"), remedy=_("请有权签发的领导审批后再印发。")
        )


def demand_signatory(version: PlanVersion, signatory: str) -> None:
    """Refuse a name in which such a plan is not issued."""
    procedure = PROCEDURES[version.kind]
    if signatory not in procedure.signed_by:
        names = listed(one.label for one in procedure.signed_by)
        said = _("%(kind)s以%(names)s的名义印发") % {"kind": version.kind.label, "names": names}
        raise Invalid(
            _("%(said)s。") % {"said": said},
            place=_("以谁的名义"),
            remedy=_("请改选应当署名的机关。"),
            fields={"signatory": said},
        )


def demand_units(units: Collection[Body], asked: Collection[Opinion]) -> None:
    """Refuse to ask nobody, and to ask somebody twice."""
    if not units:
        raise Invalid(
            _("没有选单位。"),
            place=_("单位"),
            remedy=_("请选择要书面征求意见的单位。"),
            fields={"units": _("请至少选一个单位")},
        )
    known = {one.body_id for one in asked}
    if twice := [one.short_name for one in units if one.pk in known]:
        raise Invalid(
            _("已经征求过：%(units)s。") % {"units": listed(twice)},
            place=_("单位"),
            remedy=_("请去掉这些单位。"),
            fields={"units": _("有的单位已经征求过")},
        )


def demand_due_day(due_on: date, today: date) -> None:
    """Refuse a day for answers that is over already."""
    if due_on < today:
        raise Invalid(
            _("答复期限已经过了。"),
            place=_("答复期限"),
            remedy=_("请写今天或以后的日期。"),
            fields={"due_on": _("不能早于今天")},
        )


def demand_day(
    name: str, day: date, today: date, *, since: date | None = None, what: str = ""
) -> None:
    """Refuse a day on which something cannot have been: to come, or before what it follows."""
    wrong = _("不能晚于今天") if day > today else ""
    if since and day < since:
        wrong = _("不能早于%(what)s（%(since)s）") % {"what": what, "since": since}
    if day < FIRST_DAY:
        wrong = _("请核对年份")
    if wrong:
        raise Invalid(
            _("日期不对。"), place=_("日期"), remedy=_("请核对日期。"), fields={name: wrong}
        )


def demand_words(words: str, *, field: str, what: str) -> None:
    """Refuse to leave out what has to be said."""
    if not words.strip():
        raise Invalid(
            _("没有写%(what)s。") % {"what": what},
            place=what,
            remedy=_("请写明%(what)s。") % {"what": what},
            fields={field: _("请填写这一项。")},
        )


def demand_number(paper: str) -> None:
    """Refuse a number that is no number."""
    if len(paper) > LONGEST_NUMBER:
        raise Invalid(
            _("文号太长。"),
            place=_("文号"),
            remedy=_("请只写文号，不超过 %(n)d 个字。") % {"n": LONGEST_NUMBER},
            fields={"paper": _("文号太长")},
        )


def demand_newer(version: PlanVersion, before: PlanVersion) -> None:
    """Refuse to let what was drafted earlier replace what was drafted later."""
    if version.number < before.number:
        raise IllegalMove(
            _("现行的第 %(now)d 版比这份第 %(old)d 版新。")
            % {"now": before.number, "old": version.number},
            place=_("版次"),
            remedy=_("要退回旧的写法，请从旧版点“修订”，另成新的一版。"),
        )


def demand_own_body(actor: Actor, opinion: Opinion) -> None:
    """Refuse to answer for a unit one does not belong to; whoever accompanies the plan writes letters down."""
    place = str(opinion.body_id)
    if f"body:{place}" not in actor.scopes and not actor.may(Permission.ADVANCE_VERSION):
        raise Forbidden(
            _("这份意见要由%(unit)s答复。") % {"unit": opinion.body},
            remedy=_("请用本单位的岗位办理；收到书面复函的，由指挥部办公室代录。"),
        )


def demand_answerable(opinion: Opinion) -> None:
    """Refuse an answer to what is no longer asked, or what has been settled."""
    if not opinion.is_open:
        raise IllegalMove(
            _("这一轮征求意见已经结束。"), remedy=_("有意见请直接与起草单位联系。")
        )
    if opinion.settled_at:
        raise IllegalMove(
            _("这份意见已经认定。"), remedy=_("要改的，请起草单位退回起草后重新征求。")
        )


def demand_settleable(opinion: Opinion, today: date) -> None:
    """Refuse to settle what needs none, and to take silence for an answer before its day is over."""
    demand_answerable(opinion)
    if opinion.answer == Answer.AGREE:
        raise IllegalMove(_("同意的意见不用认定。"), remedy=_("请直接转入下一步。"))
    if not opinion.answer and not opinion.is_late(today):
        raise IllegalMove(
            _("答复期限还没有过。"),
            remedy=_("%(due)s以后仍未答复的，再认定怎样处理。") % {"due": opinion.due_on},
        )


def demand_all_weighty(untouched: Collection[str]) -> None:
    """Refuse the short way to a revision that touches one of the four (art. 36)."""
    if left := [one.label for one in Weighty if one not in untouched]:
        raise Invalid(
            _("涉及%(what)s的修订要走全程序。") % {"what": listed(left)},
            place=_("简易程序"),
            remedy=_("四项都不涉及才能走简易程序（《突发事件应急预案管理办法》第三十六条）。"),
            fields={"untouched": _("四项都要确认不涉及")},
        )


def demand_ground(openness: str, address: str, ground: str) -> None:
    """Refuse to publish nowhere, and to keep back without saying on what ground."""
    if openness in {Openness.WITHHELD, Openness.ABRIDGED}:
        demand_words(ground, field="ground", what=_("不公开或只公开简本的理由"))
    if openness != Openness.WITHHELD:
        demand_words(address, field="address", what=_("网址或载体"))


def demand_reasons(outcome: str, reasons: Sequence[str]) -> None:
    """Refuse to revise for no reason."""
    if outcome != Outcome.KEEP and not reasons:
        raise Invalid(
            _("没有选修订的情形。"),
            place=_("修订的情形"),
            remedy=_("请选择是哪一种情形（《突发事件应急预案管理办法》第三十四至三十六条）。"),
            fields={"reasons": _("请至少选一项")},
        )
