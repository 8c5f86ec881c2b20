"""What may be asked of plans."""

from liandong.plans.queries.fact import (
    facts_of,
    facts_told,
    grade_subject,
    merged,
    scalar,
    townships,
)
from liandong.plans.queries.library import Gap, Shipped, gaps_of, localized, shipped_plans
from liandong.plans.queries.page import end_lines, group_lines, level_pages
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
    shipped_text,
    versions_in_force,
    versions_of,
)

__all__ = [
    "Gap",
    "Shipped",
    "active_version",
    "end_lines",
    "facts_of",
    "facts_told",
    "gaps_of",
    "grade_subject",
    "group_lines",
    "held_back",
    "level_pages",
    "localized",
    "merged",
    "plan_of",
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
    "townships",
    "versions_in_force",
    "versions_of",
]
