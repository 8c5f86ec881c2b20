"""From the plan's steps to orders: each once, when what it waits for is done."""

from liandong.command.actions.claims import lend, locked_incident
from liandong.command.actions.order import issue_order
from liandong.command.models import Incident, Response
from liandong.command.permissions import Permission
from liandong.command.queries.address import Address, staffed_address
from liandong.command.queries.step import prompts_of, steps_due
from liandong.kernel import clock
from liandong.kernel.actions import action
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.plans.language import DEED_LABELS, Step

OUTSIDE = frozenset({BodyKind.SUPERIOR, BodyKind.NEIGHBOR})


@action(Permission.ISSUE_ORDER)
def issue_due_steps(actor: Actor, *, response: Response, idempotency_key: str = "") -> Response:
    """Give the orders of all steps of a run that are due and have none.

    Publishes ``OrderIssued`` for each. A vacant post's order goes to the next superior and says
    so. Does nothing once the response has ended or the incident is closed. Clause 二(二)2.
    """
    incident = locked_incident(actor, response.incident)
    if response.is_active and incident.is_open:
        order_due_steps(actor, incident, response)
    return response


def order_due_steps(actor: Actor, incident: Incident, response: Response) -> None:
    """Issue what is due, within the caller's transaction, the incident being held."""
    now = clock.now(actor.realm)
    entitled = lend(actor, Permission.ISSUE_ORDER)
    for step in steps_due(response, now):
        address, text = _addressed(step, response)
        issue_order(
            entitled,
            incident=incident,
            to_post=address.post,
            to_body=address.body,
            text=text,
            acknowledge_within=step.acknowledge_within,
            finish_within=step.finish_within,
            needs_proof=list(step.proof),
            response=response,
            step=step.id,
        )


def prompt_leaders(response: Response) -> None:
    """Ask by message what a plan wants of its leaders: to consult, to decide. Never an order."""
    sender = system_actor("run", _("预案执行"), response.realm, Messaging.SEND_MESSAGE)
    for step in prompts_of(response):
        address = staffed_address(step.to)
        send_message(
            sender,
            to_post=address.post,
            title=_("%(deed)s：%(text)s")
            % {"deed": DEED_LABELS[step.do], "text": step.text[:150]},
            text=address.words(step.text),
            subject_kind="command.response",
            subject_id=str(response.pk),
            incident=str(response.incident_id),
            audience=["duty"],
            urgent=True,
            link=f"/command/incidents/{response.incident_id}/",
            idempotency_key=f"{response.pk}/{response.level}/{step.id}",
        )


def _addressed(step: Step, response: Response) -> tuple[Address, str]:
    """Where a step goes and in which words. Nobody orders a superior: the office asks for it."""
    key, text = step.to, step.text
    body = organization.body_by_key(key) if "." not in key else None
    if body and body.kind in OUTSIDE and response.headquarters:
        key = response.headquarters.key
        text = _("向%(body)s%(deed)s：%(text)s") % {
            "body": body.name,
            "deed": DEED_LABELS[step.do],
            "text": step.text,
        }
    address = staffed_address(key)
    return address, address.words(text)
