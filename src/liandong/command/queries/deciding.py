"""Who proposed, decides, consents and is told by when, as the plan says of a decision's level."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from liandong.command.models import Decision
from liandong.command.queries.address import name_of, staffed_address
from liandong.command.queries.plan import plan_of
from liandong.command.states import DecisionKind, DecisionState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries as messaging
from liandong.messaging.states import ReceiptState
from liandong.organization import queries as organization
from liandong.plans.language import Level, read_level


@dataclass(frozen=True, kw_only=True)
class DecidingStep:
    """One post's part in a decision: what, whose, how far, since when, and by when.

    ``is_late``: what was due has not come in time.
    """

    role: str
    post: str
    said: str
    at: datetime | None = None
    due_at: datetime | None = None
    is_late: bool = False


def deciding(actor: Actor, decision: Decision, now: datetime) -> list[DecidingStep]:
    """The whole table of a decision, in the order in which the plan has it done."""
    level = level_of(decision)
    return [
        *_proposing(decision, level),
        *_signing(decision, "all_of", _("决定（共同）")),
        *_signing(decision, "any_of", _("决定（任一）")),
        *_consenting(decision),
        *_informing(actor, decision, level, now),
    ]


def may_consent(actor: Actor, decision: Decision) -> bool:
    """Whether it is the actor's consent that a decision waits for."""
    key = decision.asked.get("consent", "")
    if not key or any(key in one["keys"] for one in decision.signatures):
        return False
    try:
        return f"post:{organization.post_by_key(key).pk}" in actor.scopes
    except Missing:
        return False


def level_of(decision: Decision) -> Level | None:
    """What the plan says of the level that is begun, else of the one that was."""
    key = decision.level_after or decision.level_before
    return plan_of(decision.plan_version).levels.get(read_level(key)) if key else None


def _proposing(decision: Decision, level: Level | None) -> Iterator[DecidingStep]:
    proposal = decision.proposal
    if proposal is None and not (level and level.proposes):
        return
    yield DecidingStep(
        role=_("提出建议"),
        post=_named(level.proposes) if level and level.proposes else _("系统研判"),
        said=proposal.headline if proposal else _("没有依据研判建议"),
        at=proposal.made_at if proposal else None,
    )


def _signing(decision: Decision, way: str, role: str) -> Iterator[DecidingStep]:
    for key in decision.asked.get(way, []):
        who, at = _signed(decision, key)
        yield DecidingStep(role=role, post=_named(key), said=who or _("待签署"), at=at)


def _consenting(decision: Decision) -> Iterator[DecidingStep]:
    key = decision.asked.get("consent", "")
    if not key:
        return
    who, at = _signed(decision, key)
    said = _("%(who)s同意") % {"who": who} if who else _("待同意")
    if decision.state == DecisionState.REFUSED:
        named = {"who": decision.refused_by, "reason": decision.refused_reason}
        said = _("%(who)s不同意：%(reason)s") % named
    yield DecidingStep(role=_("同意"), post=_named(key), said=said, at=at)


def _informing(
    actor: Actor, decision: Decision, level: Level | None, now: datetime
) -> Iterator[DecidingStep]:
    """Whom it has to be told to; how far the message came is said by its receipts."""
    if level is None or (decision.kind == DecisionKind.MAINTAIN and not decision.level_after):
        return
    rows = messaging.visible_to(actor).filter(
        subject_kind="command.response", subject_id=str(decision.response_id or decision.pk)
    )
    made = decision.made_at
    sent = list(rows.filter(sent_at__gte=made).prefetch_related("receipts")) if made else []
    for inform in level.informs:
        address = staffed_address(inform.post)
        mine = [one for one in sent if one.to_post_id == address.post.pk]
        receipts = [receipt for one in mine for receipt in one.receipts.all()]
        read = [one for one in receipts if one.state == ReceiptState.READ]
        due = made + inform.within if made and inform.within else None
        yield DecidingStep(
            role=_("告知"),
            post=_named(inform.post),
            said="、".join(f"{one.name} {one.get_state_display()}" for one in read or receipts)
            or (_("待发") if made else _("生效后告知")),
            at=read[0].read_at if read else None,
            due_at=due,
            is_late=bool(due and not read and due < now),
        )


def _signed(decision: Decision, key: str) -> tuple[str, datetime | None]:
    for one in decision.signatures:
        if key in one["keys"]:
            return one["who"], datetime.fromisoformat(one["at"])
    return "", None


def _named(key: str) -> str:
    try:
        return (
            name_of(staffed_address(key).post)
            if "." not in key
            else name_of(organization.post_by_key(key))
        )
    except Missing:
        return key
