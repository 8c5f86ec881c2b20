"""From what is typed to what is kept, and back, for each kind of field."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import get_language

from liandong.documents.sheets.quantities import read_quantity
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed, recorded

Value = Any
Word = str | Promise
LONGEST = {"text": 200, "long_text": 5000}
DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(\d{1,2})\s*日?|月)?(?:[ T]0?0:00(?::00)?)?"
)
BETWEEN = re.compile(r"[、,，;；/|\n]+")
PHONE = re.compile(r"\+?[\d][\d\- ]{4,19}(?:转\d{1,6})?")
PERSON = re.compile(r"(?P<name>[^\d+]*?)[\s:：,，(（]*(?P<phone>\+?\d[\d\- 转]*)?[)）\s]*")
TRUE = {"是", "有", "可", "可以", "能", "√", "✓", "对", "yes", "y", "true", "1"}
FALSE = {"否", "无", "不可", "不可以", "不能", "没有", "×", "✗", "no", "n", "false", "0"}
CODES = {
    "goods": (re.compile(r"\d{7}"), "7"),
    "division": (re.compile(r"\d{6}(\d{3}(\d{3})?)?"), "6、9、12"),
}


class Asked(Protocol):
    """What reading and showing need to know of a field; what is reckoned once of it is kept by it."""

    def __hash__(self) -> int: ...

    @property
    def title(self) -> Word: ...
    @property
    def kind(self) -> str: ...
    @property
    def unit(self) -> Word: ...
    @property
    def required(self) -> bool: ...
    @property
    def choices(self) -> Mapping[str, Word]: ...
    @property
    def words(self) -> Mapping[str, str]: ...
    @property
    def codes(self) -> str: ...


def read(field: Asked, text: str) -> Value:
    """Read what was typed; blank is ``None``. Raises ``Invalid``, with the remedy, for what cannot be."""
    said = text.strip()
    if not said:
        if field.required:
            raise Invalid(
                _("“%(title)s”没有填写。") % {"title": field.title},
                remedy=_("这一项必须填写。"),
            )
        return None
    return READERS[field.kind](field, said)


def show(field: Asked, value: Value) -> str:
    """Write a value as people read it, and as ``read`` reads it again."""
    if value is None or value in ("", []):
        return ""
    shower = SHOWERS.get(field.kind)
    return shower(field, value) if shower else str(value)


def _text(field: Asked, said: str) -> str:
    longest = LONGEST[field.kind] if field.kind in LONGEST else LONGEST["text"]
    if len(said) > longest:
        raise Invalid(
            _("“%(title)s”写了 %(length)s 字，太长。")
            % {"title": field.title, "length": len(said)},
            remedy=_("请不超过 %(longest)s 字。") % {"longest": longest},
        )
    return said


def _decimal(field: Asked, said: str) -> str:
    bare = said.replace(",", "")
    if not bare.isdecimal():
        bare = bare.removesuffix(str(field.unit)).strip()
    try:
        number = Decimal(bare)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= Decimal("1e15"):
        raise _not_a(field, said, _("请只写数字，如 12.5；单位不必写。"))
    if number < 0:
        raise _not_a(field, said, _("这一项不能是负数。"))
    plain = f"{number:f}"
    return (plain.rstrip("0").rstrip(".") or "0") if "." in plain else plain


def _integer(field: Asked, said: str) -> int:
    plain = _decimal(field, said)
    if "." in plain:
        raise _not_a(field, said, _("请写整数。"))
    return int(plain)


def _date(field: Asked, said: str) -> str:
    found = DAY.fullmatch(said)
    if found and found[3]:
        try:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        except ValueError:
            pass
    raise _not_a(field, said, _("请写成 2026-05-01。"))


def _month(field: Asked, said: str) -> str:
    found = DAY.fullmatch(said)
    if found and 1 <= int(found[2]) <= 12:
        return f"{found[1]}-{int(found[2]):02}"
    raise _not_a(field, said, _("请写成 2026-05。"))


def _choice(field: Asked, said: str) -> str:
    key = _meanings(field, get_language()).get(_folded(said))
    if key is not None:
        return key
    raise _not_a(field, said, _("只能是：%(all)s。") % {"all": listed(field.choices.values())})


# A list asks the same few words of every row. Fields last as long as the program does.
@cache
def _meanings(field: Asked, _language: str | None) -> Mapping[str, str]:
    """The key that each word for a choice means, in the language that is spoken."""
    choices, words = list(field.choices.items()), list(field.words.items())
    labels = {_folded(str(label)): key for key, label in reversed(choices)}
    keys = {_folded(key): key for key, _label in choices}
    return {
        **{_folded(word): key for word, key in reversed(words)},
        **labels,
        **keys,
    }


@cache
def _labels(field: Asked, _language: str | None) -> Mapping[str, str]:
    """How each choice is called, in the language that is spoken."""
    return {key: str(label) for key, label in field.choices.items()}


def _choices(field: Asked, said: str) -> list[str]:
    chosen = {_choice(field, part) for part in BETWEEN.split(said) if part.strip()}
    return [key for key in field.choices if key in chosen]


def _yes_no(field: Asked, said: str) -> bool:
    word = said.lower()
    if word in TRUE or word in FALSE:
        return word in TRUE
    raise _not_a(field, said, _("请写“是”或“否”。"))


def _person(field: Asked, said: str) -> dict[str, str]:
    found = PERSON.fullmatch(said)
    name, phone = (found["name"].strip(), (found["phone"] or "").strip()) if found else ("", "")
    if not name or (phone and not PHONE.fullmatch(phone)):
        raise _not_a(field, said, _("请写姓名和电话，如 张三 13900000000。"))
    return {"name": _text(field, name), "phone": phone}


def _quantity(field: Asked, said: str) -> Value:
    with recorded():  # the unit is kept with it
        unit = str(field.unit)
    return read_quantity(said, unit).as_data()


def _code(field: Asked, said: str) -> str:
    shape, digits = CODES[field.codes]
    if not shape.fullmatch(said):
        raise _not_a(field, said, _("应为 %(digits)s 位数字。") % {"digits": digits})
    return said


def _not_a(field: Asked, said: str, remedy: str) -> Invalid:
    problem = _("“%(title)s”看不懂“%(said)s”。") % {"title": field.title, "said": said[:40]}
    return Invalid(problem, remedy=remedy)


def _folded(text: str) -> str:
    """Write what is the same to a reader in the same way: ⅠⅡⅢⅣ, I–IV, width and spaces."""
    return unicodedata.normalize("NFKC", text).replace(" ", "").lower()


READERS: dict[str, Callable[[Asked, str], Value]] = {
    "text": _text,
    "long_text": _text,
    "body": _text,
    "integer": _integer,
    "decimal": _decimal,
    "quantity": _quantity,
    "date": _date,
    "month": _month,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "person": _person,
    "code": _code,
}
SHOWERS: dict[str, Callable[[Asked, Value], str]] = {
    "quantity": lambda _field, kept: str(kept["said"]),
    "choice": lambda field, kept: _labels(field, get_language()).get(kept, str(kept)),
    "choices": lambda field, kept: str(listed([field.choices.get(one, one) for one in kept])),
    "yes_no": lambda _field, kept: str(_("是") if kept else _("否")),
    "person": lambda _field, kept: f"{kept['name']} {kept['phone']}".strip(),
}
