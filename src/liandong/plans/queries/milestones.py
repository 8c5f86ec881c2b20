"""How far a version has come: each step of its way, who did it, when, by which paper."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.timezone import localtime

from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.plans.models import Opinion, PlanVersion
from liandong.plans.queries.ledger import BY_WORKING_DAYS, Owed, owed_of, today
from liandong.plans.queries.life import opinions_of, passages_of
from liandong.plans.states import (
    PROCEDURES,
    SHORT_WAY,
    UNDER_WAY,
    Answer,
    DutyKind,
    VersionState,
    Way,
)

DONE, NOW, LATER, LATE = "done", "now", "later", "late"
HELD = frozenset({VersionState.IN_FORCE, VersionState.SUPERSEDED, VersionState.REPEALED})


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """One step: done, under way, to come, or late."""

    label: str | Promise
    state: str
    lines: tuple[str, ...] = ()
    basis: str | Promise = ""


def milestones_of(version: PlanVersion) -> list[Milestone]:
    """Every step of a version's way, the first first. A fixed number of queries."""
    drafted = _("%(day)s 起草") % {"day": _day_of(version)}
    is_draft = version.state == VersionState.DRAFT
    backs = [
        _("%(day)s %(by)s退回起草：%(reason)s")
        % {"day": localtime(one.at).date(), "by": one.by, "reason": one.reason}
        for one in passages_of(version)
        if one.stage == VersionState.DRAFT
    ]
    first = Milestone(label=_("起草"), state=NOW if is_draft else DONE, lines=(drafted, *backs))
    stages = [] if version.way == Way.BEFORE else list(_stages(version))
    return [first, *stages, _issued(version), *_afterwards(version), *_end(version)]


def _day_of(version: PlanVersion) -> date:
    return localtime(version.drafted_at).date()


def _stages(version: PlanVersion) -> Iterator[Milestone]:
    procedure = PROCEDURES[version.kind]
    stages = SHORT_WAY if version.way == Way.SHORT else procedure.stages
    tell: dict[VersionState, Callable[[PlanVersion], Iterable[str]]] = {
        VersionState.OPINIONS: _opinions,
        VersionState.EXPERTS: _experts,
        VersionState.ALIGNMENT: _alignments,
        VersionState.APPROVAL: _approvals,
    }
    here = stages.index(VersionState(version.state)) if version.state in UNDER_WAY else -1
    for at, stage in enumerate(stages):
        state = DONE if version.state in HELD or at < here else NOW if at == here else LATER
        lines = tuple(tell[stage](version)) if state != LATER else ()
        basis = procedure.bases.get(stage, "") if version.way == Way.FULL else _("第三十六条")
        yield Milestone(label=stage.label, state=state, lines=lines, basis=basis)


def _opinions(version: PlanVersion) -> Iterator[str]:
    rows: list[Opinion] = list(opinions_of(version))
    if not rows:
        return
    last = max(one.due_on for one in rows)
    yield _("%(n)d 个单位，%(due)s前答复") % {"n": len(rows), "due": last}
    counts = Counter(one.answer for one in rows)
    said = [
        _("%(answer)s %(n)d") % {"answer": answer.label, "n": counts[answer]}
        for answer in Answer
        if counts[answer]
    ]
    if counts[""]:
        said.append(_("未答复 %(n)d") % {"n": counts[""]})
    yield listed(said)


def _experts(version: PlanVersion) -> Iterator[str]:
    for one in version.expertreviews.filter(round=version.round).order_by("at", "id"):
        yield _("%(day)s 论证：%(conclusion)s。专家：%(experts)s") % {
            "day": one.reviewed_on,
            "conclusion": one.get_conclusion_display(),
            "experts": "；".join(one.experts.split("\n")),
        }


def _alignments(version: PlanVersion) -> Iterator[str]:
    for one in version.alignments.filter(round=version.round).order_by("at", "id"):
        yield _("%(day)s %(whom)s（%(what)s）：%(result)s") % {
            "day": one.aligned_on,
            "whom": one.whom,
            "what": one.get_aligned_with_display(),
            "result": one.result,
        }


def _approvals(version: PlanVersion) -> Iterator[str]:
    if version.way_reason:
        yield _("适用简易程序：%(reason)s") % {"reason": version.way_reason}
    for examined in version.examinations.filter(round=version.round).order_by("at", "id"):
        outcome = _("通过") if examined.has_passed else _("不通过")
        yield " ".join(
            [
                _("%(day)s %(by)s审核：%(outcome)s")
                % {"day": examined.examined_on, "by": examined.by, "outcome": outcome},
                examined.remark,
            ]
        ).strip()
    for signed in version.approvals.filter(round=version.round).order_by("at", "id"):
        yield _("%(day)s %(by)s签发，以%(name)s名义 %(paper)s") % {
            "day": signed.signed_on,
            "by": signed.signed_by,
            "name": signed.get_signatory_display(),
            "paper": signed.paper,
        }


def _issued(version: PlanVersion) -> Milestone:
    if version.issued_on is None:
        basis = PROCEDURES[version.kind].signing_basis
        return Milestone(label=_("印发施行"), state=LATER, basis=basis)
    line = _("%(day)s 印发 %(paper)s") % {
        "day": version.issued_on,
        "paper": version.issue_number,
    }
    before = version.way == Way.BEFORE
    lines = (line, _("登记已经印发的预案，此前各步在纸面办理")) if before else (line,)
    return Milestone(label=_("印发施行"), state=DONE, lines=lines)


def _afterwards(version: PlanVersion) -> Iterator[Milestone]:
    if version.state not in HELD:
        return
    owed = {one.what: one for one in owed_of(version)}
    told: dict[DutyKind, tuple[Iterable[str], str | Promise]] = {
        DutyKind.FILING: (_filings(version), PROCEDURES[version.kind].filing_basis),
        DutyKind.PUBLICATION: (_publications(version), _("第二十八条")),
        DutyKind.DRILL: (_drills(version), _("第三十二条")),
        DutyKind.EVALUATION: (_evaluations(version), _("第三十四条")),
    }
    now = today()
    for what, (lines, basis) in told.items():
        said, due = tuple(lines), owed.get(what)
        if not said and due is None:
            continue
        state = (
            DONE
            if due is None
            else LATE
            if due.is_late(now)
            else NOW
            if due.is_near(now)
            else LATER
        )
        if due and said and state == LATER:
            state = DONE
        more = (due_words(due, now),) if due else ()
        yield Milestone(label=what.label, state=state, lines=(*said, *more), basis=basis)


def due_words(owed: Owed, now: date) -> str:
    """By when something is owed, and how far that is."""
    if owed.due_on is None:
        return _("从印发日起 20 个工作日；未维护工作日历，请自行推算")
    left = owed.left(now)
    by_working_days = owed.what in BY_WORKING_DAYS
    if left is None:
        said = _("应于 %(due)s 前%(what)s")
    elif owed.is_late(now):
        said = (
            _("应于 %(due)s 前%(what)s，已超 %(n)d 个工作日")
            if by_working_days
            else _("应于 %(due)s 前%(what)s，已超 %(n)d 天")
        )
    else:
        said = (
            _("应于 %(due)s 前%(what)s，还有 %(n)d 个工作日")
            if by_working_days
            else _("应于 %(due)s 前%(what)s，还有 %(n)d 天")
        )
    return said % {"due": owed.due_on, "what": owed.what.label, "n": abs(left or 0)}


def _filings(version: PlanVersion) -> Iterator[str]:
    for one in version.filings.order_by("at", "id"):
        yield _("%(day)s 报%(whom)s %(paper)s") % {
            "day": one.sent_on,
            "whom": one.filed_with,
            "paper": one.paper,
        }
        if one.filed_on:
            yield _("%(day)s 备案，回执 %(receipt)s") % {
                "day": one.filed_on,
                "receipt": one.receipt or "—",
            }


def _publications(version: PlanVersion) -> Iterator[str]:
    for one in version.publications.order_by("at", "id"):
        yield " ".join(
            filter(
                None,
                [
                    str(one.published_on),
                    one.get_openness_display(),
                    one.address,
                    one.ground,
                ],
            )
        )


def _drills(version: PlanVersion) -> Iterator[str]:
    for one in version.plandrills.order_by("drilled_on"):
        yield f"{one.drilled_on} {one.get_kind_display()} {one.remark}".strip()


def _evaluations(version: PlanVersion) -> Iterator[str]:
    for one in version.evaluations.order_by("evaluated_on"):
        yield _("%(day)s 评估：%(outcome)s。%(findings)s") % {
            "day": one.evaluated_on,
            "outcome": one.get_outcome_display(),
            "findings": one.findings,
        }


def _end(version: PlanVersion) -> Iterator[Milestone]:
    if version.superseded_at is None:
        return
    line = str(localtime(version.superseded_at).date())
    yield Milestone(
        label=VersionState(version.state).label,
        state=DONE,
        lines=(f"{line} {version.repeal_reason}".strip(),),
    )
