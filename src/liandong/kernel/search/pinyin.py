"""How Chinese characters are read, for those who type pinyin: 县水利局 is xianshuiliju, or xslj."""

import os
from functools import lru_cache

# Single characters are asked for, all readings of them; the dictionary of phrases is 45 MB nobody reads.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

from pypinyin import Style, pinyin


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """Every reading of a character without tones, the usual one first: 单 is dan, chan, shan.

    A surname's own reading is among them. ``ü`` is written ``v``. A letter reads as itself;
    digits, signs and characters nobody reads have none.
    """
    if character.isascii():
        return (character.lower(),) if character.isalpha() else ()
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(one for one in (found[0] if found else ()) if one.isascii() and one.isalpha())


def initials(text: str) -> str:
    """The first letters of a name by its usual readings; digits stay, what has no reading is left out."""
    return "".join(_first(character) for character in text)


def _first(character: str) -> str:
    if character.isascii() and character.isdigit():
        return character
    return next(iter(readings(character)), "")[:1]
