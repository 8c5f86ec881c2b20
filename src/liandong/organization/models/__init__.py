"""Rows of the organization."""

from liandong.organization.models.account import Account, Accounts, Secret
from liandong.organization.models.body import Body, Duty
from liandong.organization.models.intake import Intake
from liandong.organization.models.leave import Leave
from liandong.organization.models.person import Appointment, Person
from liandong.organization.models.post import Post, PostRole
from liandong.organization.models.responsibility import Responsibility
from liandong.organization.models.session import AccountSession, Attendance
from liandong.organization.models.shift import Shift

__all__ = [
    "Account",
    "AccountSession",
    "Accounts",
    "Appointment",
    "Attendance",
    "Body",
    "Duty",
    "Intake",
    "Leave",
    "Person",
    "Post",
    "PostRole",
    "Responsibility",
    "Secret",
    "Shift",
]
