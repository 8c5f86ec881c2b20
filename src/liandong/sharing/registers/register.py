"""A register: what is kept of each thing of one kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.sharing.registers.common import COMMON
from liandong.sharing.registers.field import Field
from liandong.sharing.registers.reading import Value, Word

POINT, LINE, AREA = "Point", "LineString", "Polygon"
PLACED = frozenset({"lon", "lat"})


@dataclass(frozen=True, kw_only=True)
class Register:
    """A register of the county under its kind. Its numbers begin with ``prefix``.

    ``freshness_days``: after so long without a change or a confirmation a record is stale.
    ``facets``: keys of choices a list is narrowed by. ``inspection``: the key of the field that says
    how often it is inspected. ``mark``: the sign on the map.
    ``check`` holds values against one another, and says by key what does not fit.
    """

    kind: str
    title: Word
    prefix: str
    fields: tuple[Field, ...]
    freshness_days: int
    source: Word
    shapes: tuple[str, ...] = (POINT,)
    facets: tuple[str, ...] = ()
    inspection: str = ""
    mark: str = "disc"
    about: Word = ""
    check: Callable[[Mapping[str, Value]], dict[str, str]] = lambda _values: {}

    @property
    def columns(self) -> tuple[Field, ...]:
        """Everything a form or a sheet has: what all registers share, then this one's own."""
        shared = (
            COMMON if self.shapes else tuple(one for one in COMMON if one.key not in PLACED)
        )
        return shared + self.fields

    @property
    def layer(self) -> str:
        """The key of its layer on the map."""
        return f"sharing-{self.kind.replace('_', '-')}"

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        """Its own fields by key."""
        return {field.key: field for field in self.fields}

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """Keys of what only the unit and the offices see."""
        return frozenset(field.key for field in self.fields if field.sensitive)

    @cached_property
    def expiring(self) -> tuple[Field, ...]:
        """Fields whose day has to be reminded of."""
        return tuple(field for field in self.fields if field.expires)

    def parse(self, texts: Mapping[str, str]) -> dict[str, Value]:
        """Read texts by key into values, blanks left out. Raises one ``Invalid`` naming every wrong field."""
        values, wrong = {}, {}
        for field in self.fields:
            try:
                value = field.parse(texts.get(field.key, ""))
            except Invalid as problem:
                wrong[field.key] = f"{problem.title}{problem.remedy}"
                continue
            if value not in (None, "", []):
                values[field.key] = value
        wrong = wrong or self.check(values)
        if wrong:
            raise Invalid(
                _("%(register)s有 %(count)s 项要改。")
                % {"register": self.title, "count": len(wrong)},
                remedy=_("请按提示改正。"),
                fields=wrong,
            )
        return values

    def accept(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return values as ``parse`` gives them. Raises ``Invalid`` for what it would never give."""
        shown = self.show(values)
        parsed = self.parse(shown)
        wrong = set(values) - set(shown)
        wrong |= {key for key in shown if not _alike(parsed[key], values[key])}
        if wrong:
            raise Invalid(
                _("%(register)s的内容不合登记簿的格式。") % {"register": self.title},
                remedy=_("请按登记簿的字段填写。"),
                fields={key: _("没有这个字段，或写法不对") for key in sorted(wrong)},
            )
        return parsed

    def show(self, values: Mapping[str, Value]) -> dict[str, str]:
        """Write values by key as people read them, in the order of the fields; blanks left out."""
        return {
            field.key: field.show(values[field.key])
            for field in self.fields
            if values.get(field.key) not in (None, "", [])
        }


def _alike(kept: Value, said: Value) -> bool:
    """Whether two values are the same; the order of several choices says nothing."""
    if isinstance(kept, list) and isinstance(said, list | tuple):
        return sorted(kept) == sorted(said)
    return bool(kept == said)
