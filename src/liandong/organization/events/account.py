"""Facts about accounts: opened, shut, proved, ended."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("organization.account_created", about="organization.account")
class AccountCreated(Event):
    """When a person received an account. No password is ever told."""

    username: str
    person_id: str
    say = _("开设账号：{username}")


@event("organization.account_locked", about="organization.account")
class AccountLocked(Event):
    """When an administrator closed an account; its sessions end at once."""

    username: str
    reason: str
    say = _("锁定账号：{username}（{reason}）")
    cuts = True


@event("organization.account_unlocked", about="organization.account")
class AccountUnlocked(Event):
    """When an administrator opened a locked account again."""

    username: str
    say = _("解锁账号：{username}")


@event("organization.password_reset", about="organization.account")
class PasswordReset(Event):
    """When an administrator gave out a one-time password; sessions end at once."""

    username: str
    say = _("重置口令：{username}")
    cuts = True


@event("organization.password_changed", about="organization.account")
class PasswordChanged(Event):
    """When somebody chose a new password; other sessions end at once."""

    username: str
    say = _("修改口令：{username}")
    cuts = True


@event("organization.sessions_cut", about="organization.account")
class SessionsCut(Event):
    """When all sessions of an account were ended."""

    username: str
    reason: str
    say = _("结束全部登录：{username}")
    cuts = True


@event("organization.rights_changed", about="organization.account")
class RightsChanged(Event):
    """When the posts or roles behind an account changed: what it sees live is settled anew."""

    username: str
    say = _("权限随岗位变动：{username}")
    cuts = True


@event("organization.device_registered", about="organization.account")
class DeviceRegistered(Event):
    """When a device received an account and its first token."""

    username: str
    title: str
    body_id: str
    say = _("登记设备：{title}")


@event("organization.token_rotated", about="organization.account")
class TokenRotated(Event):
    """When a device received another token; the old one is worth nothing from then on."""

    username: str
    say = _("更换设备令牌：{username}")
    cuts = True


@event("organization.signed_in", about="organization.account")
class SignedIn(Event):
    """When somebody came in; ``methods`` says how they proved it."""

    username: str
    address: str
    methods: list[str]
    say = _("登录：{username}（{address}）")


@event("organization.sign_in_failed", about="organization.account")
class SignInFailed(Event):
    """When a known account was tried with a wrong password or code."""

    username: str
    address: str
    step: str
    say = _("登录未成功：{username}（{address}）")


@event("organization.sign_in_locked", about="organization.account")
class SignInLocked(Event):
    """When too many failures shut an account for a while, as tried from one address."""

    username: str
    address: str
    minutes: int
    say = _("多次登录未成功，暂停{minutes}分钟：{username}（{address}）")


@event("organization.signed_out", about="organization.account")
class SignedOut(Event):
    """When somebody signed out."""

    username: str
    say = _("退出登录：{username}")


@event("organization.second_factor_added", about="organization.account")
class SecondFactorAdded(Event):
    """When somebody bound a second factor to their account."""

    username: str
    method: str
    say = _("绑定第二因素：{username}")


@event("organization.second_factor_withdrawn", about="organization.account")
class SecondFactorWithdrawn(Event):
    """When a second factor was taken off an account, by its owner or an administrator."""

    username: str
    method: str
    say = _("取消第二因素：{username}")
    cuts = True


@event("organization.identity_bound", about="organization.account")
class IdentityBound(Event):
    """When an identity of the county's provider was let open an account."""

    username: str
    issuer: str
    identity: str
    say = _("绑定统一身份：{username}（{identity}）")


@event("organization.identity_released", about="organization.account")
class IdentityReleased(Event):
    """When an identity was taken off an account; its sessions end at once."""

    username: str
    identity: str
    reason: str
    say = _("解除统一身份绑定：{username}（{reason}）")
    cuts = True


@event("organization.session_ended", about="organization.account")
class SessionEnded(Event):
    """When one sign-in of an account was ended from elsewhere; the others go on."""

    username: str
    browser: str
    address: str
    say = _("结束一处登录：{username}（{browser} {address}）")
    cuts = True


@event("organization.second_factor_reset", about="organization.account")
class SecondFactorReset(Event):
    """When an administrator took every second factor off, whose owner had lost it."""

    username: str
    reason: str
    identity: str
    witness: str
    say = _("重置第二因素：{username}（{reason}；{identity}）")
    cuts = True


@event("organization.second_factor_roles_set", about="organization.sign_in_policy")
class SecondFactorRolesSet(Event):
    """When it was settled which roles ask for a second factor, besides those that always do."""

    before: list[str]
    roles: list[str]
    say = _("设定要求第二因素的角色")
