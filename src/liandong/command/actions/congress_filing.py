"""Filing decisions with the standing committee of the people's congress."""

from liandong.command.actions.claims import demand_realm
from liandong.command.events import CongressFiled, CongressFilingOwed, CongressFilingReceived
from liandong.command.models import CongressFiling, SpecialPeriod
from liandong.command.permissions import Permission
from liandong.command.rules.order import demand_words
from liandong.command.rules.special_period import FILE_WITHIN
from liandong.command.states import FilingKind
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove
from liandong.kernel.wording import gettext as _


@action(Permission.FILE_WITH_CONGRESS)
def file_with_congress(
    actor: Actor,
    *,
    filing: CongressFiling,
    paper: str,
    expected_version: int,
    idempotency_key: str = "",
) -> CongressFiling:
    """Note that a decision went to the standing committee, by which paper. Publishes ``CongressFiled``.

    Refuses without a paper, and what was filed already. 《突发事件应对法》第25条. Clause 二(二)2.
    """
    demand_realm(actor, filing)
    demand_words(paper, field="paper", what=_("报送文号"))
    if filing.filed_at:
        raise IllegalMove(
            _("已经报送（%(paper)s）。") % {"paper": filing.paper},
            place=str(filing),
            remedy=_("收到回执后登记签收。"),
        )
    filing.change(
        expected_version=expected_version,
        paper=paper.strip(),
        filed_by=actor.label[:120],
        filed_at=clock.now(actor.realm),
    )
    fact = CongressFiled(subject_id=str(filing.pk), title=str(filing), paper=filing.paper)
    happened(fact, audience=filing.audience)
    return filing


@action(Permission.FILE_WITH_CONGRESS)
def receive_congress_receipt(
    actor: Actor,
    *,
    filing: CongressFiling,
    receipt: str,
    received_by: str,
    expected_version: int,
    idempotency_key: str = "",
) -> CongressFiling:
    """Keep the standing committee's receipt and who signed for it. Publishes ``CongressFilingReceived``.

    Refuses without either, before it was filed, and a second one. Clause 二(二)2.
    """
    demand_realm(actor, filing)
    demand_words(receipt, field="receipt", what=_("回执"))
    demand_words(received_by, field="received_by", what=_("签收人"))
    if not filing.filed_at or filing.received_at:
        raise IllegalMove(
            _("已经签收。") if filing.received_at else _("还没有报送，不能登记签收。"),
            place=str(filing),
            remedy=_("请刷新后看最新状态。"),
        )
    filing.change(
        expected_version=expected_version,
        receipt=receipt.strip(),
        received_by=received_by.strip(),
        received_at=clock.now(actor.realm),
    )
    fact = CongressFilingReceived(
        subject_id=str(filing.pk),
        title=str(filing),
        receipt=filing.receipt,
        received_by=filing.received_by,
    )
    happened(fact, audience=filing.audience)
    return filing


def owe_filing(period: SpecialPeriod, kind: FilingKind, paper: str) -> CongressFiling:
    """Put a decision about a period on the list of what has to be filed. Within the caller's act."""
    filing = CongressFiling.objects.create(
        realm=period.realm,
        audience=["duty"],
        special_period=period,
        kind=kind,
        decision_paper=paper,
        due_at=clock.now(period.realm) + FILE_WITHIN,
    )
    fact = CongressFilingOwed(
        subject_id=str(filing.pk),
        title=str(filing),
        decision_paper=paper,
        due_at=filing.due_at.isoformat(),
    )
    happened(fact, incident=str(period.incident_id or ""), audience=filing.audience)
    return filing
