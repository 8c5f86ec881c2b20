"""The facts of the fictional county, as they stand in ``county.yaml``."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def facts() -> dict[str, Any]:
    """Read the county's facts."""
    text = files("liandong.demo").joinpath("county.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read
