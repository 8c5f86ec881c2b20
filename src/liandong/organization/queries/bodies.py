"""Bodies, their offices and their duties."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Body, Duty, Post
from liandong.organization.queries.former_names import names_today
from liandong.organization.states import BodyKind, Phase

LISTED = ("order", "sort_key", "id")


def all_bodies() -> QuerySet[Body]:
    """Every body in the order lists have."""
    return Body.objects.order_by(*LISTED)


def bodies_by_kind(*kinds: str) -> list[Body]:
    """Return the bodies of some kinds."""
    return list(all_bodies().filter(kind__in=kinds))


def seated_bodies() -> list[Body]:
    """Return the bodies whose seat is known, but for townships."""
    return list(all_bodies().filter(lon__isnull=False).exclude(kind=BodyKind.TOWNSHIP))


def body_by_key(key: str) -> Body:
    """Return the body with a key such as ``flood-hq``; raises ``Missing``."""
    body = Body.objects.filter(key=key).first()
    if body is None:
        raise Missing(_("没有这个机构。"), place=key[:60], remedy=_("请核对机构标识。"))
    return body


def heir_of(body: Body) -> Body:
    """Return who has a body's work now: itself, or whoever it was merged into, however often."""
    met = {body.pk}
    while body.merged_into and body.merged_into.pk not in met:
        body = body.merged_into
        met.add(body.pk)
    return body


def find_bodies(text: str, *, limit: int = 20) -> list[Body]:
    """Return bodies one of whose names contains the text; a former name finds who has its work today."""
    text = text.strip()
    named = Q(aliases__contains=[text])
    for one in (text, *names_today(text.removeprefix("县"))):
        named |= Q(name__icontains=one) | Q(short_name__icontains=one)
    return list(all_bodies().filter(named)[:limit])


def body_scopes(body: Body) -> frozenset[str]:
    """Name the scopes of those who work for a body; an office also works for its headquarters."""
    scopes = {f"body:{body.pk}"}
    if body.kind == BodyKind.HEADQUARTERS_OFFICE and body.parent_id:
        scopes.add(f"body:{body.parent_id}")
    return frozenset(scopes)


def liaison_of(body: Body) -> Post | None:
    """Return the post that receives what is sent to a body: its liaison, else its office's."""
    desk = Post.objects.select_related("body").order_by("-is_liaison", "rank", "id")
    offices = Body.objects.filter(parent=body, kind=BodyKind.HEADQUARTERS_OFFICE)
    own = desk.filter(body=body).first()
    if own and own.is_liaison:
        return own
    return desk.filter(body__in=offices).first() or own


def headquarters_for(hazard: str) -> list[Body]:
    """Return the special headquarters whose hazard covers a class, the nearest first."""
    named = Body.objects.filter(
        kind=BodyKind.SPECIAL_HEADQUARTERS, hazard__in=_wider(hazard)
    ).exclude(hazard="")
    return sorted(named, key=lambda body: (-len(body.hazard), body.order))


def duties_of(body: Body) -> list[Duty]:
    """Return the duties of a body, by hazard and phase."""
    phases = list(Phase)
    duties = Duty.objects.filter(body=body)
    return sorted(duties, key=lambda duty: (duty.hazard, phases.index(Phase(duty.phase))))


def duty_of(body: Body, hazard: str, phase: str) -> Duty | None:
    """Return one cell of the duty matrix."""
    return Duty.objects.filter(body=body, hazard=hazard, phase=phase).first()


def duty_matrix(hazard: str, phase: str) -> list[Duty]:
    """Return the duties that bodies carry for a hazard in a phase, the general ones included."""
    duties = Duty.objects.filter(hazard__in=_wider(hazard), phase=phase)
    return list(
        duties.select_related("body").order_by("body__order", "body__sort_key", "hazard")
    )


def hazards_answered() -> dict[UUID, set[str]]:
    """Return for each body the hazards for which it has a duty in the response."""
    found: dict[UUID, set[str]] = {}
    rows = Duty.objects.filter(phase=Phase.RESPONSE).values_list("body", "hazard")
    for body, hazard in rows:
        found.setdefault(body, set()).add(hazard)
    return found


def duty_posts(hazard: str, phase: str) -> list[Post]:
    """Return the receiving post of each body that carries a duty for a hazard in a phase."""
    bodies = {duty.body_id: duty.body for duty in duty_matrix(hazard, phase)}.values()
    return liaisons(bodies)


def liaisons(bodies: Iterable[Body]) -> list[Post]:
    """Return the receiving post of each of several bodies that has any, in two queries."""
    posts = Post.objects.select_related("body").order_by("-is_liaison", "rank", "id")
    ids = [body.pk for body in bodies]
    listed = Body.objects.filter(pk__in=ids).order_by(*LISTED)
    staffed = listed.prefetch_related(Prefetch("posts", queryset=posts, to_attr="desk"))
    return [body.desk[0] for body in staffed if body.desk]


def _wider(hazard: str) -> list[str]:
    """Name a class and every class it lies in: classes nest by their first characters."""
    return ["*", *(hazard[:n] for n in range(1, len(hazard) + 1))]
