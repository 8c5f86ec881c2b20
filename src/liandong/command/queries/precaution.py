"""What was proposed and is done while a warning is in force."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from liandong.command.models import Precaution
from liandong.command.queries.address import Address, staffed_address
from liandong.command.queries.plan import headquarters_of, plan_of, plans_for
from liandong.command.states import PrecautionState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.models import Body
from liandong.organization.states import BodyKind
from liandong.plans import queries as plans
from liandong.plans.language import Known, LevelKey, grade
from liandong.plans.models import PlanVersion

# The document of the library that says what the law wants, and the fact by which it is graded.
DOCUMENT = "warning-measures"
FACT = "warning_level"


def visible_precautions(actor: Actor) -> QuerySet[Precaution]:
    """The measures for warnings an actor may see, the newest first."""
    rows = Precaution.objects.select_related("incident", "plan_version", "to_post__body", "run")
    return visible(rows.order_by("-proposed_at", "-id"), actor)


def precaution_for(actor: Actor, pk: UUID | str) -> Precaution:
    """Return one; raises ``Missing``."""
    try:
        found = visible_precautions(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这项预警期措施，或者您所在岗位看不到它。"), remedy=_("请从事件室进入。")
        )
    return found


def proposed(realm: str, warning: str) -> Precaution | None:
    """What waits to be decided for a warning."""
    return _of(realm, warning, PrecautionState.PROPOSED)


def adopted(realm: str, warning: str) -> Precaution | None:
    """What is being done for a warning."""
    return _of(realm, warning, PrecautionState.ADOPTED)


def _of(realm: str, warning: str, state: PrecautionState) -> Precaution | None:
    rows = Precaution.objects.filter(realm=realm, warning=warning, state=state)
    return rows.select_related("incident", "run__plan_version", "plan_version").first()


def precaution_document() -> PlanVersion | None:
    """The county's version of what the law wants during a warning; None until it is taken from the library."""
    return plans.versions_in_force().filter(key=DOCUMENT).first()


def precaution_level(version: PlanVersion, color: str) -> LevelKey | None:
    """The level the document gives a warning of a color (《突发事件应对法》第63条); None for no level of it."""
    return grade(plan_of(version), {FACT: Known(value=color)}).at_least


def office_for(body_id: str, classes: Iterable[str]) -> Address:
    """The headquarters' office that decides for whoever issued a warning; at last the leader of the shift."""
    issuer = organization.all_bodies().filter(pk=body_id).first() if body_id else None
    versions = plans_for(classes)
    lead = headquarters_of(plan_of(versions[0])) if versions else None
    offices = (_office_of(body) for body in (issuer, lead) if body)
    office = next((one for one in offices if one), None)
    return staffed_address(office.key if office else "")


def _office_of(body: Body) -> Body | None:
    """A body's headquarters' office: itself, or the one below it."""
    if body.kind == BodyKind.HEADQUARTERS_OFFICE:
        return body
    below = organization.bodies_by_kind(BodyKind.HEADQUARTERS_OFFICE)
    return next((one for one in below if one.parent_id == body.pk), None)
