"""The plan language: pure Python, no Django, so that anybody may read and grade a plan with it."""

from liandong.plans.language.conditions import STATUS_LABELS, Condition, Status
from liandong.plans.language.document import (
    DEED_LABELS,
    GROUP_LABELS,
    Deciders,
    FieldGroup,
    Inform,
    Level,
    Plan,
    Replacement,
    Source,
    Step,
)
from liandong.plans.language.durations import duration_label, read_duration, write_duration
from liandong.plans.language.facts import Dictionary, Fact, FactError, Known, Value, dictionary
from liandong.plans.language.findings import (
    ClauseFinding,
    EndFinding,
    Grading,
    LevelFinding,
    NextThreshold,
    Question,
)
from liandong.plans.language.grading import grade, holds
from liandong.plans.language.graph import due_steps
from liandong.plans.language.levels import (
    HIGHEST_FIRST,
    LevelKey,
    level_label,
    rank,
    read_level,
)
from liandong.plans.language.problems import Flaw, PlanInvalidError
from liandong.plans.language.reach import AT, base_name, fact_named
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
from liandong.plans.language.truth import TooManyCasesError, Verdict

__all__ = [
    "AT",
    "DEED_LABELS",
    "GROUP_LABELS",
    "HIGHEST_FIRST",
    "SEVERITY_LABELS",
    "STATUS_LABELS",
    "ClauseFinding",
    "Condition",
    "Deciders",
    "Dictionary",
    "EndFinding",
    "Fact",
    "FactError",
    "FieldGroup",
    "Flaw",
    "Grading",
    "Inform",
    "Known",
    "Level",
    "LevelFinding",
    "LevelKey",
    "NextThreshold",
    "Plan",
    "PlanInvalidError",
    "Question",
    "Replacement",
    "SeverityFinding",
    "SeverityTable",
    "Source",
    "Status",
    "Step",
    "TooManyCasesError",
    "Value",
    "Verdict",
    "base_name",
    "clauses_of",
    "deciders_sentence",
    "dictionary",
    "due_steps",
    "dump",
    "duration_label",
    "fact_named",
    "grade",
    "grade_severity",
    "holds",
    "level_label",
    "load",
    "parts_of",
    "plain",
    "rank",
    "read_duration",
    "read_level",
    "schema",
    "sentence",
    "severity_tables",
    "write_duration",
]
