"""The deeds by which a version goes from its draft to the archive, each with its form."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.plans import actions, queries, rules
from liandong.plans.forms import life as forms
from liandong.plans.models import Opinion, PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import PROCEDURES, Conclusion, DutyKind, PaperKind, VersionState
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

S = VersionState
DRAFT, HOLDS = (S.DRAFT,), (S.IN_FORCE,)
STAGES = (S.OPINIONS, S.EXPERTS, S.ALIGNMENT, S.APPROVAL)


@dataclass(frozen=True)
class Deed:
    """One thing that can be done about a version: its form, its action, who may, and where it stands then.

    ``verb`` says on the button what comes of it, where that differs from version to version.
    """

    form: type[forms.OfVersionForm]
    act: Callable[..., Any]
    permission: Permission
    states: tuple[VersionState, ...]
    verb: Callable[[PlanVersion], str] = lambda _version: ""


def _onward(version: PlanVersion) -> str:
    to = rules.next_stage(version)
    return _("转入%(stage)s") % {"stage": to.label} if to else ""


# By the name of its address.
DEEDS: dict[str, Deed] = {
    "ask_opinions": Deed(
        forms.AskOpinionsForm,
        actions.ask_opinions,
        Permission.ADVANCE_VERSION,
        (S.DRAFT, S.OPINIONS),
    ),
    "review_by_experts": Deed(
        forms.ExpertReviewForm,
        actions.record_expert_review,
        Permission.ADVANCE_VERSION,
        (S.EXPERTS,),
    ),
    "align": Deed(
        forms.AlignmentForm,
        actions.record_alignment,
        Permission.ADVANCE_VERSION,
        (S.ALIGNMENT,),
    ),
    "examine": Deed(
        forms.ExamineForm, actions.examine_version, Permission.ADVANCE_VERSION, (S.APPROVAL,)
    ),
    "approve": Deed(
        forms.ApproveForm, actions.approve_version, Permission.APPROVE_VERSION, (S.APPROVAL,)
    ),
    "issue": Deed(
        forms.IssueForm, actions.issue_version, Permission.ISSUE_VERSION, (S.APPROVAL,)
    ),
    "advance": Deed(
        forms.AdvanceForm,
        actions.advance_version,
        Permission.ADVANCE_VERSION,
        (S.DRAFT, S.OPINIONS, S.EXPERTS, S.ALIGNMENT),
        _onward,
    ),
    "short_way": Deed(
        forms.ShortWayForm, actions.take_short_way, Permission.ADVANCE_VERSION, DRAFT
    ),
    "file": Deed(forms.FileForm, actions.file_version, Permission.FILE_VERSION, HOLDS),
    "publish": Deed(forms.PublishForm, actions.publish_version, Permission.FILE_VERSION, HOLDS),
    "drill": Deed(
        forms.PlanDrillForm, actions.record_plan_drill, Permission.REVIEW_VERSION, HOLDS
    ),
    "evaluate": Deed(
        forms.EvaluateForm, actions.evaluate_version, Permission.REVIEW_VERSION, HOLDS
    ),
    "repeal": Deed(forms.RepealForm, actions.repeal_version, Permission.REPEAL_VERSION, HOLDS),
    "return_to_draft": Deed(
        forms.ReturnForm, actions.return_to_draft, Permission.ADVANCE_VERSION, STAGES
    ),
}
DUTY_DEEDS = {
    DutyKind.FILING: "file",
    DutyKind.PUBLICATION: "publish",
    DutyKind.DRILL: "drill",
    DutyKind.EVALUATION: "evaluate",
}


def page(name: str) -> Callable[[HttpRequest, str, int], HttpResponse]:
    """The page of a deed."""
    one = DEEDS[name]

    @login_required
    def show(request: HttpRequest, key: str, number: int) -> HttpResponse:
        actor = actor_of(request)
        version = queries.version_numbered(key, number)
        actor.demand(one.permission, hazard=version.hazard)
        if request.method != "POST":
            rules.demand_state(version, *one.states)
        back = reverse("plans:version", args=[key, number])
        return deed(
            request,
            one.form(request.POST or None, version=version),
            run=lambda data: one.act(actor, version=version, **{"expected_version": 0, **data}),
            to=f"{back}#life",
            context={"back": back, "note": str(version), "verb": one.verb(version)},
        )

    return show


@dataclass(frozen=True)
class Offer:
    """A deed that is open to the reader now."""

    label: str
    url: str
    is_main: bool
    is_dangerous: bool


def life_card(version: PlanVersion, actor: Actor) -> dict[str, Any]:
    """How far a version has come, what the reader may do next, and the opinions they may see."""
    rows = queries.opinions_visible(actor).filter(plan_version=version)
    may_settle = actor.may(Permission.ADVANCE_VERSION, hazard=version.hazard)
    now = queries.today()
    return {
        "milestones": queries.milestones_of(version),
        "offers": _offers(version, actor),
        "opinions": [
            (one, may_settle and one.is_settleable(now))
            for one in rows.order_by("-round", "body__order", "body__sort_key")
        ],
        "may_give": actor.may(Permission.GIVE_OPINION),
        "files": queries.files_of(actor, version),
        "may_attach": actor.may(Permission.ADVANCE_VERSION, hazard=version.hazard)
        or actor.may(Permission.APPROVE_VERSION, hazard=version.hazard),
        "today": now,
    }


def _offers(version: PlanVersion, actor: Actor) -> list[Offer]:
    state, main = S(version.state), _next_deed(version)
    hidden = _not_yet(version, main)
    return [
        Offer(
            label=str(one.form.title),
            url=reverse(f"plans:{name}", args=[version.key, version.number]),
            is_main=name == main,
            is_dangerous=one.form.dangerous,
        )
        for name, one in DEEDS.items()
        if state in one.states
        and name not in hidden
        and actor.may(one.permission, hazard=version.hazard)
    ]


def _next_deed(version: PlanVersion) -> str:
    """What comes next, whoever may do it."""
    ask = NEXT.get(S(version.state))
    return ask(version) if ask else ""


def _after_draft(version: PlanVersion) -> str:
    first = PROCEDURES[version.kind].stages[0]
    return "ask_opinions" if first == S.OPINIONS else "advance"


def _after_experts(version: PlanVersion) -> str:
    review = queries.latest_review(version)
    passed = review and review.conclusion != Conclusion.NOT_PASSED
    return "advance" if passed else "review_by_experts"


def _after_alignment(version: PlanVersion) -> str:
    left = set(PROCEDURES[version.kind].aligned_with) - queries.aligned_with(version)
    return "align" if left else "advance"


def _after_approval(version: PlanVersion) -> str:
    if queries.approval_of(version):
        return "issue"
    examined = queries.latest_examination(version)
    return "approve" if examined and examined.has_passed else "examine"


def _after_issue(version: PlanVersion) -> str:
    now = queries.today()
    near = [one for one in queries.owed_of(version) if one.is_near(now)]
    return DUTY_DEEDS[near[0].what] if near else ""


NEXT: dict[VersionState, Callable[[PlanVersion], str]] = {
    S.DRAFT: _after_draft,
    S.OPINIONS: lambda _version: "advance",
    S.EXPERTS: _after_experts,
    S.ALIGNMENT: _after_alignment,
    S.APPROVAL: _after_approval,
    S.IN_FORCE: _after_issue,
}


def _not_yet(version: PlanVersion, main: str) -> set[str]:
    """Deeds of the present state that would be refused as things stand."""
    match S(version.state):
        case S.DRAFT:
            revises = queries.versions_in_force().filter(key=version.key).exists()
            other = {"ask_opinions", "advance"} - {main}
            return other if revises else {*other, "short_way"}
        case S.EXPERTS | S.ALIGNMENT:
            return {"advance"} - {main}
        case S.APPROVAL:
            ahead = {"examine": {"approve", "issue"}, "approve": {"issue"}}
            return ahead.get(main, {"approve"})
        case _:
            return set()


@login_required
def attach(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Put files with a version."""
    actor = actor_of(request)
    version = queries.version_numbered(key, number)
    actor.demand(Permission.ATTACH_FILE)
    back = reverse("plans:version", args=[key, number])
    return deed(
        request,
        forms.PlanFilesForm(request.POST or None, request.FILES or None),
        run=lambda data: _keep(actor, version, data.pop("given"), **data),
        to=f"{back}#files",
        context={"back": back, "note": str(version)},
    )


def _keep(actor: Actor, version: PlanVersion, files: Iterable[Any], **about: Any) -> None:
    """Keep each of several files; the same click brings the same ones."""
    key = about.pop("idempotency_key", "")
    for at, given in enumerate(files):
        actions.keep_paper(
            actor,
            to=version,
            name=str(given.name),
            content=cast("BinaryIO", given),
            idempotency_key=f"{key}/{at}" if key else "",
            **about,
        )


@login_required
def opinions(request: HttpRequest) -> HttpResponse:
    """What the reader's units have still to answer, and what is outstanding with whom."""
    actor = actor_of(request)
    mine = list(queries.opinions_owed(actor))
    shown = queries.opinions_visible(actor)
    outstanding = queries.opinions_outstanding().filter(pk__in=shown.values("pk"))
    context = {
        "mine": mine,
        "others": [one for one in outstanding if one not in mine],
        "answered": shown.exclude(answer="").order_by("-answered_at", "-at")[:50],
        "may_give": actor.may(Permission.GIVE_OPINION),
        "today": queries.today(),
    }
    return render(request, "plans/opinions.html", context)


@login_required
def give_opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer for one's unit, with the draft at hand."""
    actor = actor_of(request)
    opinion = queries.opinion_visible(actor, pk)
    actor.demand(Permission.GIVE_OPINION, body=str(opinion.body_id))
    initial = {
        "expected_version": opinion.version,
        "answer": opinion.answer,
        "text": opinion.text,
        "answer_paper": opinion.answer_paper,
    }
    return deed(
        request,
        forms.GiveOpinionForm(request.POST or None, request.FILES or None, initial=initial),
        run=lambda data: _give(actor, opinion, **{"expected_version": 0, **data}),
        to=reverse("plans:opinions"),
        template="plans/opinion.html",
        context={"back": reverse("plans:opinions"), "opinion": opinion, "one": opinion},
    )


def _give(actor: Actor, opinion: Opinion, *, letters: Iterable[Any], **data: Any) -> None:
    """Keep the letter, which may be refused, and then answer."""
    _keep(
        actor,
        opinion.plan_version,
        letters,
        what=PaperKind.OPINION,
        audience=("duty", f"body:{opinion.body_id}"),
        caption=str(opinion.body),
        idempotency_key=data.get("idempotency_key", ""),
    )
    actions.give_opinion(actor, opinion=opinion, **data)


@login_required
def settle_opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide what becomes of an opinion."""
    actor = actor_of(request)
    opinion = queries.opinion_visible(actor, pk)
    version = opinion.plan_version
    actor.demand(Permission.ADVANCE_VERSION, hazard=version.hazard)
    back = reverse("plans:version", args=[version.key, version.number])
    return deed(
        request,
        forms.SettleOpinionForm(request.POST or None, opinion=opinion),
        run=lambda data: actions.settle_opinion(
            actor, opinion=opinion, **{"expected_version": 0, **data}
        ),
        to=f"{back}#life",
        template="plans/opinion.html",
        context={"back": back, "opinion": opinion, "one": opinion},
    )
