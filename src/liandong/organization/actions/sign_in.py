"""What the door records: who came in, who did not."""

from collections.abc import Sequence

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.organization.actions.account import audience_of
from liandong.organization.events import SignedIn, SignInFailed, SignInLocked
from liandong.organization.models import Account
from liandong.organization.permissions import Permission


@action(Permission.RECORD_SIGN_IN)
def sign_in(
    actor: Actor,
    *,
    account: Account,
    address: str,
    methods: Sequence[str],
    idempotency_key: str = "",
) -> Account:
    """Record that somebody has proved who they are. Publishes ``SignedIn``."""
    happened(
        SignedIn(
            subject_id=str(account.pk),
            username=account.username,
            address=address,
            methods=list(methods),
        ),
        audience=audience_of(account),
    )
    return account


@action(Permission.RECORD_SIGN_IN)
def record_failed_sign_in(
    actor: Actor, *, account: Account, address: str, step: str, idempotency_key: str = ""
) -> Account:
    """Record a wrong password or code for an account. Publishes ``SignInFailed``."""
    happened(
        SignInFailed(
            subject_id=str(account.pk), username=account.username, address=address, step=step
        ),
        audience=audience_of(account),
    )
    return account


@action(Permission.RECORD_SIGN_IN)
def record_locked_sign_in(
    actor: Actor, *, account: Account, address: str, minutes: int, idempotency_key: str = ""
) -> Account:
    """Record that failures have shut an account for a while. Publishes ``SignInLocked``."""
    happened(
        SignInLocked(
            subject_id=str(account.pk),
            username=account.username,
            address=address,
            minutes=minutes,
        ),
        audience=audience_of(account),
    )
    return account
