"""What is said of those who leave their homes. Who they are is never part of a sentence."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.evacuation_listed", about="command.evacuation_list")
class EvacuationListed(Event):
    """A village's households have to leave. ``heads``, ``phones`` and ``needs`` stand side by side."""

    stays: ClassVar[frozenset[str]] = frozenset({"incident_id", "households", "people"})
    incident_id: str
    township: str
    place: str
    leader: str
    leader_phone: str
    heads: list[str]
    phones: list[str]
    needs: list[str]
    households: int
    people: int
    say = _("{township}{place}{households}户{people}人列入转移")


@event("command.households_moved", about="command.incident")
class HouseholdsMoved(Event):
    """Households left, would not, were away already, or went home. ``words`` says why, or what else.

    ``sizes``: how many people each household is, side by side with ``households``.
    """

    stays: ClassVar[frozenset[str]] = frozenset(
        {"households", "sizes", "n", "people", "state", "shelter_id", "still"}
    )
    households: list[str]
    sizes: list[int]
    places: str
    n: int
    people: int
    state: str
    outcome: str
    shelter_id: str
    words: str
    still: int
    say = _("{places}{n}户{people}人{outcome}，还有{still}人待转移")


@event("command.shelter_overfilled", about="command.incident")
class ShelterOverfilled(Event):
    """More people are in a shelter than the register says it holds; nobody is turned away."""

    shelter_id: str
    shelter: str
    people: int
    capacity: int
    over: int
    say = _("{shelter}安置{people}人，超出可容纳{capacity}人")
