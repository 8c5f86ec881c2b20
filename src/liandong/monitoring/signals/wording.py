"""First drafts of a warning's words, for the people of the issuing body to rewrite."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Wording:
    """What a draft of a level says."""

    category: str
    cautions: str = ""
    measures: str = ""


def wording(hazard: str, level: str) -> Wording:
    """Return the words for a class of hazard at a level; only the category where none are known."""
    levels = wordings().get(hazard, {})
    return levels.get(level) or Wording(next((one.category for one in levels.values()), ""))


@cache
def wordings() -> dict[str, dict[str, Wording]]:
    """Read all words that come with the program, by class of hazard and level."""
    text = files(__package__).joinpath("wording.json").read_text(encoding="utf-8")
    return {
        said["hazard"]: {
            level: Wording(said["category"], **words) for level, words in said["levels"].items()
        }
        for said in json.loads(text)["hazards"]
    }
