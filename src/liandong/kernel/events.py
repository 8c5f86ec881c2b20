"""Events: facts an app publishes, so that apps above may answer without being known below."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar, dataclass_transform
from uuid import UUID

from liandong.kernel.wording import gettext


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all facts. Fields are JSON values and ids: an event outlives the code that wrote it."""

    name: ClassVar[str]
    version: ClassVar[int]
    subject_kind: ClassVar[str]
    say: ClassVar[str] = ""
    says: ClassVar[Mapping[str, str]] = {}
    cuts: ClassVar[bool] = False
    stays: ClassVar[frozenset[str]] = frozenset()
    reaches_drills: ClassVar[bool] = False
    subject_id: str

    def payload(self) -> dict[str, Any]:
        """Everything the journal keeps of what was said."""
        return dataclasses.asdict(self)


@dataclass(frozen=True, kw_only=True)
class Cause:
    """What is being answered, an entry or a timer, and the key under which it is answered once."""

    entry: UUID | None
    realm: str
    key: str
    at: datetime
    incident: str = ""


class NotYetError(Exception):
    """Raised by a handler that cannot answer now through no fault of its own: tried again for ever."""


E = TypeVar("E", bound=Event)
Handler = Callable[[E, Cause], None]
known: dict[str, type[Event]] = {}
handlers: dict[str, dict[str, Handler[Any]]] = defaultdict(dict)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(name: str, *, about: str, version: int = 1) -> Callable[[type[E]], type[E]]:
    """Declare an event class under the name the journal keeps for ever.

    ``say`` on the class is its sentence for timelines, e.g. ``gettext_noop("下达指令:{text}")``;
    it is translated as it is read, what it quotes stays as it was written. ``says`` holds other
    sentences, by the ``kind`` in what the event carries.
    ``cuts`` marks an event after which the live streams of the account it is about end.
    ``stays`` names what remains of it in the warrant when its payload is destroyed: counts, states,
    keys and moments; never what people are called or said.
    ``reaches_drills`` marks one that, being real, is told to whoever is in a drill just now too.
    """

    def register(cls: type[E]) -> type[E]:
        cls.name, cls.version, cls.subject_kind = name, version, about
        frozen = dataclass(frozen=True, kw_only=True)(cls)
        if known.setdefault(name, frozen).__qualname__ != frozen.__qualname__:
            raise ValueError(f"two events are called {name}")
        return frozen

    return register


def on(kind: type[E]) -> Callable[[Handler[E]], Handler[E]]:
    """Answer an event after its commit: at least once, and in order for each subject."""

    def register(fn: Handler[E]) -> Handler[E]:
        handlers[kind.name][f"{fn.__module__}.{fn.__name__}"] = fn
        return fn

    return register


def sentence(name: str, payload: dict[str, Any]) -> str:
    """Say in one line what an entry tells; the bare name when its class is no longer known."""
    kind = known.get(name)
    if kind is None or not kind.say:
        return name
    say = kind.says.get(payload.get("kind", ""), kind.say)
    return gettext(say).format_map(defaultdict(str, payload))
