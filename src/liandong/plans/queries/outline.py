"""A manuscript as its editor shows it: levels, steps, and the picture of their order.

The text may be unsound anywhere, so each part is read by itself and shown as far as it can be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError

from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.plans.language import (
    DEED_LABELS,
    HIGHEST_FIRST,
    Condition,
    FactError,
    dictionary,
    duration_label,
    level_label,
    read_duration,
    read_level,
    sentence,
)
from liandong.plans.language.editing import name_of
from liandong.plans.language.schedule import Slot, schedule
from liandong.plans.queries.mending import Mend, at_step, in_level

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
COLUMN, ROW, BOX_WIDTH, BOX_HEIGHT, LEFT, TOP, BAND, ABREAST = 196, 62, 156, 48, 14, 40, 34, 5
TITLE_SIGNS, DETAIL_SIGNS = 9, 12
TIMES = (("finish_within", "{}"), ("every", "每{}"), ("acknowledge_within", "{}内复诵"))


@dataclass(frozen=True, kw_only=True)
class LevelRow:
    """A row of the table of levels."""

    key: str
    sign: str
    label: str
    clauses: tuple[str, ...]
    status: str
    decides: str
    informs: str
    expected: str
    steps: int
    must: int
    should: int


@dataclass(frozen=True, kw_only=True)
class StepCard:
    """A step on the board and in the picture; ``of`` is the lower level that it comes from."""

    id: str
    at: int
    of: str
    deed: str
    text: str
    to: str
    time: str
    after: tuple[str, ...]
    waits_for: str
    mends: tuple[Mend, ...]
    is_critical: bool


@dataclass(frozen=True, kw_only=True)
class Box:
    """A step's place in the picture."""

    card: StepCard
    x: int
    y: int
    title: str
    detail: str

    @property
    def middle(self) -> int:
        return self.y + BOX_HEIGHT // 2

    @property
    def right(self) -> int:
        return self.x + BOX_WIDTH


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """From one step to the next."""

    path: str
    is_critical: bool


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A moment above a column."""

    x: int
    label: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The steps of a level, from left to right as they may begin.

    The axis ends at ``floor``; ``band`` is where it is said that what is below begins at once.
    """

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    ticks: tuple[Tick, ...]
    width: int
    height: int
    floor: int
    band: int
    critical: int
    length: str


def mapping(value: Any) -> dict[str, Any]:
    """A value as a mapping; an empty one where it is none."""
    return value if isinstance(value, dict) else {}


def things(value: Any) -> list[Any]:
    """A value as a list; an empty one where it is none."""
    return value if isinstance(value, list) else []


def levels_of(data: Any) -> dict[str, dict[str, Any]]:
    """The levels of a text as they are spelled there, the highest first."""
    levels = {key: mapping(one) for key, one in mapping(mapping(data).get("levels")).items()}
    return dict(sorted(levels.items(), key=lambda one: _rank(one[0])))


def level_rows(data: Any, names: Mapping[str, str], mends: Iterable[Mend]) -> list[LevelRow]:
    """The table of levels."""
    items = list(mends)
    return [_level_row(key, level, names, items) for key, level in levels_of(data).items()]


def condition_said(raw: Any) -> str:
    """Say a condition; empty where it cannot be read."""
    try:
        return sentence(CONDITION.validate_python(raw), dictionary())
    except (ValidationError, FactError, KeyError, ValueError):
        return ""


def clauses_said(when: Any) -> tuple[str, ...]:
    """Say each clause of a condition; what cannot be read is said to be so."""
    if when is None:
        return ()
    any_of = mapping(when).get("any")
    parts = any_of if isinstance(any_of, list) else [when]
    return tuple(condition_said(part) or _("（写法不对，见右）") for part in parts)


def duration_said(raw: Any) -> str:
    """Say a length of time; as it stands where it is none."""
    try:
        return duration_label(read_duration(raw)) if raw else ""
    except ValueError:
        return str(raw)


def posts_said(deciders: Any, names: Mapping[str, str]) -> str:
    """Say who decides."""
    said = mapping(deciders)
    posts = things(said.get("all_of")) or things(said.get("any_of"))
    told = listed(named(post, names) for post in posts)
    if len(posts) < 2:  # one decides alone
        return told
    form = _("%(posts)s共同决定") if said.get("all_of") else _("%(posts)s任一决定")
    return form % {"posts": told}


def named(key: Any, names: Mapping[str, str]) -> str:
    """What a post or body is called; its key where nobody knows."""
    return names.get(str(key), str(key or ""))


def label_of(spelling: str) -> str:
    """What a level is called."""
    try:
        return str(_(level_label(read_level(spelling))))
    except ValueError:
        return spelling


def sign_of(spelling: str) -> str:
    """The level that a spelling means; empty where it means none."""
    try:
        return read_level(spelling)
    except ValueError:
        return ""


def chain_of(data: Any, level: str) -> list[str]:
    """A level and those it builds on, as they are spelled, the lowest last."""
    levels = levels_of(data)
    chain = [level]
    while True:
        base = _spelled(levels, levels.get(chain[-1], {}).get("builds_on"))
        if not base or base in chain:
            return chain
        chain.append(base)


def cards_of(
    data: Any, level: str, names: Mapping[str, str], mends: Iterable[Mend]
) -> list[StepCard]:
    """The steps of a level, those of the levels it builds on first."""
    items = list(mends)
    levels = levels_of(data)
    found: dict[str, tuple[str, int, dict[str, Any]]] = {}
    for of in reversed(chain_of(data, level)):
        for at, step in enumerate(things(levels.get(of, {}).get("steps"))):
            found[name_of(step) or f"{at}"] = (of, at, mapping(step))
    slots = {one.name: one for one in schedule([step for _of, _at, step in found.values()])}
    return [
        _card(name, of, at, step, level=level, names=names, items=items, slot=slots.get(name))
        for name, (of, at, step) in found.items()
    ]


def picture_of(data: Any, cards: Iterable[StepCard]) -> Picture:
    """Draw steps from left to right, each in the column of the moment at which it may begin.

    Those that wait for nothing and are waited for by nothing stand below, several abreast.
    """
    by_id = {card.id: card for card in cards}
    slots = schedule([{**_step(data, card), "id": card.id} for card in by_id.values()])
    waited = {name for card in by_id.values() for name in card.after}
    alone = [one for one in slots if not by_id[one.name].after and one.name not in waited]
    chained = [one for one in slots if one not in alone]
    columns = _columns(chained)
    rows: dict[int, int] = {}
    boxes: dict[str, Box] = {}
    for slot in sorted(chained, key=lambda one: (columns[one.name], not one.is_critical)):
        column = columns[slot.name]
        row = rows.get(column, 0)
        rows[column] = row + 1
        boxes[slot.name] = _box(by_id[slot.name], column, TOP + row * ROW)
    below = TOP + max(rows.values(), default=0) * ROW
    first = below + (BAND if alone and chained else 0)
    for at, slot in enumerate(alone):
        boxes[slot.name] = _box(by_id[slot.name], at % ABREAST, first + at // ABREAST * ROW)
    critical = [slot for slot in slots if slot.is_critical]
    wide = max(max(rows, default=-1) + 1, min(len(alone), ABREAST), 1)
    return Picture(
        boxes=tuple(boxes.values()),
        arrows=tuple(_arrows(boxes)),
        ticks=tuple(_ticks(chained, columns)),
        width=wide * COLUMN - COLUMN + BOX_WIDTH + 2 * LEFT,
        height=first + -(-len(alone) // ABREAST) * ROW,
        floor=below - (ROW - BOX_HEIGHT),
        band=first - 12 if alone else 0,
        critical=len(critical),
        length=duration_label(max(slot.ends for slot in critical)) if critical else "",
    )


def _box(card: StepCard, column: int, y: int) -> Box:
    return Box(
        card=card,
        x=LEFT + column * COLUMN,
        y=y,
        title=_cut(card.text or card.id, TITLE_SIGNS),
        detail=_cut(_dotted(card.to, card.time), DETAIL_SIGNS),
    )


def _level_row(
    key: str, level: dict[str, Any], names: Mapping[str, str], items: list[Mend]
) -> LevelRow:
    here = in_level(items, key)
    told = [
        f"{named(mapping(one).get('post'), names)} {duration_said(mapping(one).get('within'))}"
        for one in things(level.get("informs"))
    ]
    source = mapping(mapping(level.get("figures")).get("when")) or mapping(level.get("source"))
    return LevelRow(
        key=key,
        sign=sign_of(key),
        label=label_of(key),
        clauses=clauses_said(level.get("when")),
        status=str(source.get("status") or ""),
        decides=posts_said(level.get("decides"), names),
        informs=listed(told),
        expected=duration_said(level.get("expected")),
        steps=len(things(level.get("steps"))),
        must=sum(one.gravity == "must" for one in here),
        should=sum(one.gravity == "should" for one in here),
    )


def _card(  # noqa: PLR0913 -- a card is put together from all of it
    name: str,
    of: str,
    at: int,
    step: dict[str, Any],
    *,
    level: str,
    names: Mapping[str, str],
    items: list[Mend],
    slot: Slot | None,
) -> StepCard:
    said = [_(form).format(duration_said(step[word])) for word, form in TIMES if step.get(word)]
    return StepCard(
        id=name,
        at=at,
        of="" if of == level else of,
        deed=_(mapping(DEED_LABELS).get(str(step.get("do")), "") or "步骤"),
        text=str(step.get("text") or ""),
        to=named(step.get("to"), names),
        time=said[0] if said else "",
        after=tuple(str(one) for one in things(step.get("after"))),
        waits_for=condition_said(step.get("waits_for")) if step.get("waits_for") else "",
        mends=tuple(at_step(items, of, name)),
        is_critical=bool(slot and slot.is_critical),
    )


def _step(data: Any, card: StepCard) -> dict[str, Any]:
    """The step that a card shows; only its lengths and order are wanted."""
    for key, level in levels_of(data).items():
        steps = things(level.get("steps"))
        if card.of in {"", key} and card.at < len(steps):
            step = mapping(steps[card.at])
            if (name_of(step) or f"{card.at}") == card.id:
                return step
    return {}


def _columns(slots: list[Slot]) -> dict[str, int]:
    """A column for each moment at which something may begin; what waits stands right of it in any case."""
    moments = sorted({(one.begins, one.column) for one in slots})
    return {one.name: moments.index((one.begins, one.column)) for one in slots}


def _ticks(slots: list[Slot], columns: Mapping[str, int]) -> Iterable[Tick]:
    told: set[timedelta] = set()
    for slot in sorted(slots, key=lambda one: columns[one.name]):
        if slot.begins not in told:
            told.add(slot.begins)
            label = duration_label(slot.begins) or "0"
            yield Tick(x=LEFT + columns[slot.name] * COLUMN, label=label)


def _arrows(boxes: Mapping[str, Box]) -> Iterable[Arrow]:
    for box in boxes.values():
        for name in box.card.after:
            start = boxes.get(name)
            if start is None or start.x >= box.x:
                continue
            x, y, to, down = start.right, start.middle, box.x, box.middle
            bend = min(40, (to - x) // 2)
            yield Arrow(
                path=f"M{x} {y} C{x + bend} {y} {to - bend} {down} {to} {down}",
                is_critical=start.card.is_critical and box.card.is_critical,
            )


def _rank(spelling: str) -> int:
    sign = sign_of(spelling)
    return HIGHEST_FIRST.index(sign) if sign in HIGHEST_FIRST else len(HIGHEST_FIRST)


def _spelled(levels: Mapping[str, Any], wanted: Any) -> str:
    """A level's name as the text spells it; empty where there is none."""
    sign = sign_of(str(wanted or ""))
    return next((key for key in levels if sign and sign_of(key) == sign), "")


def _cut(text: str, signs: int) -> str:
    return text if len(text) <= signs else text[: signs - 1] + "…"


def _dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
