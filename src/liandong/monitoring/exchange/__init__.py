"""Warnings in the world's formats, in and out: pure, and without Django.

Wide at the gate, strict at the door: what others write is read as far as it can be and told with
all that is wrong with it; what we write is valid by the schema.
"""

from liandong.monitoring.exchange.alerts import (
    Alert,
    Area,
    Circle,
    Entry,
    Info,
    Reference,
    Resource,
    Understood,
    plain,
)
from liandong.monitoring.exchange.faults import RULES, Fault, Gravity
from liandong.monitoring.exchange.reading import digest_of, read
from liandong.monitoring.exchange.signing import fingerprint_of, sign
from liandong.monitoring.exchange.writing import write_cap, write_feed, write_national

__all__ = [
    "RULES",
    "Alert",
    "Area",
    "Circle",
    "Entry",
    "Fault",
    "Gravity",
    "Info",
    "Reference",
    "Resource",
    "Understood",
    "digest_of",
    "fingerprint_of",
    "plain",
    "read",
    "sign",
    "write_cap",
    "write_feed",
    "write_national",
]
