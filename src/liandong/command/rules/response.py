"""What a decision must say, who must sign it, and what a grading suggests."""

from dataclasses import dataclass
from datetime import datetime

from liandong.command.models import Proposal
from liandong.command.states import DecisionKind
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization import queries as organization
from liandong.organization.models import Post
from liandong.plans.language import (
    EndFinding,
    Grading,
    LevelKey,
    Plan,
    Verdict,
    rank,
    read_level,
)

Kind = DecisionKind
STARTING = frozenset({Kind.ACTIVATE, Kind.RAISE, Kind.LOWER})


@dataclass(frozen=True, kw_only=True)
class Elements:
    """What a decision says: the four elements of 《突发事件应对法》第72条, the level among them."""

    kind: DecisionKind
    level: str
    matters: str
    expected_until: datetime | None
    measures: str


def demand_elements(said: Elements, now: datetime) -> None:
    """Refuse a decision that lacks one of the four elements, and name it (《突发事件应对法》第72条)."""
    if said.kind not in STARTING:
        return
    wanted = {
        "matters": (said.matters.strip(), _("响应事项")),
        "level": (said.level, _("响应级别")),
        "expected_until": (said.expected_until, _("预计期限")),
        "measures": (said.measures.strip(), _("应急处置措施")),
    }
    missing = {field: label for field, (value, label) in wanted.items() if not value}
    if missing:
        raise Invalid(
            _("启动或调整响应的决定缺少：%(missing)s。")
            % {"missing": listed(missing.values())},
            place=_("《突发事件应对法》第七十二条"),
            remedy=_("请补上后再决定；填写的其他内容还在。"),
            fields={
                field: _("不能缺少%(what)s") % {"what": label}
                for field, label in missing.items()
            },
        )
    if said.expected_until and said.expected_until <= now:
        raise Invalid(
            _("预计期限早于现在。"),
            place=_("预计期限"),
            remedy=_("请改为以后的时刻。"),
            fields={"expected_until": _("须晚于现在")},
        )


def demand_fitting(kind: DecisionKind, before: str, after: str) -> None:
    """Refuse a decision whose word does not fit the levels: nothing is raised to a lower one."""
    old, new = rank(level_key(before)), rank(level_key(after))
    fits = {
        Kind.ACTIVATE: old == 0 and new > 0,
        Kind.RAISE: new > old > 0,
        Kind.LOWER: 0 < new < old,
        Kind.MAINTAIN: new == old,
        Kind.END: old > 0,
    }
    if not fits[kind]:
        present = _("现为%(level)s级响应") % {"level": before} if before else _("现无响应")
        raise IllegalMove(
            _("%(present)s，不能办理“%(kind)s”。") % {"present": present, "kind": kind.label},
            place=_("响应级别"),
            remedy=_("请刷新看现在的级别，再选择启动、升级、降级、维持或终止。"),
        )


def differs(proposal: Proposal | None, kind: DecisionKind, after: str) -> bool:
    """Say whether people decide otherwise than was proposed."""
    if proposal is None:
        return False
    if Kind.END in {kind, proposal.kind}:
        return kind != proposal.kind
    return (kind, after) != (proposal.kind, proposal.level)


def demand_reason(
    proposal: Proposal | None, kind: DecisionKind, after: str, reason: str
) -> None:
    """Refuse to overrule a proposal without saying why."""
    if differs(proposal, kind, after) and not reason.strip():
        raise Invalid(
            _("决定与研判建议“%(proposal)s”不同，没有写改判理由。") % {"proposal": proposal},
            place=_("改判理由"),
            remedy=_("请写明改判理由；研判建议和理由都会留存。"),
            fields={"overrule_reason": _("请写明改判理由")},
        )


def demand_over(ends: EndFinding | None, reason: str) -> None:
    """Refuse to end before the plan's own condition for it is known to hold, without saying why."""
    if ends is None or ends.verdict == Verdict.MET or reason.strip():
        return
    wanted = [one.sentence for one in ends.clauses if one.verdict != Verdict.MET]
    raise Invalid(
        _("预案规定的终止条件还没有满足：%(wanted)s。") % {"wanted": "；".join(wanted)},
        place=_("终止条件"),
        remedy=_("请先核实并登记；确须提前终止的，写明理由。"),
        fields={"overrule_reason": _("请写明提前终止的理由")},
    )


@dataclass(frozen=True)
class Asked:
    """Which posts, by their keys, must sign: all of these, and one of those; and who must consent."""

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    consent: str = ""

    @property
    def posts(self) -> tuple[str, ...]:
        """Everyone whose signature counts."""
        return (*self.all_of, *self.any_of, *self._consent)

    @property
    def _consent(self) -> tuple[str, ...]:
        return (self.consent,) if self.consent else ()

    def awaited(self, signed: frozenset[str]) -> tuple[str, ...]:
        """Who has yet to sign; empty when the decision stands."""
        left = tuple(post for post in self.all_of if post not in signed)
        one = () if not self.any_of or signed & set(self.any_of) else self.any_of
        return (*left, *one, *(post for post in self._consent if post not in signed))


def asked(plan: Plan, kind: DecisionKind, before: str, after: str) -> Asked:
    """Who decides, as the plan says: of what is begun its level's, of what is lowered or ended the old one's."""
    key = level_key(before) if kind in {Kind.LOWER, Kind.END} else level_key(after)
    level = plan.levels.get(key) if key else None
    if level is None:
        return Asked()
    deciders = (level.ends if kind == Kind.END else None) or level.decides
    all_of = tuple(deciders.all_of or ()) if deciders else ()
    consent = level.consent if kind != Kind.MAINTAIN and level.consent not in all_of else ""
    return Asked(
        all_of=all_of,
        any_of=tuple(deciders.any_of or ()) if deciders else (),
        consent=consent or "",
    )


def demand_consenting(actor: Actor, consent: str) -> Post:
    """Return the post whose consent is asked for; refuses whoever does not sit there."""
    post = organization.post_by_key(consent) if consent else None
    if post is None or f"post:{post.pk}" not in actor.scopes:
        raise Forbidden(
            _("这项决定不由您所在的岗位同意。"),
            place=actor.label,
            remedy=_("请由预案规定的岗位办理；应会签的请选会签。"),
        )
    return post


@dataclass(frozen=True)
class Suggestion:
    """What a grading suggests against the present level; no kind means nothing to decide."""

    kind: DecisionKind | None
    level: LevelKey | None


def suggest(grading: Grading, present: str) -> Suggestion:
    """Compare what is graded with what is in force. An open level is never read as a no.

    A plan that says when it ends is ended by that alone: what has burned stays burned.
    """
    now = level_key(present)
    reached = grading.at_least
    if grading.ends and grading.ends.verdict == Verdict.MET:
        return Suggestion(Kind.END if now else None, None)
    if rank(reached) > rank(now):
        return Suggestion(Kind.RAISE if now else Kind.ACTIVATE, reached)
    if now is None:
        # Nothing is reached, and nobody can say so: what is open has to be asked for first.
        return Suggestion(Kind.MAINTAIN if grading.still_open else None, None)
    possible = [
        one.level
        for one in grading.levels
        if rank(one.level) <= rank(now) and one.verdict != Verdict.NOT_MET
    ]
    target = max([*possible, *([reached] if reached else [])], key=rank, default=None)
    if target == now:
        return Suggestion(Kind.MAINTAIN, now)
    if target is None and grading.ends:
        return Suggestion(Kind.MAINTAIN, now)
    return Suggestion(Kind.LOWER if target else Kind.END, target)


def level_key(level: str) -> LevelKey | None:
    """A field's level as the plan language has it; None for none."""
    return read_level(level) if level else None
