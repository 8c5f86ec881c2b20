"""One field of a register: what form, table, spreadsheet, API and history all go by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from liandong.kernel.wording import gettext as _
from liandong.sharing.registers import reading


class Kind(StrEnum):
    """What a field holds, and how its value is kept in JSON."""

    TEXT = "text"  # str
    LONG_TEXT = "long_text"  # str
    INTEGER = "integer"  # int
    DECIMAL = "decimal"  # str, plain decimal digits
    QUANTITY = "quantity"  # {said, amount, upto, unit, exactness}
    DATE = "date"  # str, 2026-05-01
    MONTH = "month"  # str, 2026-05
    CHOICE = "choice"  # str, a key of choices
    CHOICES = "choices"  # list of keys, in the order of choices
    YES_NO = "yes_no"  # bool
    PERSON = "person"  # {name, phone}
    CODE = "code"  # str, of the list named in codes
    BODY = "body"  # str, the name as written


# Each is one thing, not what it is made of: what is reckoned once of a field is kept by it.
@dataclass(frozen=True, kw_only=True, eq=False)
class Field:
    """A field under its key. ``also`` are headings it goes by elsewhere, ``words`` other words for choices.

    ``sensitive``: seen only by the unit that answers for the record and by the offices.
    ``summed``: what a place holds of it adds up, as people do.
    ``expires``: a date on which something runs out, to be reminded of.
    """

    key: str
    title: reading.Word
    kind: Kind = Kind.TEXT
    unit: reading.Word = ""
    choices: Mapping[str, reading.Word] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    codes: str = ""
    required: bool = False
    sensitive: bool = False
    expires: bool = False
    listed: bool = False
    summed: bool = False
    also: tuple[str, ...] = ()
    hint: reading.Word = ""
    source: reading.Word = ""

    def parse(self, text: str) -> reading.Value:
        """Read what was typed or stood in a cell; blank is ``None``. Raises ``Invalid`` in Chinese."""
        return reading.read(self, text)

    def show(self, value: reading.Value) -> str:
        """Write a value as people read it; ``parse`` reads it again as the same."""
        return reading.show(self, value)

    @property
    def heading(self) -> str:
        """The title with its unit, as it stands over a column."""
        if not self.unit:
            return str(self.title)
        return _("%(title)s（%(unit)s）") % {"title": self.title, "unit": self.unit}
