"""Names of agencies from before the reforms of 2018 and 2023, as ``library/former_names.yaml`` lists them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml


def names_today(name: str) -> tuple[str, ...]:
    """Return what the agency with the work of a former one is called today; nothing for other names."""
    return _former().get(name, ())


@cache
def _former() -> Mapping[str, tuple[str, ...]]:
    path = files("liandong.organization").joinpath("library/former_names.yaml")
    return {
        before: tuple(one["now"])
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))
        for before in one["before"]
    }
