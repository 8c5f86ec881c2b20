"""The four response levels, and the many ways in which papers write them."""

from typing import Final, Literal, cast, get_args

from liandong.plans.language.wording import gettext_noop

LevelKey = Literal["I", "II", "III", "IV"]

HIGHEST_FIRST: Final[tuple[LevelKey, ...]] = get_args(LevelKey)
_LABELS: Final = dict(
    zip(
        HIGHEST_FIRST,
        (gettext_noop("Ⅰ级"), gettext_noop("Ⅱ级"), gettext_noop("Ⅲ级"), gettext_noop("Ⅳ级")),
        strict=True,
    )
)
_SPELLINGS: Final = {
    spelling: key
    for key, *spellings in (
        ("I", "I", "Ⅰ", "一", "1"),
        ("II", "II", "Ⅱ", "二", "2"),
        ("III", "III", "Ⅲ", "三", "3"),
        ("IV", "IV", "Ⅳ", "四", "4"),
    )
    for spelling in spellings
}


def read_level(text: str) -> LevelKey:
    """Read ``Ⅳ级``, ``IV``, ``四级`` alike; a color is a warning's, and is refused."""
    key = _SPELLINGS.get(text.strip().upper().removesuffix("响应").removesuffix("级"))
    if key is None:
        raise ValueError(f"“{text}”不是响应级别")
    return cast("LevelKey", key)


def rank(level: LevelKey | None) -> int:
    """Order levels by gravity: none 0, IV 1 … I 4."""
    return 0 if level is None else len(HIGHEST_FIRST) - HIGHEST_FIRST.index(level)


def level_label(level: LevelKey) -> str:
    return _LABELS[level]


def span_label(levels: list[LevelKey]) -> str:
    """Name several levels shortly: ``Ⅰ–Ⅲ级``, ``Ⅰ、Ⅲ级``, ``Ⅱ级``."""
    ordered = [level for level in HIGHEST_FIRST if level in levels]
    signs = [_LABELS[level].removesuffix("级") for level in ordered]
    unbroken = rank(ordered[0]) - rank(ordered[-1]) == len(ordered) - 1
    if len(ordered) > 2 and unbroken:
        return f"{signs[0]}–{signs[-1]}级"
    return "、".join(signs) + "级"
