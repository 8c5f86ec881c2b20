"""Filing a plan with whom it has to be filed, and making it public."""

from datetime import date

from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.plans import queries, rules
from liandong.plans.actions.duty import set_reminders
from liandong.plans.actions.passing import begin, kept, tell
from liandong.plans.events import VersionFiled, VersionPublished
from liandong.plans.models import Filing, PlanVersion, Publication
from liandong.plans.permissions import Permission
from liandong.plans.states import Openness, VersionState


@action(Permission.FILE_VERSION)
def file_version(
    actor: Actor,
    *,
    version: PlanVersion,
    filed_with: str,
    papers: str,
    sent_on: date,
    expected_version: int,
    filed_on: date | None = None,
    receipt: str = "",
    paper: str = "",
    idempotency_key: str = "",
) -> Filing:
    """Keep what was sent for filing, and, once it has come, the receipt. Publishes ``VersionFiled``.

    It is filed when a day of filing has been written down; until then it stays owed. Refuses days
    to come or before the issue, and whoever saw an older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.FILE_VERSION, version, VersionState.IN_FORCE)
    now = queries.today()
    rules.demand_day("sent_on", sent_on, now, since=version.issued_on, what=_("印发日期"))
    if filed_on:
        rules.demand_day("filed_on", filed_on, now, since=sent_on, what=_("报送日期"))
    version.change(expected_version=expected_version)
    filing = Filing.objects.create(
        **kept(actor, version, paper),
        filed_with=filed_with,
        papers=papers,
        sent_on=sent_on,
        filed_on=filed_on,
        receipt=receipt,
    )
    set_reminders(version)
    tell(VersionFiled, version, filed_with=filed_with, receipt=receipt)
    return filing


@action(Permission.FILE_VERSION)
def publish_version(
    actor: Actor,
    *,
    version: PlanVersion,
    openness: str,
    published_on: date,
    expected_version: int,
    address: str = "",
    ground: str = "",
    idempotency_key: str = "",
) -> Publication:
    """Keep where a plan was made public, in full or in brief, or on what ground it is not. Publishes ``VersionPublished``.

    Refuses to publish nowhere, to keep back without a ground, days to come or before the issue, and
    whoever saw an older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.FILE_VERSION, version, VersionState.IN_FORCE)
    rules.demand_ground(openness, address, ground)
    rules.demand_day(
        "published_on",
        published_on,
        queries.today(),
        since=version.issued_on,
        what=_("印发日期"),
    )
    version.change(expected_version=expected_version)
    publication = Publication.objects.create(
        **kept(actor, version),
        openness=openness,
        published_on=published_on,
        address=address,
        ground=ground,
    )
    set_reminders(version)
    tell(VersionPublished, version, how=Openness(openness).label, address=address)
    return publication
