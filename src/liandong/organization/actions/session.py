"""Sign-ins as the sessions list shows them: kept as they are used, ended one by one."""

from datetime import timedelta

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, IllegalMove
from liandong.kernel.statements import execute
from liandong.kernel.wording import gettext as _
from liandong.organization import rules
from liandong.organization.actions.account import audience_of
from liandong.organization.events import SessionEnded
from liandong.organization.models import Account, AccountSession
from liandong.organization.permissions import Permission

OFTEN_ENOUGH = timedelta(minutes=1)
# Asked with every request.
STANDS = """
SELECT era, seen_at FROM organization_accountsession
WHERE id = %s::uuid AND account_id = %s AND ended_at IS NULL
"""


def keep_session(account: Account, *, known: str, browser: str, address: str) -> str:
    """Note that a browser is in use; returns the key of its row, none when it was ended from elsewhere.

    Housekeeping, not journaled: the first request makes the row, later ones touch it now and then.
    """
    now = clock.real()
    if not known:
        row = AccountSession.objects.create(
            account=account,
            era=account.session_era,
            browser=browser[:100],
            address=address[:45],
            since=now,
            seen_at=now,
        )
        return str(row.pk)
    found = execute(STANDS, [known, account.pk]).fetchone()
    if found is None:
        return ""
    era, seen_at = found
    # A password changed here raises the era and keeps this very session.
    if era != account.session_era or now - seen_at > OFTEN_ENOUGH:
        AccountSession.objects.filter(pk=known).update(
            era=account.session_era, seen_at=now, address=address[:45]
        )
    return known


@action(Permission.END_SESSIONS)
def end_session(
    actor: Actor, *, session: AccountSession, idempotency_key: str = ""
) -> AccountSession:
    """End one sign-in of somebody's account; the others go on. Publishes ``SessionEnded``.

    Refuses one that has ended. What it shows live is cut at once.
    """
    rules.demand_actual(actor)
    return _end(session)


@action(Permission.USE_OWN_ACCOUNT)
def end_own_session(
    actor: Actor, *, session: AccountSession, idempotency_key: str = ""
) -> AccountSession:
    """End one sign-in of one's own account. Publishes ``SessionEnded``; refuses other accounts."""
    if actor.account != str(session.account_id):
        raise Forbidden(_("只能办理自己的账号。"), remedy=_("请安全管理员办理他人的账号。"))
    return _end(session)


def _end(session: AccountSession) -> AccountSession:
    rows = AccountSession.objects.filter(pk=session.pk, ended_at=None)
    if not rows.update(ended_at=clock.real()):
        raise IllegalMove(_("这处登录已经结束。"), place=str(session), remedy=_("不必再办。"))
    happened(
        SessionEnded(
            subject_id=str(session.account_id),
            username=session.account.username,
            browser=session.browser,
            address=session.address,
        ),
        audience=audience_of(session.account),
    )
    return session
