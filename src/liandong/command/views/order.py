"""Orders: giving one, its page for the unit and the headquarters, and every answer to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms import giving
from liandong.command.forms import order as forms
from liandong.command.forms.order import ToldForm
from liandong.command.forms.step import AlternativeForm
from liandong.command.models import Order
from liandong.command.permissions import Permission
from liandong.command.rules.incident import family
from liandong.command.rules.order import PROOFS, is_own
from liandong.command.states import ORDER_MOVES, UNANSWERED, UNDER_WAY, OrderState
from liandong.command.views.enclosing import asked_for, enclosed
from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.files.actions import store_file
from liandong.kernel.journal.reading import timeline
from liandong.kernel.wording import as_kept
from liandong.kernel.wording import gettext as _
from liandong.web.deeds import deed, go
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

KIND = "command.order"
S = OrderState
# The button stands for eight seconds, longer while a hand is on it; what comes later says why.
AT_ONCE = timedelta(minutes=1)
AS_ISSUED = 1


@dataclass(frozen=True)
class Answer:
    """One thing that can be done with an order: its form, its action, where it leads, who may."""

    form: type[DeedForm]
    act: Callable[..., Order]
    leads_to: OrderState
    permission: Permission
    main: bool = False
    from_states: frozenset[OrderState] = frozenset()


ANSWERS: dict[str, Answer] = {
    "read-back": Answer(
        forms.ReadBackForm,
        actions.read_back_order,
        S.READ_BACK,
        Permission.ANSWER_ORDER,
        main=True,
    ),
    "accept": Answer(
        forms.AcceptForm, actions.accept_order, S.ACCEPTED, Permission.ANSWER_ORDER, main=True
    ),
    "finish": Answer(
        forms.FinishForm, actions.finish_order, S.FINISHED, Permission.ANSWER_ORDER, main=True
    ),
    "progress": Answer(
        forms.ProgressForm, actions.report_progress, S.IN_PROGRESS, Permission.ANSWER_ORDER
    ),
    "decline": Answer(
        forms.DeclineForm, actions.decline_order, S.DECLINED, Permission.ANSWER_ORDER
    ),
    "hand-on": Answer(
        forms.HandOnForm, actions.hand_on_order, S.IN_PROGRESS, Permission.ANSWER_ORDER
    ),
    "delivery": Answer(
        forms.DeliveryForm, actions.note_delivery, S.DELIVERED, Permission.NOTE_DELIVERY
    ),
    "alternative": Answer(
        AlternativeForm,
        actions.take_alternative,
        S.REPLACED,
        Permission.ISSUE_ORDER,
        main=True,
        from_states=frozenset({S.DECLINED}),
    ),
    "counter": Answer(
        forms.CounterForm,
        actions.answer_counter_proposal,
        S.REPLACED,
        Permission.ISSUE_ORDER,
        main=True,
        from_states=frozenset({S.DECLINED}),
    ),
    "check": Answer(
        forms.CheckForm, actions.check_order, S.CHECKED, Permission.CHECK_ORDER, main=True
    ),
    "return": Answer(
        forms.ReturnForm, actions.return_order, S.RETURNED, Permission.CHECK_ORDER
    ),
    "amend": Answer(giving.AmendForm, actions.amend_order, S.REPLACED, Permission.ISSUE_ORDER),
    "split": Answer(
        giving.SplitForm,
        actions.split_order,
        S.RECALLED,
        Permission.ISSUE_ORDER,
        from_states=UNANSWERED | UNDER_WAY,
    ),
    "recall": Answer(
        forms.RecallForm, actions.recall_order, S.RECALLED, Permission.ISSUE_ORDER
    ),
}
# The same deeds in the words of those who were asked and not ordered.
ASKED: dict[type[DeedForm], type[DeedForm]] = {
    forms.AcceptForm: forms.AgreeForm,
    forms.DeclineForm: forms.RefuseForm,
    forms.CounterForm: forms.CounterRequestForm,
}
BEGUN = {"progress", "finish", "hand-on", "split"}
UNITS = {"read-back", "accept", "finish", "progress", "hand-on", "decline"}


def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give an order."""
    actor = actor_of(request)
    actor.demand(Permission.ISSUE_ORDER)
    incident = queries.incident_for(actor, pk)
    room = reverse("command:room", args=[incident.pk])
    cited = request.GET.get("cites", "")
    owed = queries.owed_superior_orders(actor).filter(queries.within(incident))
    words = next((one.words for one in owed if str(one.pk) == cited), "")
    form = giving.IssueForm(
        request.POST or None,
        request.FILES or None,
        superior_orders=owed,
        action_plan=queries.action_plan_in_force(incident),
        initial={"superior_order": cited, "text": words, **asked_for(request)},
        before=queries.live_orders(incident),
        phrases=queries.order_phrases_for(incident, family(incident.hazard)),
    )

    def run(data: dict[str, Any]) -> Order:
        data["files"] = enclosed(actor, incident, data, [data["to_post"]])
        return actions.issue_order(actor, incident=incident, **data)

    return deed(
        request,
        form,
        run=run,
        to=room,
        template="command/issue.html",
        context={"note": incident.title, "back": room, "incident": incident},
        undo=lambda made: _url("undo", made),
    )


def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an order back just after it was given; one that is older or was answered asks why."""
    actor = actor_of(request)
    actor.demand(Permission.ISSUE_ORDER)
    found = queries.order_for(actor, pk)
    if request.method != "POST" or not _is_just_issued(found):
        return go(request, _url("recall", found))
    told = request.POST.copy()
    told["reason"] = as_kept(_("下达后即撤回"))()
    told["expected_version"] = str(AS_ISSUED)
    return deed(
        request,
        forms.RecallForm(told, initial={"expected_version": found.version}),
        run=lambda data: actions.recall_order(actor, order=found, **data),
        to=reverse("command:room", args=[found.incident_id]),
        context=_around(found) | {"action": _url("recall", found)},
    )


def _is_just_issued(order: Order) -> bool:
    """Whether so little real time has passed that it can be said to be taken back at once."""
    pace = clock.pace_of(order.realm)
    within = AT_ONCE * (pace.rate if pace else 1)
    return clock.now(order.realm) - order.issued_at <= within


def order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The order: what it says, how it stands, and what the reader can do with it next."""
    actor = actor_of(request)
    return render(request, "command/order.html", _page(actor, queries.order_for(actor, pk)))


def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How it stands, and what can be done next, again."""
    actor = actor_of(request)
    return render(request, "command/_order.html", _page(actor, queries.order_for(actor, pk)))


def answer(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Do one thing with the order; refused, the form comes back with what was typed."""
    actor = actor_of(request)
    one = ANSWERS[name]
    actor.demand(one.permission)
    found = queries.order_for(actor, pk)
    form = _form(one, actor, found, request.POST or None, request.FILES or None)

    def run(data: dict[str, Any]) -> Order:
        if "proof" in data:
            data["files"] = _kept(actor, found, data.pop("proof"), data["idempotency_key"])
        return one.act(actor, order=found, **data)

    return deed(
        request,
        form,
        run=run,
        to=lambda made: reverse("command:order", args=[made.pk]),
        context=_around(found),
    )


def _around(order: Order) -> dict[str, Any]:
    """What a form about an order has above and below it."""
    return {
        "note": _("%(order)s：%(text)s") % {"order": order, "text": order.text[:60]},
        "back": reverse("command:order", args=[order.pk]),
    }


def _kept(actor: Actor, order: Order, given: list[Any], key: str) -> list[str]:
    """Take the files in; the same click brings the same files."""
    return [
        str(
            store_file(
                actor,
                name=one.name,
                content=one,
                audience=order.audience,
                subject_kind=KIND,
                subject_id=str(order.pk),
                incident=str(order.incident_id),
                idempotency_key=f"{key}/{at}" if key else "",
            ).pk
        )
        for at, one in enumerate(given)
    ]


def _page(actor: Actor, order: Order) -> dict[str, Any]:
    now = clock.now(actor.realm)
    offers = [
        {
            "name": name,
            "form": _form(one, actor, order),
            "main": one.main,
            "url": _url(name, order),
        }
        for name, one in ANSWERS.items()
        if _offered(actor, order, name, one)
    ]
    row = queries.board_row(order, now)
    return {
        "order": order,
        "row": row,
        "now": now,
        "own": is_own(actor, order),
        "offers": offers,
        "notes": queries.notes_of(order),
        "shared": queries.runs_sharing(order),
        "parts": queries.parts_of(actor, order),
        "operating": (operating := queries.operating_of(actor, order)),
        "may_confirm": operating is not None
        and not operating.confirmed_at
        and order.is_live
        and actor.may(Permission.ISSUE_ORDER),
        "resources": queries.assignments_of(actor, order),
        "may_assign": actor.may(Permission.ASSIGN_RESOURCE) and order.realm == actor.realm,
        "proofs": [PROOFS[kind] for kind in order.needs_proof],
        "entries": timeline(actor, subject=(KIND, str(order.pk)), limit=40),
        "overdue": queries.is_overdue(order, now),
    }


def _offered(actor: Actor, order: Order, name: str, one: Answer) -> bool:
    """What is shown is what would not be refused at once."""
    if not actor.may(one.permission) or order.realm != actor.realm:
        return False
    if one.from_states and order.state not in one.from_states:
        return False
    if one.leads_to not in ORDER_MOVES.table[OrderState(order.state)]:
        return False
    return not _in_vain(actor, order, name)


def _in_vain(actor: Actor, order: Order, name: str) -> bool:
    """What the state allows and something else does not."""
    own = is_own(actor, order)
    return (
        (name == "alternative" and not queries.alternatives_of(order))
        or (name in UNITS and not (own or actor.may(Permission.NOTE_DELIVERY)))
        or (name in BEGUN and order.waits)
        or (name == "hand-on" and not queries.posts_below(order))
        or (name in {"check", "return"} and own)
    )


def _form(one: Answer, actor: Actor, order: Order, *given: Any) -> DeedForm:
    """The form, empty or filled; when it was told asks only who writes it down for a unit."""
    more: dict[str, Any] = {}
    form = ASKED.get(one.form, one.form) if order.is_request else one.form
    if issubclass(one.form, ToldForm):
        more["by_telephone"] = not is_own(actor, order)
    if issubclass(one.form, AlternativeForm):
        more["offers"] = queries.alternatives_of(order)
    if issubclass(one.form, forms.HandOnForm):
        more["below"] = queries.posts_below(order)
    initial: dict[str, Any] = {"expected_version": order.version}
    if issubclass(one.form, giving.AmendForm):
        initial["text"] = order.text
    return form(*given, initial=initial, **more)


def _url(name: str, order: Order) -> str:
    return reverse(f"command:order_{name.replace('-', '_')}", args=[order.pk])
