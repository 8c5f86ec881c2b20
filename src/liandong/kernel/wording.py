"""Words: in the reader's language on pages, in the county's own in whatever is kept or sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, Self

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

NUMERALS = "〇一二三四五六七八九"


class Said(str):
    """A text that remembers what it was made of, so that it can be told in another language."""

    __slots__ = ("given", "make")

    make: Callable[[], str]
    given: Any

    def __new__(cls, make: Callable[[], str], given: Any = None) -> Self:
        said = super().__new__(cls, _told(make, given))
        said.make, said.given = make, given
        return said

    def __mod__(self, given: Any) -> Said:
        return Said(self.make, given)

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


def gettext(message: str) -> Said:
    """Translate as Django does; what comes out can be told again in another language."""
    return Said(lambda: _translated(translation.get_language(), message))


@lru_cache(maxsize=8192)
def _translated(_language: str | None, message: str) -> str:
    """Look a message up in the language that is spoken; a page says the same few words over and over."""
    return str(translation.gettext(message))


def ngettext(one: str, many: str, number: int) -> Said:
    """The same, with a plural."""
    return Said(lambda: translation.ngettext(one, many, number))


def pgettext(context: str, message: str) -> Said:
    """The same, for a word that means different things in different places."""
    return Said(lambda: translation.pgettext(context, message))


def listed(items: Iterable[str | Promise]) -> Said:
    """Name several things in one breath: 甲、乙、丙."""
    kept = list(items)
    return Said(lambda: translation.gettext("、").join(str(retold(one)) for one in kept))


def retold(value: Any) -> Any:
    """Tell a text, or the texts in a mapping or list, in the language that is spoken now."""
    if isinstance(value, Said):
        return _told(value.make, value.given)
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, Mapping):
        return {key: retold(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(retold(one) for one in value)
    return value


def counted(number: int) -> str:
    """Write a small number as it is spoken: 十二 in Chinese, 12 elsewhere and beyond 99."""
    if not (translation.get_language() or "zh").startswith("zh") or not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    many = (NUMERALS[tens] if tens > 1 else "") + "十" if tens else ""
    return f"{many}{NUMERALS[ones] if ones or not tens else ''}"


def recorded() -> AbstractContextManager[None]:
    """Speak the county's own language: of what is kept, signed or sent there is one wording."""
    return translation.override(settings.LANGUAGE_CODE)


def as_kept(text: str | Promise) -> Callable[[], str]:
    """Give the first value of a form's field that is going to be kept, in the county's words."""

    def told() -> str:
        with recorded():
            return str(retold(text))

    return told


def _told(make: Callable[[], str], given: Any) -> str:
    said = str(make())
    return said if given is None else said % retold(given)
