"""Goods by what the county calls them."""

from collections.abc import Mapping

from liandong.sharing.models import GoodsAlias
from liandong.sharing.registers.goods import codes_named, goods


def goods_codes() -> Mapping[str, str]:
    """Code by name: those of GB/T 38565, and over them the county's own."""
    own = dict(GoodsAlias.objects.values_list("name", "code"))
    return {**codes_named(), **own}


def is_goods_code(code: str) -> bool:
    """Say whether the standard has such a code."""
    return code in goods()
