"""Rows of messaging."""

from liandong.messaging.models.call_list import CallListing
from liandong.messaging.models.call_out import CallAttempt, Callee, CallOut, VoiceChannel
from liandong.messaging.models.message import ContactCheck, ContactPoint, Message, Receipt

__all__ = [
    "CallAttempt",
    "CallListing",
    "CallOut",
    "Callee",
    "ContactCheck",
    "ContactPoint",
    "Message",
    "Receipt",
    "VoiceChannel",
]
