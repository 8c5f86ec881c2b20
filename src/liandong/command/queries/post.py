"""What waits at one post, whoever holds it: shown when its holder is about to leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from liandong.command.models import Decision
from liandong.command.queries.order import due_at, visible_orders
from liandong.command.queries.report import visible_reports
from liandong.command.states import LIVE, OWED, DecisionState
from liandong.kernel.actors import Actor
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Post


@dataclass(frozen=True)
class Waiting:
    """One thing that is open at a post."""

    what: str
    text: str
    due_at: datetime | None


def open_at_post(actor: Actor, post: Post) -> list[Waiting]:
    """Orders under way, reports to review and decisions to sign, as far as the actor sees them."""
    found = [*_orders(actor, post), *_reports(actor, post), *_signatures(actor, post)]
    return sorted(found, key=lambda one: (one.due_at is None, one.due_at))


def _orders(actor: Actor, post: Post) -> Iterator[Waiting]:
    for order in visible_orders(actor).filter(to_post=post, state__in=sorted(LIVE)):
        yield Waiting(
            _("%(order)s · %(state)s") % {"order": order, "state": order.get_state_display()},
            f"{order.incident} · {order.text[:80]}",
            due_at(order),
        )


def _reports(actor: Actor, post: Post) -> Iterator[Waiting]:
    for report in visible_reports(actor).filter(review_by=post, state__in=sorted(OWED)):
        yield Waiting(
            _("待审的%(report)s") % {"report": report.title},
            str(report.incident),
            report.due_at,
        )


def _signatures(actor: Actor, post: Post) -> Iterator[Waiting]:
    pending = Decision.objects.filter(state=DecisionState.PENDING)
    for decision in visible(pending.select_related("incident", "plan_version"), actor):
        signed = {key for one in decision.signatures for key in one["keys"]}
        wanted = {*decision.asked.get("all_of", []), *decision.asked.get("any_of", [])}
        if post.key in wanted - signed:
            yield Waiting(_("待会签"), f"{decision.incident} · {decision}", None)
