"""Rows of the organization."""

from liandong.organization.models.account import Account, Accounts, Secret
from liandong.organization.models.body import Body, Duty
from liandong.organization.models.handover import Handover, HandoverItem
from liandong.organization.models.intake import Intake
from liandong.organization.models.leave import Leave
from liandong.organization.models.person import Appointment, Person
from liandong.organization.models.phone_record import PhoneRecord
from liandong.organization.models.post import Post, PostRole
from liandong.organization.models.responsibility import Responsibility
from liandong.organization.models.roll_call import RollCall, RollCallLine
from liandong.organization.models.roster import CalendarYear, RosterRule, Swap
from liandong.organization.models.session import AccountSession, Attendance
from liandong.organization.models.shift import Shift
from liandong.organization.models.sign_in import SignInPolicy

__all__ = [
    "Account",
    "AccountSession",
    "Accounts",
    "Appointment",
    "Attendance",
    "Body",
    "CalendarYear",
    "Duty",
    "Handover",
    "HandoverItem",
    "Intake",
    "Leave",
    "Person",
    "PhoneRecord",
    "Post",
    "PostRole",
    "Responsibility",
    "RollCall",
    "RollCallLine",
    "RosterRule",
    "Secret",
    "Shift",
    "SignInPolicy",
    "Swap",
]
