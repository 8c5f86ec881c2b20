"""What every paper written just now says of itself in its head: that it is of a drill, not of what is real."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Marking:
    """The words, and whether a paper was written under them: only then is there one to be named so."""

    words: str
    was_written: bool = False


_mark: ContextVar[Marking | None] = ContextVar("mark", default=None)


@contextmanager
def marked(words: str) -> Iterator[Marking]:
    """Whatever is written within carries the words, whichever app writes it."""
    mark = Marking(words)
    token = _mark.set(mark)
    try:
        yield mark
    finally:
        _mark.reset(token)


def words_in_head() -> str:
    """What the paper being written has to say in its head; nothing for most."""
    mark = _mark.get()
    if mark is None:
        return ""
    mark.was_written = True
    return mark.words
