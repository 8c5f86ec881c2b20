"""Opening a round of reporting, and reminding whoever owes something in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.timers import set_timer
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Body
from liandong.sharing import queries, rules
from liandong.sharing.events import RoundOpened, UnitsReminded
from liandong.sharing.models import Bulletin, Return, Round
from liandong.sharing.permissions import Permission
from liandong.sharing.registers import REGISTERS

SUBJECT = "sharing.round"
RETURN_DUE = "sharing.return_due"
RECEIPT_DUE = "sharing.receipt_due"
EARLY = timedelta(days=1)


@action(Permission.OPEN_ROUND)
def open_round(
    actor: Actor,
    *,
    office: Body,
    title: str,
    kinds: Sequence[str],
    bodies: Sequence[Body],
    due_at: datetime,
    note: str = "",
    idempotency_key: str = "",
) -> Round:
    """Ask units to bring their part of some registers up to date by a time.

    Publishes ``RoundOpened``; those who owe are reminded a day before and when it is over. Refuses
    another's office, no register, no unit, and times gone by. Not for drills. Clause 二(一)1.
    """
    rules.demand_actual(actor)
    rules.demand_office(actor, office)
    now = clock.now(actor.realm)
    wrong = {}
    if not title.strip():
        wrong["title"] = _("请填写标题")
    if not kinds or set(kinds) - set(REGISTERS):
        wrong["kinds"] = _("请选择登记簿")
    if not bodies:
        wrong["bodies"] = _("请选择报送单位")
    if due_at <= now:
        wrong["due_at"] = _("期限应在现在以后")
    if wrong:
        raise Invalid(_("布置报送的内容有误。"), remedy=_("请按提示改正。"), fields=wrong)
    row = Round.objects.create(
        title=title.strip()[:200],
        office=office,
        kinds=[kind for kind in REGISTERS if kind in set(kinds)],
        note=note.strip(),
        opened_at=now,
        due_at=due_at,
        opened_by=actor.label[:200],
    )
    Return.objects.bulk_create([Return(round=row, body=body) for body in set(bodies)])
    for label, at in (("early", due_at - EARLY), ("over", due_at)):
        if at > now:
            set_timer(
                RETURN_DUE,
                realm=ACTUAL,
                due_at=at,
                subject_kind=SUBJECT,
                subject_id=str(row.pk),
                label=label,
            )
    fact = RoundOpened(
        subject_id=str(row.pk),
        title=row.title,
        office_id=str(office.pk),
        kinds=row.kinds,
        bodies=sorted(str(body.pk) for body in set(bodies)),
        due_at=due_at.isoformat(),
    )
    happened(fact, audience={"county"})
    return row


@action(Permission.REMIND_ROUND)
def remind_of_returns(actor: Actor, *, round: Round, idempotency_key: str = "") -> Round:  # noqa: A002 -- the county's word
    """Remind the units that owe a return. Publishes ``UnitsReminded``, if any do. Clause 二(一)1."""
    owed = [one.body_id for one in queries.returns_of(round) if one.state in queries.OWED]
    _remind(round, "return", owed, f"/sharing/rounds/{round.pk}/")
    return round


@action(Permission.REMIND_ROUND)
def remind_of_receipts(
    actor: Actor, *, bulletin: Bulletin, idempotency_key: str = ""
) -> Bulletin:
    """Remind the units that have not signed for a bulletin, and again the next day.

    Publishes ``UnitsReminded``, if any have not. Clause 二(一)1.
    """
    owed = [one.body_id for one in queries.receipts_of(bulletin) if one.signed_at is None]
    _remind(bulletin.round, "receipt", owed, f"/sharing/bulletins/{bulletin.pk}/")
    if owed:
        set_receipt_timer(bulletin, clock.now(ACTUAL) + EARLY)
    return bulletin


def set_receipt_timer(bulletin: Bulletin, at: datetime) -> None:
    """Ring when a bulletin should have been signed for."""
    set_timer(
        RECEIPT_DUE,
        realm=ACTUAL,
        due_at=at,
        subject_kind="sharing.bulletin",
        subject_id=str(bulletin.pk),
    )


def _remind(row: Round, what: str, owed: Sequence[object], link: str) -> None:
    if not owed:
        return
    fact = UnitsReminded(
        subject_id=str(row.pk),
        title=row.title,
        what=what,
        bodies=sorted(map(str, owed)),
        link=link,
    )
    happened(fact, audience={"county"})
