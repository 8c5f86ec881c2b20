"""What names in a file mean in this county: bodies, townships, goods."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from shapely.geometry.base import BaseGeometry

from liandong.kernel.actors import Actor
from liandong.kernel.basemaps import reading
from liandong.kernel.divisions import Division
from liandong.kernel.geo.shapes import distance_to_m, is_within
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization import queries as organization
from liandong.organization.models import Body
from liandong.organization.queries import Boards
from liandong.organization.states import BodyKind
from liandong.sharing import queries

GOODS_DIGITS = 7
NEAR = 0.5


@dataclass(frozen=True)
class County:
    """Names read once for a whole file; ``own`` is the one body the actor works for."""

    boards: Boards
    towns: Mapping[str, str]
    goods: Mapping[str, str]
    own: Body | None
    outline: BaseGeometry | None

    @classmethod
    def of(cls, actor: Actor, place: Division, body: Body | None = None) -> "County":
        """Read what the county calls its bodies, townships and goods; ``body`` stands for the actor's own."""
        own = [body.pk] if body else queries.own_bodies(actor)
        towns = {
            name: one.division_code
            for one in organization.bodies_by_kind(BodyKind.TOWNSHIP)
            if one.division_code
            for name in (one.short_name, one.name, one.division_code)
        }
        mine = organization.all_bodies().filter(pk=own[0]).first() if len(own) == 1 else None
        outline = reading.outline(reading.drawn())
        return cls(organization.boards(place), towns, queries.goods_codes(), mine, outline)

    def far_off(self, lon: Decimal | None, lat: Decimal | None) -> str:
        """How far outside the county a place is, in words; nothing for one inside, or with no base map."""
        if self.outline is None or lon is None or lat is None:
            return ""
        if is_within(float(lon), float(lat), self.outline):
            return ""
        away = distance_to_m(float(lon), float(lat), self.outline) / 1000
        return _("在县界外 %(km).1f 公里") % {"km": away}

    def body(self, text: str) -> Body:
        """The body of a name, an alias or a former name; raises ``Invalid`` for none or several."""
        found = self.boards.called(text)
        if len(found) == 1:
            return found[0]
        if found:
            raise Invalid(
                _("有几个机构都叫“%(name)s”。") % {"name": text[:40]}, remedy=_("请写全称。")
            )
        near = self.boards.near(text)
        raise Invalid(
            _("没有叫“%(name)s”的机构。") % {"name": text[:40]},
            remedy=_("是不是%(names)s？") % {"names": listed(near)}
            if near
            else _("请先登记机构，或在机构里添加别名。"),
        )

    def division(self, text: str) -> str:
        """The code of a township by its name, or of a place in one by its own; raises ``Invalid``."""
        bare = "".join(text.split())
        if bare in self.towns:
            return self.towns[bare]
        inside = any(bare.startswith(code) for code in self.towns.values())
        if bare.isdecimal() and len(bare) in {6, 9, 12} and (inside or not self.towns):
            return bare
        raise Invalid(
            _("没有“%(town)s”这个乡镇。") % {"town": text[:30]},
            remedy=_("请写乡镇名或 9 位、12 位区划代码。"),
        )

    def goods_code(self, text: str) -> str:
        """The code of goods by any name of theirs; raises ``Invalid``, naming what comes close."""
        if text.isdecimal() and len(text) == GOODS_DIGITS and queries.is_goods_code(text):
            return text
        if text in self.goods:
            return self.goods[text]
        near = difflib.get_close_matches(text, self.goods, n=3, cutoff=NEAR)
        raise Invalid(
            _("没有“%(name)s”这种物资编码。") % {"name": text[:30]},
            remedy=_("是不是%(names)s？") % {"names": listed(near)}
            if near
            else _("请写 GB/T 38565 的名称或 7 位编码，或在物资别名里添加。"),
        )
