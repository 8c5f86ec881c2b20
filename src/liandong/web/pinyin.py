"""Pinyin initials of Chinese names, for those who type them: 县水利局 is xslj."""

from bisect import bisect_right

# GB 2312 sorts its first 3755 characters by pinyin; each letter begins at one of these codes.
LETTERS = "abcdefghjklmnopqrstwxyz"
STARTS = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
    0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
END = 0xD7F9


def initials(text: str) -> str:
    """The first letters of a name's characters; rarer characters, which have none here, are left out."""
    return "".join(map(_initial, text.lower()))


def _initial(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else ""
    code = int.from_bytes(character.encode("gb18030", "ignore")[:4] or b"\0", "big")
    if not STARTS[0] <= code <= END:
        return ""
    return LETTERS[bisect_right(STARTS, code) - 1]
