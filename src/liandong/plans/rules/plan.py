"""Who may, when: about plans, facts and runs."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.plans.language import Plan, PlanInvalidError, Step, TooManyCasesError, grade, load
from liandong.plans.language.guesses import Guess
from liandong.plans.language.yaml_text import MAX_BYTES
from liandong.plans.models import Manuscript, PlanVersion, Run
from liandong.plans.states import ManuscriptState, RunState

# Clocks of those who report are never quite ours.
SKEW = timedelta(minutes=2)
MOST_FLAWS_SHOWN = 20


def demand_actual(actor: Actor) -> None:
    """Refuse to change plans from within a drill: they are the same in every realm."""
    if actor.realm != ACTUAL:
        raise Forbidden(_("演练中不能改动预案。"), remedy=_("请回到实战，或在演练总结后修订。"))


def readable_plan(text: str) -> Plan:
    """Read a plan's text; refuse it with every flaw, each with its place and remedy."""
    try:
        plan = load(text)
        grade(plan, {})
    except PlanInvalidError as refusal:
        flaws = [str(flaw) for flaw in refusal.flaws[:MOST_FLAWS_SHOWN]]
        raise Invalid(
            _("预案文本有 %(n)d 处不能成立。") % {"n": len(refusal.flaws)},
            place=refusal.flaws[0].place,
            remedy="\n".join(flaws),
            fields={"text": "\n".join(flaws)},
        ) from refusal
    except TooManyCasesError as refusal:
        raise Invalid(
            str(refusal), place=_("启动条件"), remedy=_("请把同一事实的条件合并或拆成几条。")
        ) from refusal
    return plan


def demand_observed(observed_at: datetime, now: datetime) -> None:
    """Refuse what is said to have been observed in the future."""
    if observed_at > now + SKEW:
        raise Invalid(
            _("观测时间晚于现在。"),
            place=_("观测时间"),
            remedy=_("请核对时间；还没有发生的事不能作为事实。"),
            fields={"observed_at": _("不能晚于现在")},
        )


def demand_running(run: Run, actor: Actor) -> None:
    """Refuse to touch a run that has ended, or one of another realm."""
    if run.realm != actor.realm:
        raise Missing(_("没有这次预案执行。"), remedy=_("请从事件页面进入。"))
    if run.state != RunState.RUNNING:
        raise IllegalMove(
            _("这次预案执行已经结束。"), remedy=_("需要再次响应时，请重新作出启动决定。")
        )


def demand_step(step_id: str, steps: Collection[Step], *, there: bool) -> None:
    """Refuse a step that is not in the run, or one whose id is taken."""
    found = step_id in {step.id for step in steps}
    if found == there:
        return
    what = _("本次执行里没有措施“%(step)s”。") if there else _("本次执行里已有措施“%(step)s”。")
    remedy = _("请从措施清单里选择。") if there else _("请换一个代号。")
    raise Invalid(what % {"step": step_id}, place=_("措施"), remedy=remedy)


def demand_reason(reason: str) -> None:
    """Refuse to depart from the plan without saying why."""
    if not reason.strip():
        raise Invalid(
            _("没有写调整理由。"),
            place=_("理由"),
            remedy=_("请写明为什么增加、取消或改派。"),
            fields={"reason": _("请写明理由")},
        )


def demand_open(manuscript: Manuscript) -> None:
    """Refuse to write in a manuscript that was given up."""
    if manuscript.state != ManuscriptState.OPEN:
        raise IllegalMove(_("这份文稿已经废弃。"), remedy=_("请另起一份文稿。"))


def demand_free_key(
    key: str, version: PlanVersion | None, manuscript: Manuscript | None
) -> None:
    """Refuse to begin a plan under a key that one has already, or that one is being written under."""
    if version is None and manuscript is None:
        return
    what, remedy = str(version), _("请到“预案”打开它，点“修订”；另一部预案请换一个代号。")
    if manuscript is not None:
        what = _("%(title)s（%(who)s在写）") % {
            "title": manuscript,
            "who": manuscript.changed_by,
        }
        remedy = _("请到“预案文稿”接着写那一份；另一部预案请换一个代号。")
    said = _("代号“%(key)s”已有：%(what)s。") % {"key": key, "what": what}
    raise Invalid(said, place=_("代号"), remedy=remedy, fields={"key": f"{said}{remedy}"})


def demand_keepable(text: str) -> None:
    """Refuse a text too large for a plan."""
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise Invalid(
            _("文本超过 1 MB。"),
            place=_("文本"),
            remedy=_("预案文本不应这么大，请检查是否贴错了内容。"),
            fields={"text": _("文本超过 1 MB")},
        )


def demand_confirmed(guesses: Iterable[Guess]) -> None:
    """Refuse what was read in a paper and has not been confirmed by anybody."""
    waiting = [one for one in guesses if one.is_open]
    if waiting:
        raise Invalid(
            _("还有 %(n)d 处读法没有确认。") % {"n": len(waiting)},
            place=_("第 %(n)d 段") % {"n": waiting[0].paragraph},
            remedy=_("请对照原文逐处确认，或改正后再存入草案。"),
        )
