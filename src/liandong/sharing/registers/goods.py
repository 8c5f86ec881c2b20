"""The codes of emergency goods (GB/T 38565-2020), by the names the standard gives them."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def goods() -> Mapping[str, str]:
    """Name by code, 916 of them."""
    text = files("liandong.sharing.registers").joinpath("goods.csv").read_text("utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}


@cache
def codes_named() -> Mapping[str, str]:
    """Code by name; names that several codes share, such as 其他, mean none of them."""
    found = defaultdict(list)
    for code, name in goods().items():
        found[name].append(code)
    return {name: codes[0] for name, codes in found.items() if len(codes) == 1}
