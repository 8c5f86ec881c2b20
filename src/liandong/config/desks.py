"""The browser of a duty-room machine: let in by its token, its operator, whose signature counts."""

from dataclasses import replace
from typing import cast

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from liandong.kernel import clock
from liandong.kernel.problems import Invalid, Problem
from liandong.kernel.wording import gettext as _
from liandong.organization import actions, queries
from liandong.organization.models import Account, Secret
from liandong.organization.queries import Standing, standing_of
from liandong.organization.states import AccountKind
from liandong.organization.views.shared import BACKEND, COOKIE, LONG
from liandong.web.requests import is_htmx
from liandong.web.signing import SIGNER, Signing, given

OFTEN_ENOUGH = 30.0


def is_desk(request: HttpRequest) -> bool:
    """Say whether this browser is a duty-room machine."""
    return getattr(request.user, "kind", "") == AccountKind.DESK


def let_in(request: HttpRequest) -> None:
    """Let a machine in again whose session has run out, by the token it keeps."""
    token = request.COOKIES.get(COOKIE, "")
    if request.user.is_authenticated or not token or request.method != "GET":
        return
    desk = queries.desk_by_token(token)
    if desk is not None:
        sit_down(request, desk)


def sit_down(request: HttpRequest, desk: Account) -> None:
    """Begin the machine's session, which lasts: its rights are settled with each request."""
    login(request, desk, backend=BACKEND)
    request.session.set_expiry(LONG)


def operator_of(request: HttpRequest) -> str:
    """Who sits at the machine, until nobody has touched it for a while. The desk stays live."""
    session, now = request.session, clock.real().timestamp()
    if "operator" not in session:
        return ""
    touched = float(session.get("operator_at", 0))
    if now - touched > settings.DESK_IDLE_MINUTES * 60:
        del session["operator"]
        return ""
    # What a page fetches by itself is nobody's hand.
    by_hand = request.method == "POST" or not is_htmx(request)
    if by_hand and now - touched > OFTEN_ENOUGH:
        session["operator_at"] = now
    return str(session["operator"])


def ask_for_signature(request: HttpRequest) -> None:
    """Put on the request who may sign here; where a form carries a signature, let it count.

    A signature that is right makes its giver the actor of this one request, with the chair they
    chose and the machine as device. One that is wrong lets nothing be done at all.
    """
    key, code = given(request.POST) if request.method == "POST" else ("", "")
    if not code:
        vars(request).update(signing=SimpleLazyObject(lambda: _signing(request)))
        return
    signing, standing = _signing(request), cast("Standing", vars(request)["standing"])
    desk = cast("Account", request.user)
    vars(request).update(signing=signing)
    try:
        signer = _signer(desk, key)
        actions.prove(desk, signer.account, Secret(code))
    except Problem as problem:
        signing.problem = problem
        every = frozenset(grant.permission for grant in standing.actor.grants)
        vars(request).update(actor=replace(standing.actor, must_sign=every))
        return
    realm = standing.actor.realm
    found = standing_of(signer.account, realm=realm, post=signer.post_id, device=str(desk.pk))
    vars(request).update(actor=found.actor, standing=found)


def _signing(request: HttpRequest) -> Signing:
    desk, operator = cast("Account", request.user), str(request.session.get("operator", ""))
    able = queries.signers(desk)
    sits = {one.person_id for one in queries.on_duty(desk) if str(one.pk) == operator}
    chosen = next((one.key for one in able if one.account.person_id in sits), "")
    return Signing([(one.key, one.label) for one in able], chosen=chosen)


def _signer(desk: Account, key: str) -> queries.Signer:
    for one in queries.signers(desk):
        if one.key == key:
            return one
    title, remedy = _("签名人不在这台值班机的当班名单里。"), _("请本人先签到，再签名。")
    raise Invalid(title, remedy=remedy, fields={SIGNER: f"{title}{remedy}"})
