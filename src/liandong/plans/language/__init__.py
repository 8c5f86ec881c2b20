"""The plan language: pure Python, no Django, so that anybody may read and grade a plan with it."""

from liandong.plans.language.capabilities import CAPABILITY_LABELS, NEED, need_read, need_said
from liandong.plans.language.checking import plans_named
from liandong.plans.language.comparing import Difference, differences
from liandong.plans.language.conditions import STATUS_LABELS, Condition, Status
from liandong.plans.language.document import (
    DEED_LABELS,
    GROUP_LABELS,
    Deciders,
    FieldGroup,
    Inform,
    Level,
    Period,
    Plan,
    Replacement,
    Source,
    Step,
)
from liandong.plans.language.durations import duration_label, read_duration, write_duration
from liandong.plans.language.facts import (
    NONE,
    Dictionary,
    Fact,
    FactError,
    Known,
    Townships,
    Value,
    dictionary,
    read_dictionary,
)
from liandong.plans.language.findings import (
    ClauseFinding,
    EndFinding,
    Grading,
    LevelFinding,
    NextThreshold,
    Question,
)
from liandong.plans.language.given import Given, read_given
from liandong.plans.language.grading import grade, holds, looked_at
from liandong.plans.language.graph import due_steps
from liandong.plans.language.ladder import Ladder, ladder
from liandong.plans.language.levels import (
    HIGHEST_FIRST,
    LevelKey,
    level_label,
    rank,
    read_level,
)
from liandong.plans.language.problems import Flaw, PlanInvalidError
from liandong.plans.language.reach import AT, PLAN_LEVEL, base_name, fact_named
from liandong.plans.language.reader import clauses_of, parts_of
from liandong.plans.language.reading import dump, load, plain, schema
from liandong.plans.language.sentences import deciders_sentence, sentence
from liandong.plans.language.severity import (
    SEVERITY_LABELS,
    SeverityFinding,
    SeverityTable,
    grade_severity,
    severity_tables,
)
from liandong.plans.language.shares import Shares, shares_of
from liandong.plans.language.shelf import shipped_names, shipped_text
from liandong.plans.language.truth import TooManyCasesError, Verdict
from liandong.plans.language.turns import next_turn, windows_of

__all__ = [
    "AT",
    "CAPABILITY_LABELS",
    "DEED_LABELS",
    "GROUP_LABELS",
    "HIGHEST_FIRST",
    "NEED",
    "NONE",
    "PLAN_LEVEL",
    "SEVERITY_LABELS",
    "STATUS_LABELS",
    "ClauseFinding",
    "Condition",
    "Deciders",
    "Dictionary",
    "Difference",
    "EndFinding",
    "Fact",
    "FactError",
    "FieldGroup",
    "Flaw",
    "Given",
    "Grading",
    "Inform",
    "Known",
    "Ladder",
    "Level",
    "LevelFinding",
    "LevelKey",
    "NextThreshold",
    "Period",
    "Plan",
    "PlanInvalidError",
    "Question",
    "Replacement",
    "SeverityFinding",
    "SeverityTable",
    "Shares",
    "Source",
    "Status",
    "Step",
    "TooManyCasesError",
    "Townships",
    "Value",
    "Verdict",
    "base_name",
    "clauses_of",
    "deciders_sentence",
    "dictionary",
    "differences",
    "due_steps",
    "dump",
    "duration_label",
    "fact_named",
    "grade",
    "grade_severity",
    "holds",
    "ladder",
    "level_label",
    "load",
    "looked_at",
    "need_read",
    "need_said",
    "next_turn",
    "parts_of",
    "plain",
    "plans_named",
    "rank",
    "read_dictionary",
    "read_duration",
    "read_given",
    "read_level",
    "schema",
    "sentence",
    "severity_tables",
    "shares_of",
    "shipped_names",
    "shipped_text",
    "windows_of",
    "write_duration",
]
