"""What may be asked of plans."""

from liandong.plans.language import shipped_text
from liandong.plans.queries.book import Book, Chair
from liandong.plans.queries.check_up import (
    CheckUp,
    Health,
    Spot,
    Trouble,
    check_up_of,
    county_check_up,
)
from liandong.plans.queries.county import County, county
from liandong.plans.queries.fact import (
    facts_of,
    facts_told,
    grade_subject,
    is_looked_at,
    merged,
    scalar,
    townships,
)
from liandong.plans.queries.library import Gap, Shipped, gaps_of, localized, shipped_plans
from liandong.plans.queries.manuscript import (
    Reading,
    changes_of,
    guesses_of,
    hazards_known,
    holder_of,
    manuscript_visible,
    manuscripts_visible,
    places_said,
    reading_of,
    redoable,
    undoable,
)
from liandong.plans.queries.mending import Mend, Mending, mending_of
from liandong.plans.queries.page import end_lines, group_lines, level_pages
from liandong.plans.queries.place import place_called, value_said
from liandong.plans.queries.run import (
    held_back,
    run_visible,
    running,
    running_among,
    running_in,
    runs_in,
    steps_due,
    steps_of,
    steps_of_all_levels,
)
from liandong.plans.queries.version import (
    active_version,
    plan_of,
    versions_in_force,
    versions_of,
)
from liandong.plans.queries.what_if import Answer, facts_looked_at, supposed

__all__ = [
    "Answer",
    "Book",
    "Chair",
    "CheckUp",
    "County",
    "Gap",
    "Health",
    "Mend",
    "Mending",
    "Reading",
    "Shipped",
    "Spot",
    "Trouble",
    "active_version",
    "changes_of",
    "check_up_of",
    "county",
    "county_check_up",
    "end_lines",
    "facts_looked_at",
    "facts_of",
    "facts_told",
    "gaps_of",
    "grade_subject",
    "group_lines",
    "guesses_of",
    "hazards_known",
    "held_back",
    "holder_of",
    "is_looked_at",
    "level_pages",
    "localized",
    "manuscript_visible",
    "manuscripts_visible",
    "mending_of",
    "merged",
    "place_called",
    "places_said",
    "plan_of",
    "reading_of",
    "redoable",
    "run_visible",
    "running",
    "running_among",
    "running_in",
    "runs_in",
    "scalar",
    "shipped_plans",
    "shipped_text",
    "steps_due",
    "steps_of",
    "steps_of_all_levels",
    "supposed",
    "townships",
    "undoable",
    "value_said",
    "versions_in_force",
    "versions_of",
]
