"""A pasted chat beside its sheet: the words that were understood, and what is still missing."""

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime

from liandong.command import queries
from liandong.command.models import Signal
from liandong.command.rules.call import ASKED, KINDS
from liandong.command.rules.elements import LABELS, Chat, Found, read_chat
from liandong.command.states import SignalChannel

FIGURES = ("dead", "missing", "badly_injured", "villages")
LONGEST = 2000


@dataclass(frozen=True)
class Piece:
    """A stretch of the chat; ``number`` marks words that were understood."""

    text: str
    number: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Row:
    """An element of the report draft: what was found of it, and whether the tellers differ."""

    label: str
    found: list[tuple[int, Found, str]]
    differ: bool


def chat_context(signal: Signal) -> dict[str, Any]:
    """What a signal's page shows of its words, and with what its sheet begins."""
    if not signal.words:
        return {"pieces": [], "rows": [], "known": {}}
    chat = read_chat(signal.words, localtime(signal.received_at), queries.township_names())
    numbered = {id(one): at for at, one in enumerate(chat.found, start=1)}
    rows = [
        Row(
            label,
            [(numbered[id(one)], one, shown_value(one)) for one in chat.of(element)],
            len(chat.values(element)) > 1 and element not in {"measures", "requests"},
        )
        for element, label in LABELS.items()
    ]
    return {
        "pieces": pieces(signal.words, chat, numbered),
        "rows": rows,
        "known": known_of(signal, chat),
    }


def shown_value(found: Found) -> str:
    """A finding as a person reads it."""
    return (
        str(KINDS.get(found.value, found.value)) if found.element == "hazard" else found.value
    )


def pieces(text: str, chat: Chat, numbered: dict[int, int]) -> list[Piece]:
    """Cut the text where words were understood; of findings that overlap the first is marked."""
    cut: list[Piece] = []
    place = 0
    for one in chat.found:
        if one.start < place or one.element in {"measures", "requests"}:
            continue
        if one.start > place:
            cut.append(Piece(text[place : one.start]))
        cut.append(Piece(text[one.start : one.end], numbered[id(one)], LABELS[one.element]))
        place = one.end
    return [*cut, Piece(text[place:])] if place < len(text) else cut


def known_of(signal: Signal, chat: Chat) -> dict[str, Any]:
    """What the sheet may begin with: only what all tellers say alike, and what they said as they said it."""
    speakers = list(dict.fromkeys(line.who for line in chat.lines if line.who))
    many = len(speakers) > 1
    what = "\n".join(
        f"{line.who}：{line.text}" if many and line.who else line.text for line in chat.lines
    )
    known: dict[str, Any] = {
        "caller": signal.caller or (speakers[0] if speakers else ""),
        "what": what[:LONGEST],
        "hazard": chat.settled("hazard") or "",
        "place": _longest(chat.of("place")),
        "occurred": (chat.settled("time") or "")[:60],
        "measures": _joined(chat, "measures", "requests"),
    }
    known |= {name: count for name in FIGURES if (count := chat.count(name)) is not None}
    if "burned_ha" in ASKED.get(known["hazard"], ()) and (area := _hectares(chat)):
        known["asked_burned_ha"] = area
    if signal.channel == SignalChannel.PHONE:
        known["what"] = signal.words[:LONGEST]
    return known


def _longest(found: list[Found]) -> str:
    """Of places of which one is part of another the fullest; none where they are different ones."""
    names = list(dict.fromkeys(one.value for one in found))
    fullest = max(names, key=len, default="")
    return fullest if all(one in fullest for one in names) else ""


def _joined(chat: Chat, *elements: str) -> str:
    said = [one.value for one in chat.found if one.element in elements]
    return "，".join(dict.fromkeys(said))[:LONGEST]


def _hectares(chat: Chat) -> str | None:
    found = [one for one in chat.of("area") if one.words.endswith("公顷")]
    numbers = {one.number for one in found}
    return found[0].number if found and len(numbers) == 1 else None
