"""The list of those who take part in a drill; nobody else enters it, nobody else is written to."""

from collections.abc import Sequence
from uuid import UUID

from liandong.evaluation.events import PersonEnrolled, PersonRemoved
from liandong.evaluation.models import Drill, Enrolment
from liandong.evaluation.permissions import Permission
from liandong.evaluation.queries.drill import addresses_of
from liandong.evaluation.rules.drill import demand_actual
from liandong.evaluation.states import OVER, Part
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.opening import let_reach
from liandong.kernel.problems import IllegalMove, Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.models import Person

KIND = "evaluation.drill"


@action(Permission.PLAN_DRILL)
def enrol_people(
    actor: Actor,
    *,
    drill: Drill,
    people: Sequence[Person],
    part: str,
    may_be_mailed: bool = False,
    idempotency_key: str = "",
) -> Drill:
    """Put people on the list, or give those on it another part. Publishes ``PersonEnrolled`` for each.

    ``may_be_mailed`` lets the drill's letters out to their mailboxes, from the moment on. Refuses a
    drill that is over, nobody, and to leave one under way without a controller. Clause 二(五)1.
    """
    demand_actual(actor)
    _demand_open(drill)
    if not people:
        raise Invalid(
            _("没有选人员。"),
            place=_("人员"),
            remedy=_("请选人员，或选一个现有人员任职的单位。"),
            fields={"person": _("请选人员或单位")},
        )
    _held(drill)
    for person in people:
        Enrolment.objects.update_or_create(
            drill=drill,
            person=person,
            defaults={"part": Part(part), "may_be_mailed": may_be_mailed},
        )
    if drill.is_under_way:
        _demand_controller(drill.enrolments.filter(part=Part.CONTROLLER).exists())
    _let_in(drill)
    for person in people:
        fact = PersonEnrolled(
            subject_id=str(drill.pk),
            person=str(person.pk),
            name_then=person.name,
            part=str(Part(part).label),
            may_be_mailed=may_be_mailed,
        )
        happened(fact, audience=drill.audience)
    return drill


@action(Permission.PLAN_DRILL)
def strike_person(
    actor: Actor, *, drill: Drill, person: UUID, idempotency_key: str = ""
) -> Drill:
    """Take somebody off the list; letters to them do not leave any more. Publishes ``PersonRemoved``.

    Refuses a drill that is over, whoever is not on it, and the last controller of one under way.
    Clause 二(五)1.
    """
    demand_actual(actor)
    _demand_open(drill)
    _held(drill)
    row = drill.enrolments.select_related("person").filter(person=person).first()
    if row is None:
        raise Missing(_("名单上没有这个人。"), remedy=_("请刷新后再看。"))
    others = drill.enrolments.filter(part=Part.CONTROLLER).exclude(pk=row.pk)
    if drill.is_under_way and row.part == Part.CONTROLLER:
        _demand_controller(others.exists())
    row.delete()
    _let_in(drill)
    fact = PersonRemoved(
        subject_id=str(drill.pk),
        person=str(person),
        name_then=row.person.name,
        part=str(row.get_part_display()),
    )
    # Told too: their pages, open in the drill, lead them out.
    happened(fact, audience=[*drill.audience, *_accounts([person])])
    return drill


def _demand_controller(is_there: bool) -> None:  # noqa: FBT001 -- what is demanded
    if not is_there:
        raise IllegalMove(
            _("进行中的演练至少要有一名导调。"), remedy=_("请先列入另一名导调，再移出。")
        )


def mailboxes(drill: Drill) -> list[str]:
    """Where the drill's letters may go: the mailboxes of those on the list who agreed to it."""
    mailed = drill.enrolments.filter(may_be_mailed=True).select_related("person")
    return addresses_of(one.person for one in mailed)


def staff_scopes(drill: Drill) -> list[str]:
    """Who hears what is still to come: controllers and evaluators."""
    staff = drill.enrolments.filter(part__in=[Part.CONTROLLER, Part.EVALUATOR])
    return _accounts(list(staff.values_list("person", flat=True)))


def _held(drill: Drill) -> None:
    """Hold the drill's row: of two who change the list at once, the second sees the first's."""
    row = Drill.objects.select_for_update().get(pk=drill.pk)
    drill.state, drill.audience = row.state, row.audience
    _demand_open(drill)


def _let_in(drill: Drill) -> None:
    """Whoever is on the list sees the drill, and, while it goes on, gets its letters if they agreed."""
    people = list(drill.enrolments.values_list("person", flat=True))
    drill.audience = sorted({"duty", *_accounts(people)})
    Drill.objects.filter(pk=drill.pk).update(audience=drill.audience)
    if drill.is_under_way:
        let_reach(drill.realm, mailboxes(drill))


def _accounts(people: list[UUID]) -> list[str]:
    return sorted(f"account:{one.pk}" for one in organization.accounts_of_people(people))


def _demand_open(drill: Drill) -> None:
    if drill.state in OVER:
        raise IllegalMove(
            _("演练“%(drill)s”%(state)s，名单不能再改。")
            % {"drill": drill, "state": drill.get_state_display()},
            remedy=_("请刷新后看最新状态。"),
        )
