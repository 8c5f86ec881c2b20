"""Accounts: found by name, by token, by person."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from liandong.organization.models import Account, Person
from liandong.organization.states import AccountKind


def all_accounts() -> QuerySet[Account]:
    """Every account, with its person and body."""
    return Account.objects.select_related("person", "body").order_by("kind", "username")


def account_by_username(username: str) -> Account | None:
    """Return the account somebody means by a user name, whatever the case of its letters."""
    return all_accounts().filter(username=username.strip().lower()).first()


def account_by_identity(issuer: str, subject: str) -> Account | None:
    """Return the account that an identity of the county's provider opens; blanks open none."""
    if not (issuer and subject):
        return None
    return all_accounts().filter(identity_issuer=issuer, identity_subject=subject).first()


def account_by_token(token: str) -> Account | None:
    """Return the device whose token this is; None for a token that is worth nothing."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    devices = Account.objects.filter(kind=AccountKind.DEVICE, is_active=True, is_locked=False)
    return devices.select_related("body").filter(token_digest=digest).first()


def all_devices() -> QuerySet[Account]:
    """Every device, with its body."""
    devices = Account.objects.filter(kind=AccountKind.DEVICE)
    return devices.select_related("body").order_by("username")


def devices_named(names: Iterable[str]) -> dict[str, Account]:
    """Return the devices of some names, by name; those that are shut too."""
    found = Account.objects.filter(kind=AccountKind.DEVICE, username__in=list(names))
    return {device.username: device for device in found.select_related("body")}


def account_of(person: Person) -> Account | None:
    """Return a person's account."""
    return Account.objects.filter(person=person).first()


def accounts_of_people(people: Iterable[UUID]) -> list[Account]:
    """Return the accounts of several people."""
    return list(Account.objects.filter(person__in=list(people)))


def has_accounts() -> bool:
    """Say whether anybody can come in at all."""
    return Account.objects.exists()
