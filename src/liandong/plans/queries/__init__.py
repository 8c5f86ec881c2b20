"""What may be asked of plans."""

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
    merged,
    scalar,
    townships,
)
from liandong.plans.queries.library import Gap, Shipped, gaps_of, localized, shipped_plans
from liandong.plans.queries.page import end_lines, group_lines, level_pages
from liandong.plans.queries.run import run_visible, running, steps_due, steps_of
from liandong.plans.queries.version import (
    active_version,
    plan_of,
    shipped_text,
    versions_in_force,
    versions_of,
)

__all__ = [
    "CheckUp",
    "County",
    "Gap",
    "Health",
    "Shipped",
    "Spot",
    "Trouble",
    "active_version",
    "check_up_of",
    "county",
    "county_check_up",
    "end_lines",
    "facts_of",
    "facts_told",
    "gaps_of",
    "grade_subject",
    "group_lines",
    "level_pages",
    "localized",
    "merged",
    "plan_of",
    "run_visible",
    "running",
    "scalar",
    "shipped_plans",
    "shipped_text",
    "steps_due",
    "steps_of",
    "townships",
    "versions_in_force",
    "versions_of",
]
