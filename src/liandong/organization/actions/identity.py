"""Which identity of the county's provider opens an account."""

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.account import audience_of
from liandong.organization.events import IdentityBound, IdentityReleased
from liandong.organization.models import Account
from liandong.organization.permissions import Permission

LONGEST = 255


@action(Permission.BIND_IDENTITY)
def bind_account_identity(
    actor: Actor,
    *,
    account: Account,
    issuer: str,
    subject: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Account:
    """Let an identity open somebody's account. Publishes ``IdentityBound``. Clause 三(一)1.

    ``issuer`` is the provider's address, ``subject`` what it calls the person. Refuses one's own
    account, machines, an account that has an identity, and an identity that opens another.
    """
    rules.demand_actual(actor)
    rules.demand_another(actor, account.person_id)
    return _bind(account, issuer, subject, expected_version)


@action(Permission.USE_OWN_ACCOUNT)
def bind_identity(
    actor: Actor,
    *,
    account: Account,
    issuer: str,
    subject: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Account:
    """Bind an identity one has just proved to one's own account, once. Says ``IdentityBound``.

    Refuses other people's accounts, an account that has an identity, and an identity that opens
    another: the security administrator releases it. Clause 三(一)1.
    """
    rules.demand_actual(actor)
    if actor.account != str(account.pk):
        raise Forbidden(_("只能办理自己的账号。"), remedy=_("请安全管理员办理他人的账号。"))
    return _bind(account, issuer, subject, expected_version)


@action(Permission.BIND_IDENTITY)
def release_identity(
    actor: Actor,
    *,
    account: Account,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Account:
    """Take an identity off an account and end its sessions. Publishes ``IdentityReleased``.

    Refuses one's own account, one that has none, and a release without a reason. Clause 三(一)1.
    """
    rules.demand_actual(actor)
    rules.demand_another(actor, account.person_id)
    if not account.identity_subject:
        raise IllegalMove(
            _("这个账号没有绑定统一身份。"), place=str(account), remedy=_("不必再办。")
        )
    if not reason.strip():
        raise Invalid(
            _("请写明解除绑定的原因。"),
            place=str(account),
            fields={"reason": _("请填写原因")},
        )
    subject = account.identity_subject
    account.change(
        expected_version=expected_version,
        identity_issuer="",
        identity_subject="",
        session_era=account.session_era + 1,
    )
    happened(
        IdentityReleased(
            subject_id=str(account.pk),
            username=account.username,
            identity=subject,
            reason=reason.strip()[:200],
        ),
        audience=audience_of(account),
    )
    return account


def _bind(account: Account, issuer: str, subject: str, expected_version: int) -> Account:
    rules.demand_person_account(account)
    subject = subject.strip()
    if not subject or len(subject) > LONGEST:
        raise Invalid(
            _("统一身份标识应为 1 至 255 个字符。"),
            place=str(account),
            fields={"subject": _("请照身份认证系统里的原样填写")},
        )
    if account.identity_subject:
        raise IllegalMove(
            _("这个账号已经绑定统一身份。"),
            place=str(account),
            remedy=_("要换一个，请安全管理员先解除原来的绑定。"),
        )
    other = queries.account_by_identity(issuer, subject)
    if other is not None:
        raise Invalid(
            _("这个统一身份已经绑定了别的账号。"),
            place=str(account),
            remedy=_("请核对标识；原来绑错的，请安全管理员先解除。"),
            fields={"subject": _("已绑定别的账号")},
        )
    account.change(
        expected_version=expected_version, identity_issuer=issuer, identity_subject=subject
    )
    happened(
        IdentityBound(
            subject_id=str(account.pk),
            username=account.username,
            issuer=issuer,
            identity=subject,
        ),
        audience=audience_of(account),
    )
    return account
