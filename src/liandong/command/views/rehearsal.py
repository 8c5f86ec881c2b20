"""A rehearsal: one incident gone through in a realm of its own, to learn the way on."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from liandong.command.permissions import Permission
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.journal.reading import readable
from liandong.web.deeds import go
from liandong.web.requests import actor_of


@dataclass(frozen=True)
class Lesson:
    """One step of the way: what is done, by whom, and which entries prove that it was."""

    title: str | Promise
    how: str | Promise
    proofs: tuple[str, ...]


LESSONS = (
    Lesson(
        gettext_lazy("登记事件"),
        gettext_lazy("值班员：在“事件”里登记一个事件，写清时间、地点、经过。"),
        ("command.incident_opened",),
    ),
    Lesson(
        gettext_lazy("研判定级"),
        gettext_lazy("值班员：补充事实，看研判建议的级别和理由。"),
        ("command.severity_set", "plans.facts_recorded"),
    ),
    Lesson(
        gettext_lazy("决定响应"),
        gettext_lazy("指挥长：在事件页采纳或改定级别，写明理由。"),
        ("command.response_decided", "command.decision_signed"),
    ),
    Lesson(
        gettext_lazy("下达指令"),
        gettext_lazy("预案的措施自动成为指令；也可在事件页另下一条。"),
        ("command.order_issued",),
    ),
    Lesson(
        gettext_lazy("复诵和接受"),
        gettext_lazy("单位联络员：打开指令，复诵内容，接受或说明不能办。"),
        ("command.order_read_back", "command.order_accepted"),
    ),
    Lesson(
        gettext_lazy("报告"),
        gettext_lazy("值班员：起草首报，核对要素后报出（演练中只记录，不外发）。"),
        ("command.report_sent",),
    ),
    Lesson(
        gettext_lazy("结束"),
        gettext_lazy("指挥长终止响应，带班领导或指挥部办公室结束事件。"),
        ("command.incident_closed",),
    ),
)


def rehearsal(request: HttpRequest) -> HttpResponse:
    """The steps of the way; within a rehearsal each is ticked once the journal has it."""
    actor = actor_of(request)
    actor.demand(Permission.READ_INCIDENT)
    done = _done(actor) if is_rehearsal(actor.realm) else set()
    steps = [(lesson, any(proof in done for proof in lesson.proofs)) for lesson in LESSONS]
    context = {
        "steps": steps,
        "inside": is_rehearsal(actor.realm),
        "count": sum(1 for _lesson, ticked in steps if ticked),
    }
    return render(request, "command/rehearsal.html", context)


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Go into today's rehearsal: everybody who does so today meets there."""
    actor_of(request).demand(Permission.READ_INCIDENT)
    request.session["realm"] = f"rehearsal-{localtime(clock.real()):%Y%m%d}"
    return go(request, reverse("command:rehearsal"))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Go back to what is real. What was rehearsed stays in its realm."""
    request.session.pop("realm", None)
    return go(request, reverse("command:rehearsal"))


def is_rehearsal(realm: str) -> bool:
    """Say whether a realm is one to rehearse in."""
    return realm != ACTUAL and realm.startswith("rehearsal-")


def _done(actor: Actor) -> set[str]:
    """What happened in this realm, by the names of its entries, as far as the actor may read."""
    proofs = [proof for lesson in LESSONS for proof in lesson.proofs]
    rows = readable(actor).filter(entry__name__in=proofs)
    return set(rows.values_list("entry__name", flat=True).distinct())
