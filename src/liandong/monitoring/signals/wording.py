"""First drafts of a warning's words, for the people of the issuing body to rewrite."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Wording:
    """What a draft of a level says."""

    category: str
    cautions: str
    measures: str


def wording(what: str, level: str) -> Wording:
    """Return the words for ``rainstorm`` or ``flood`` at a level."""
    said = _all()[what]
    return Wording(said["category"], said["cautions"][level], said["measures"][level])


@cache
def _all() -> dict[str, Any]:
    text = files(__package__).joinpath("wording.json").read_text(encoding="utf-8")
    return dict(json.loads(text))
