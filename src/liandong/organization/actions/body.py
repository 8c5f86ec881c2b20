"""Setting up bodies and saying what they have to do."""

from collections.abc import Sequence
from decimal import Decimal

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.geo.coordinates import in_china
from liandong.kernel.problems import Invalid, Stale
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.keeping import keep_all
from liandong.organization.events import (
    BodyCreated,
    BodyLocated,
    BodyMerged,
    BodyRenamed,
    DutySet,
)
from liandong.organization.models import Body, Duty
from liandong.organization.permissions import Permission
from liandong.organization.states import BodyKind, Management, Phase


def sort_key(name: str) -> str:
    """Give the bytes of GB18030, which sort common characters by their pinyin, as hex digits."""
    return name.encode("gb18030", "replace").hex()[:250]


@action(Permission.CREATE_BODY)
def create_body(
    actor: Actor,
    *,
    key: str,
    name: str,
    kind: str,
    short_name: str = "",
    aliases: Sequence[str] = (),
    management: str = Management.COUNTY,
    parent: Body | None = None,
    office_of: Body | None = None,
    division_code: str = "",
    hazard: str = "",
    order: int = 0,
    idempotency_key: str = "",
) -> Body:
    """Set up a body. Publishes ``BodyCreated``; refuses keys in use and offices of nothing."""
    rules.demand_actual(actor)
    if kind == BodyKind.HEADQUARTERS_OFFICE and parent is None:
        raise Invalid(
            _("指挥部办公室须隶属一个指挥部。"),
            remedy=_("请选择所属的指挥部。"),
            fields={"parent": _("请选择所属的指挥部")},
        )
    body = Body(
        key=key,
        name=name,
        short_name=short_name,
        aliases=list(aliases),
        kind=kind,
        management=management,
        parent=parent,
        office_of=office_of,
        division_code=division_code,
        hazard=hazard,
        order=order,
    )
    add_bodies([body])
    return body


def add_bodies(bodies: Sequence[Body]) -> None:
    """Insert new bodies and tell of each: ``BodyCreated``."""
    for body in bodies:
        body.short_name = body.short_name or body.name[:40]
        body.sort_key = sort_key(body.name)
    keep_all(bodies)
    for body in bodies:
        happened(
            BodyCreated(
                subject_id=str(body.pk), key=body.key, title=body.name, kind=str(body.kind)
            ),
            audience={"county"},
        )


@action(Permission.RENAME_BODY)
def rename_body(
    actor: Actor,
    *,
    body: Body,
    name: str,
    short_name: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Body:
    """Give a body another name; the old one stays among its boards, so that it is still found.

    Publishes ``BodyRenamed``; refuses blank names.
    """
    actor.demand(Permission.RENAME_BODY, body=str(body.pk))
    rules.demand_actual(actor)
    name, short_name = name.strip(), short_name.strip()
    if not name or not short_name:
        raise Invalid(
            _("名称和简称都要填写。"),
            place=str(body),
            fields={"name" if not name else "short_name": _("请填写这一项")},
        )
    before = body.name
    aliases = [*body.aliases, *([before] if before not in {name, *body.aliases} else [])]
    body.change(
        expected_version=expected_version,
        name=name,
        short_name=short_name,
        aliases=aliases,
        sort_key=sort_key(name),
    )
    happened(
        BodyRenamed(subject_id=str(body.pk), before=before, title=name), audience={"county"}
    )
    return body


@action(Permission.MERGE_BODY)
def merge_body(
    actor: Actor,
    *,
    body: Body,
    into: Body,
    paper: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Body:
    """Let a body's work go over to another by a reform; what is sent to it from now on names who took over.

    Its rows, posts and names stay: what it did remains findable. Publishes ``BodyMerged``. Refuses
    without the paper that ordered it, into itself, into what was merged itself, and a body twice.
    """
    actor.demand(Permission.MERGE_BODY, body=str(body.pk))
    rules.demand_actual(actor)
    rules.demand_mergeable(body, into)
    if not paper.strip():
        raise Invalid(
            _("没有写撤并的依据。"),
            place=str(body),
            fields={"paper": _("请填写这一项")},
        )
    body.change(
        expected_version=expected_version, merged_into=into, merged_at=clock.now(actor.realm)
    )
    fact = BodyMerged(
        subject_id=str(body.pk),
        title=body.name,
        into=str(into.pk),
        into_title=into.name,
        paper=paper.strip(),
    )
    happened(fact, audience={"county"})
    return body


@action(Permission.LOCATE_BODY)
def locate_body(
    actor: Actor,
    *,
    body: Body,
    lon: Decimal,
    lat: Decimal,
    expected_version: int,
    idempotency_key: str = "",
) -> Body:
    """Fix on the map where a body sits, in degrees of WGS-84, or correct it.

    Publishes ``BodyLocated``; refuses places outside China.
    """
    actor.demand(Permission.LOCATE_BODY, body=str(body.pk))
    rules.demand_actual(actor)
    lon, lat = in_china(lon, lat, place=_("机构驻地"))
    body.change(expected_version=expected_version, lon=lon, lat=lat)
    fact = BodyLocated(subject_id=str(body.pk), title=body.name, lon=str(lon), lat=str(lat))
    happened(fact, audience={"county"})
    return body


@action(Permission.SET_DUTY)
def set_duty(
    actor: Actor,
    *,
    body: Body,
    hazard: str,
    phase: str,
    text: str,
    expected_version: int = 0,
    idempotency_key: str = "",
) -> Duty:
    """Write a cell of the duty matrix (职责矩阵); version 0 says that it was blank.

    Publishes ``DutySet``; refuses blank duties and a cell that somebody else has written.
    """
    actor.demand(Permission.SET_DUTY, body=str(body.pk), hazard=hazard)
    rules.demand_actual(actor)
    text = text.strip()
    if not text:
        raise Invalid(_("职责不能空着。"), place=str(body), fields={"text": _("请填写这一项")})
    duty = queries.duty_of(body, hazard, phase)
    if duty is None:
        duty = Duty(body=body, hazard=hazard, phase=phase, text=text)
        add_duties([duty])
        return duty
    if not expected_version:
        raise Stale(
            _("这一格职责已经有人填写：%(text)s") % {"text": duty},
            place=f"{body} {Phase(phase).label}",
            remedy=_("请在现有文字上修改。"),
        )
    duty.change(expected_version=expected_version, text=text)
    _tell_duty(duty)
    return duty


def add_duties(duties: Sequence[Duty]) -> None:
    """Write cells that were blank and tell of each: ``DutySet``."""
    keep_all(duties)
    for duty in duties:
        _tell_duty(duty)


def _tell_duty(duty: Duty) -> None:
    happened(
        DutySet(
            subject_id=str(duty.body_id),
            duty_id=str(duty.pk),
            hazard=duty.hazard,
            phase=str(duty.phase),
            text=duty.text,
        ),
        audience={"county"},
    )
