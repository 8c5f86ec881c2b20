"""What every deed on a warning asks first: the row as it is now, who may, what must be said."""

from typing import Any

from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.monitoring import rules
from liandong.monitoring.models import Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.permissions import Permission

EVERYBODY = ("county", "public")


def claimed(actor: Actor, warning: Warning) -> Warning:
    """The row as it is now, in the actor's realm, held until the deed is done."""
    rows = Warning.objects.select_for_update(of=("self",)).select_related("replaces")
    row = rows.filter(pk=warning.pk, realm=actor.realm).first()
    if row is None:
        raise Missing(_("没有这条预警。"), remedy=_("请从预警列表进入。"))
    return row


def given(**elements: Any) -> dict[str, Any]:
    """Those of the elements that somebody gave; the others stay as they are."""
    given = {name: value for name, value in elements.items() if value is not None}
    return given | ({"areas": list(given["areas"])} if "areas" in given else {})


def demand(actor: Actor, permission: Permission, warning: Warning) -> None:
    """Ask whether the actor may for this body and hazard; system actors propose and never issue."""
    if actor.kind != "person":
        raise Forbidden(
            _("预警由人发布、调整和解除。"), remedy=_("请发布单位有权限的人员办理。")
        )
    actor.demand(permission, body=body_of(warning), hazard=warning.hazard)


def check(warning: Warning) -> None:
    """Ask for the eight elements, and for an end that is still to come."""
    now = clock.now(warning.realm)
    if warning.expires_at and warning.expires_at <= max(now, warning.starts_at or now):
        raise Invalid(
            _("预计有效至已经过去，或早于起始时间。"),
            place=_("预计有效至"),
            remedy=_("请改为以后的时间，或留空。"),
            fields={"expires_at": _("应晚于现在和起始时间")},
        )
    missing = rules.missing_elements(warning)
    if missing:
        raise Invalid(
            _("警报缺少：%(what)s。") % {"what": listed(missing.values())},
            place=_("预警八要素"),
            remedy=_("《突发事件应对法》第六十四条要求写明，请补齐后再发布。"),
            fields={
                name: _("请填写%(what)s（第六十四条）") % {"what": label}
                for name, label in missing.items()
            },
        )


def ask(reason: str) -> None:
    """Refuse a blank reason."""
    if not reason.strip():
        raise Invalid(
            _("没有写理由。"),
            place=_("理由"),
            remedy=_("请写明理由，便于事后复盘。"),
            fields={"reason": _("请填写理由")},
        )


def audience(warning: Warning, *, issued: bool) -> list[str]:
    """A proposal is its body's and the duty desk's; a warning in force is everybody's."""
    body_id = body_of(warning)
    seen = {"duty", *([f"body:{body_id}"] if body_id else []), *(EVERYBODY if issued else ())}
    return sorted(seen)


def body_of(warning: Warning) -> str:
    """The body a warning is issued by; blank where nobody was named yet."""
    return str(warning.issuing_body_id or "")
