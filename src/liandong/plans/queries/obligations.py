"""What plans ask of somebody in quiet hours: opinions to give, papers to sign, days that come near."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse

from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.plans.models import Approval, Examination, PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.queries.ledger import all_owed, today
from liandong.plans.queries.life import opinions_outstanding, opinions_owed
from liandong.plans.queries.milestones import due_words
from liandong.plans.states import VersionState

OF_THE_OFFICE = (Permission.FILE_VERSION, Permission.REVIEW_VERSION)
MOST = 5


@dataclass(frozen=True)
class Obligation:
    """One of them, where it is seen to, and whether its day is over."""

    text: str
    url: str
    is_late: bool = False


def obligations(actor: Actor) -> list[Obligation]:
    """All of them, each kind by one query."""
    return [*_opinions(actor), *_signatures(actor), *_silence(actor), *_duties(actor)]


def _opinions(actor: Actor) -> Iterator[Obligation]:
    """Opinions my own unit owes."""
    if not actor.may(Permission.GIVE_OPINION):
        return
    for one in opinions_owed(actor)[:MOST]:
        late = one.is_late(today())
        said = (
            _("书面意见逾期：%(plan)s，应于 %(due)s 前答复")
            if late
            else _("书面意见：%(plan)s，%(due)s 前答复")
        )
        text = said % {"plan": one.plan_version, "due": one.due_on}
        yield Obligation(text, reverse("plans:give_opinion", args=[one.pk]), late)


def _signatures(actor: Actor) -> Iterator[Obligation]:
    """Versions that have been examined and wait for a signature; and signed ones, to be issued."""
    if not actor.may(Permission.APPROVE_VERSION) and not actor.may(Permission.ISSUE_VERSION):
        return
    here = {"plan_version": OuterRef("pk"), "round": OuterRef("round")}
    rows = PlanVersion.objects.filter(state=VersionState.APPROVAL).annotate(
        examined=Exists(Examination.objects.filter(**here, has_passed=True)),
        signed=Exists(Approval.objects.filter(**here)),
    )
    for row in rows.filter(examined=True).defer("text", "document").order_by("key")[:MOST]:
        is_signed = vars(row)["signed"]
        may = Permission.ISSUE_VERSION if is_signed else Permission.APPROVE_VERSION
        if actor.may(may, hazard=row.hazard):
            said = _("待印发：%(plan)s") if is_signed else _("待签发：%(plan)s")
            page = reverse("plans:version", args=[row.key, row.number])
            yield Obligation(said % {"plan": row}, f"{page}#life")


def _silence(actor: Actor) -> Iterator[Obligation]:
    """Units that have let their day go by."""
    if not actor.may(Permission.ADVANCE_VERSION):
        return
    late = opinions_outstanding().filter(due_on__lt=today())
    if count := late.count():
        text = _("征求意见逾期未答复 %(n)d 家") % {"n": count}
        yield Obligation(text, reverse("plans:opinions"), is_late=True)


def _duties(actor: Actor) -> Iterator[Obligation]:
    """Filing, publication, drills, evaluations that are near or late."""
    if not any(map(actor.may, OF_THE_OFFICE)):
        return
    now = today()
    near = [one for one in all_owed() if one.is_near(now)]
    for one in near[:MOST]:
        version = one.version
        page = reverse("plans:version", args=[version.key, version.number])
        text = _("%(plan)s：%(due)s") % {"plan": version.title, "due": due_words(one, now)}
        yield Obligation(text, f"{page}#life", one.is_late(now))
    if len(near) > MOST:
        text = _("预案到期事项另有 %(n)d 件") % {"n": len(near) - MOST}
        yield Obligation(text, reverse("plans:calendar"))
