"""One line of a file as a record: what it says anew, and what of an existing record it leaves alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from shapely import from_wkt, to_wkt
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape

from liandong.documents.sheets import Finding, Line
from liandong.documents.sheets.quantities import POWERS, read_quantity
from liandong.documents.sheets.text import tidy
from liandong.kernel.geo.shapes import shape_of
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.sharing.actions.sheet_county import County
from liandong.sharing.actions.writing import RecordRow, row_of
from liandong.sharing.models import Record
from liandong.sharing.registers import Field, Kind, Register
from liandong.sharing.states import Sensitivity

BLANK: tuple[Any, ...] = (None, "", [])
LONGEST_NAME = 200


@dataclass
class LineReader:
    """Reads one line over a record, or over nothing; ``sees_all``: also its sensitive fields."""

    register: Register
    county: County
    line: Line
    record: Record | None
    sees_all: bool
    findings: list[Finding] = field(default_factory=list)

    def read(self) -> RecordRow:
        """The record as it is to be, sound only if nothing was found wrong."""
        before = row_of(self.record) if self.record else RecordRow(name="", body_id="")
        row = replace(
            before,
            row=self.line.row,
            expected_version=self.record.version if self.record else 0,
            name=self._kept_text("name", before.name)[:LONGEST_NAME],
            body_id=self._body(before.body_id),
            division_code=self._division(before.division_code),
            address=self._kept_text("address", before.address),
            sensitivity=self._sensitivity(before.sensitivity),
            extent=self._extent(before.extent),
            values=self._values(before.values),
        )
        return self._placed(row, before)

    def _wrong(self, key: str, problem: Invalid) -> None:
        self.findings.append(self.line.wrong(key, f"{problem.title}{problem.remedy}"))

    def _kept_text(self, key: str, kept: str) -> str:
        """What a cell says; the old text where there is no such column, or it says the same."""
        text = self.line[key]
        return kept if key not in self.line.cells or text == tidy(kept) else text

    def _body(self, kept: str) -> str:
        text = self.line["body"]
        if not text:
            if not kept and self.county.own is None:
                self.findings.append(self.line.wrong("body", _("“责任单位”没有填写。")))
            return kept or (str(self.county.own.pk) if self.county.own else "")
        try:
            return str(self.county.body(text).pk)
        except Invalid as problem:
            self._wrong("body", problem)
            return kept

    def _division(self, kept: str) -> str:
        text = self.line["division_code"]
        if not text or "division_code" not in self.line.cells:
            return "" if "division_code" in self.line.cells else kept
        if text == kept:
            return kept
        try:
            return self.county.division(text)
        except Invalid as problem:
            self._wrong("division_code", problem)
            return kept

    def _sensitivity(self, kept: str) -> str:
        text = self.line["sensitivity"]
        if not text:
            return kept
        named = {str(label): value for value, label in Sensitivity.choices}
        if text not in named:
            wrong = _("知悉范围应为：%(all)s。") % {"all": "、".join(named)}
            self.findings.append(self.line.wrong("sensitivity", wrong))
        return named.get(text, kept)

    def _extent(self, kept: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """A shape as WKT or GeoJSON; a blank cell leaves what was drawn."""
        text = self.line["extent"]
        if not text or text == extent_text(kept):
            return kept
        try:
            told = json.loads(text) if text.startswith("{") else mapping(from_wkt(text))
            drawn = shape_of(json.loads(json.dumps(told)))
        except (ShapelyError, ValueError) as wrong:
            self.findings.append(
                self.line.wrong(
                    "extent", _("图形读不出来：%(why)s。") % {"why": str(wrong)[:60]}
                )
            )
            return kept
        except Invalid as problem:
            self._wrong("extent", problem)
            return kept
        if drawn.geom_type.removeprefix("Multi") not in self.register.shapes:
            self.findings.append(self.line.wrong("extent", _("这种登记不能画成这样的图形。")))
            return kept
        plain: dict[str, Any] = json.loads(json.dumps(mapping(drawn)))
        return plain

    def _placed(self, row: RecordRow, before: RecordRow) -> RecordRow:
        """With longitude and latitude; those that follow from an extent stay while it stays."""
        if not {"lon", "lat"} & set(self.line.cells):
            return row if row.extent == before.extent else replace(row, lon=None, lat=None)
        if not self.line["lon"] or not self.line["lat"]:
            same = row.extent is not None and row.extent == before.extent
            return row if same else replace(row, lon=None, lat=None)
        return replace(row, lon=Decimal(self.line["lon"]), lat=Decimal(self.line["lat"]))

    def _values(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        values = dict(kept)
        for one in self.register.fields:
            if one.key not in self.line.cells and not self._must_say(one, kept):
                continue
            try:
                value = self._value(one, kept)
            except Invalid as problem:
                self._wrong(one.key, problem)
                continue
            if value in BLANK:
                values.pop(one.key, None)
            else:
                values[one.key] = value
        if not self.findings:
            for key, why in self.register.check(values).items():
                self.findings.append(self.line.wrong(key, str(why)))
        return values

    def _value(self, one: Field, kept: Mapping[str, Any]) -> Any:
        """What a cell says of a field; raises ``Invalid``."""
        value, text = kept.get(one.key), self._text(one)
        if one.sensitive and not self.sees_all:
            if text:
                raise Invalid(
                    _("“%(title)s”您无权改动。") % {"title": one.title}, remedy=_("请留空。")
                )
            return value
        if value is not None and text == tidy(one.show(value)):
            return value
        if one.kind == Kind.CODE:
            return self._code(one, text)
        return one.parse(text)

    def _must_say(self, one: Field, kept: Mapping[str, Any]) -> bool:
        return one.required and self.record is None and kept.get(one.key) is None

    def _code(self, one: Field, text: str) -> Any:
        if not text:
            named = self.county.goods.get(self.line["name"]) if self.record is None else None
            return named if one.codes == "goods" else one.parse("")
        return (
            self.county.goods_code(text) if one.codes == "goods" else self.county.division(text)
        )

    def _text(self, one: Field) -> str:
        """A cell, with what stands in a column beside it or in the heading: a telephone, a unit."""
        text = self.line[one.key]
        if not text:
            return text
        if one.kind == Kind.PERSON and (phone := self.line[f"{one.key}.phone"]):
            return text if any(mark.isdigit() for mark in text) else f"{text} {phone}"
        unit = self.line[f"{one.key}.unit"] or self.line.units.get(one.key, "")
        if unit and one.kind == Kind.QUANTITY:
            return text if _has_unit(text) else f"{text}{unit}"
        if unit and one.kind in {Kind.INTEGER, Kind.DECIMAL}:
            return _scaled(text, unit, str(one.unit))
        return text


def extent_text(extent: Mapping[str, Any] | None) -> str:
    """A shape as it stands in a cell: WKT, every digit of it."""
    return to_wkt(shape(extent), rounding_precision=-1) if extent else ""


def _has_unit(text: str) -> bool:
    try:
        return bool(read_quantity(text).unit)
    except Invalid:
        return True


def _scaled(text: str, unit: str, ours: str) -> str:
    """A number in the register's unit: 2.6 under 万人 is 26000. Raises ``Invalid`` for another unit."""
    if not ours or unit == ours:
        return text
    times = (
        POWERS.get(unit.removesuffix(ours), 0) if unit.endswith(ours) else POWERS.get(unit, 0)
    )
    if not times:
        raise Invalid(
            _("这一列的单位是“%(theirs)s”，登记簿按“%(ours)s”。")
            % {"theirs": unit, "ours": ours},
            remedy=_("请换算后再传。"),
        )
    try:
        return f"{Decimal(text.replace(',', '')) * times:f}"
    except ArithmeticError:
        return text
