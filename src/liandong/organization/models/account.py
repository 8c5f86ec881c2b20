"""Accounts: what a person or a device proves itself by."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.organization.models.body import Body
from liandong.organization.models.person import Person
from liandong.organization.models.post import Post
from liandong.organization.states import AccountKind


class Secret(str):
    """A password or token on its way to being digested; it does not show in logs and journals."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret()"


class Accounts(BaseUserManager["Account"]):
    """Finds accounts; they are made by actions only. User names are kept in lower case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Take the name as it was meant, whatever the case of its letters."""
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser, Versioned):
    """账号: the way in. What it may do is said by the posts its person holds now.

    ``identity_issuer`` and ``identity_subject`` name who opens it at the county's identity provider.
    ``session_era`` is part of every session's digest: raise it, and all sessions end at once.
    ``pin`` is the hashed 签名口令, by which its owner signs on a shared machine; ``desk_post`` is
    the chair whose desk a duty-room machine (值班机) shows.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("用户名"), max_length=60, unique=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    kind = models.CharField(max_length=10, choices=AccountKind, default=AccountKind.PERSON)
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="account"
    )
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="devices"
    )
    desk_post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="desks"
    )
    title = models.CharField(_("设备名称"), max_length=100, blank=True)
    token_digest = models.CharField(
        max_length=64, null=True, blank=True, unique=True, editable=False
    )
    is_active = models.BooleanField(_("有效"), default=True)
    is_locked = models.BooleanField(_("已锁定"), default=False)
    lock_reason = models.CharField(_("锁定原因"), max_length=200, blank=True)
    must_change_password = models.BooleanField(_("须修改口令"), default=False)
    session_era = models.PositiveIntegerField(default=1, editable=False)
    pin = models.CharField(_("签名口令"), max_length=128, blank=True, editable=False)
    pin_failures = models.PositiveSmallIntegerField(default=0, editable=False)
    signing_paused_until = models.DateTimeField(null=True, editable=False)
    identity_issuer = models.CharField(max_length=255, blank=True, editable=False)
    identity_subject = models.CharField(
        _("统一身份标识"), max_length=255, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("建立时间"))

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("账号")
        constraints = [
            models.UniqueConstraint(
                fields=["identity_issuer", "identity_subject"],
                condition=~models.Q(identity_subject=""),
                name="identity_opens_one_account",
            )
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def is_open(self) -> bool:
        """Whether it may be used at all."""
        return self.is_active and not self.is_locked

    def get_session_auth_hash(self) -> str:
        """Digest of what ends a session when it changes: the password and the era."""
        return self._session_digest(None)

    def get_session_auth_fallback_hash(self) -> Any:
        """Digests under earlier secret keys; there are none."""
        return iter(())

    def _session_digest(self, secret: str | None) -> str:
        text = f"{self.password}:{self.session_era}:{self.is_locked}"
        return salted_hmac(
            "liandong.organization.Account", text, secret=secret, algorithm="sha256"
        ).hexdigest()
