"""Rows of the organization."""

from liandong.organization.models.account import Account, Accounts, Secret
from liandong.organization.models.body import Body, Duty
from liandong.organization.models.person import Appointment, Person
from liandong.organization.models.post import Post, PostRole

__all__ = [
    "Account",
    "Accounts",
    "Appointment",
    "Body",
    "Duty",
    "Person",
    "Post",
    "PostRole",
    "Secret",
]
