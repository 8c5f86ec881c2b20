"""Taking a script in from a spreadsheet: a row an inject, all of them or none."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liandong.documents.sheets import (
    NEW,
    SAME,
    Change,
    Draft,
    Finding,
    Line,
    draft,
    refuse_findings,
)
from liandong.evaluation.actions.enrolment import staff_scopes
from liandong.evaluation.actions.inject import add_inject
from liandong.evaluation.events import ScriptTaken
from liandong.evaluation.models import Drill, Inject
from liandong.evaluation.permissions import Permission
from liandong.evaluation.rules.drill import demand_author, demand_seat
from liandong.evaluation.rules.inject import checked_data, demand_due, demand_expected
from liandong.evaluation.rules.script_words import ScriptWords, script_words
from liandong.evaluation.states import InjectKind, Trigger
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization.actions import demand_seen

CLOCK = re.compile(r"(?:T\+)?(\d{1,3})[:：](\d{2})")
# Which column a refused argument of an inject stands in.
COLUMNS = {
    "at_minutes": "at",
    "within_minutes": "within",
    "to_post": "post",
    "station": "series",
    "quantity": "series",
}


@dataclass(frozen=True)
class ScriptPlan:
    """The injects to be written, as ``add_inject`` takes them, and the draft that a person looks at."""

    injects: tuple[Mapping[str, Any], ...]
    draft: Draft


def plan_script(
    drill: Drill, rows: Sequence[Line], findings: Sequence[Finding] = ()
) -> ScriptPlan:
    """Say which injects a sheet would add, which the script has already, and what is wrong in which cell."""
    words = script_words()
    there = {_as_written(one) for one in drill.injects.all()}
    wrong, injects, changes = list(findings), [], []
    for row in rows:
        said, faults = _read(row, words)
        wrong += faults
        if said is None:
            continue
        is_there = _said(said) in there
        if not is_there:
            injects.append(said)
        there.add(_said(said))
        detail = " · ".join(one for one in (row["kind"], row["trigger"], row["at"]) if one)
        changes.append(Change(row.row, SAME if is_there else NEW, said["title"], detail))
    return ScriptPlan(tuple(injects), draft(changes, wrong))


@action(Permission.WRITE_INJECT)
def take_script(
    actor: Actor,
    *,
    drill: Drill,
    rows: Sequence[Line],
    seen: str,
    name: str,
    digest: str,
    idempotency_key: str = "",
) -> Drill:
    """Write the injects of a spreadsheet that the script does not have yet. Publishes ``InjectAdded``, ``ScriptTaken``.

    Refuses what ``add_inject`` refuses of any row, and then takes none, and whoever saw another
    draft than ``seen``. Clause 二(五)1.
    """
    demand_seat(actor, drill)
    demand_author(actor, drill)
    # Held, so that the same sheet taken twice at once is not written twice.
    Drill.objects.select_for_update().get(pk=drill.pk)
    planned = plan_script(drill, rows)
    refuse_findings(planned.draft.findings)
    demand_seen(planned.draft, seen)
    for one in planned.injects:
        add_inject(actor, drill=drill, **one)
    fact = ScriptTaken(
        subject_id=str(drill.pk),
        title=drill.name,
        file=name[:200],
        digest=digest,
        added=planned.draft.new,
        unchanged=planned.draft.same,
    )
    happened(fact, audience=staff_scopes(drill))
    return drill


def _read(row: Line, words: ScriptWords) -> tuple[dict[str, Any] | None, list[Finding]]:
    """A row as ``add_inject`` takes it, or what is wrong with it, cell by cell."""
    faults: list[Finding] = []

    def one_of(key: str, known: Mapping[str, Any]) -> Any:
        text = row[key]
        if text and text not in known:
            faults.append(
                row.wrong(key, _("没有“%(text)s”这一项，请从下拉里选。") % {"text": text[:40]})
            )
        elif text and known[text] is None:
            faults.append(row.wrong(key, _("有几个岗位叫这个名字，请在页面上编写这一条。")))
        return known.get(text)

    kind, trigger = one_of("kind", words.kinds), one_of("trigger", words.triggers)
    post, series = one_of("post", words.posts), one_of("series", words.series)
    said = {
        "kind": kind,
        "title": row["title"][:120],
        "text": row["text"],
        "trigger": trigger,
        "at_minutes": _minutes(row, "at", faults) if trigger == Trigger.TIME else None,
        "condition": (one_of("condition", words.deeds) or "")
        if trigger == Trigger.EVENT
        else "",
        "to_post": post,
        "expects": one_of("expects", words.deeds) or "",
        "expects_words": row["expects_words"][:200],
        "within_minutes": _minutes(row, "within", faults),
        "data": {
            "caller": row["caller"],
            "fact": one_of("fact", words.facts) or "",
            "value": row["value"],
            "station": series[0] if series else "",
            "quantity": series[1] if series else "",
        },
    }
    if kind is None or trigger is None or faults or not row["title"] or not row["text"]:
        return None, faults
    _try(row, faults, lambda: demand_due(trigger, said["at_minutes"], said["condition"]))
    _try(row, faults, lambda: demand_expected(said["expects"], said["within_minutes"]))
    _try(row, faults, lambda: said.update(data=checked_data(kind, post, said["data"])))
    return (None if faults else said), faults


def _try(row: Line, faults: list[Finding], rule: Callable[[], object]) -> None:
    """Put what a rule refuses at the cell it is about."""
    try:
        rule()
    except Invalid as problem:
        faults += [
            row.wrong(COLUMNS.get(field, field), text) for field, text in problem.fields.items()
        ]


def _minutes(row: Line, key: str, faults: list[Finding]) -> int | None:
    """Minutes, written 90 or 1:30 or, as pages show it, T+01:30."""
    text = row[key].strip()
    if not text:
        return None
    if found := CLOCK.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    if text.isascii() and text.isdigit() and len(text) <= 6:
        return int(text)
    faults.append(row.wrong(key, _("请填分钟数，如 90，或写成 1:30。")))
    return None


def _as_written(one: Inject) -> tuple[object, ...]:
    return _said(
        {name: getattr(one, name) for name in SAID}
        | {"kind": InjectKind(one.kind), "trigger": Trigger(one.trigger)}
    )


SAID = (
    *("kind", "title", "text", "trigger", "at_minutes", "condition", "to_post"),
    *("expects", "expects_words", "within_minutes", "data"),
)


def _said(said: Mapping[str, Any]) -> tuple[object, ...]:
    """What makes two injects the same."""
    post = said["to_post"]
    plain = [said[name] for name in SAID if name not in {"to_post", "data"}]
    return (*plain, post.pk if post else None, tuple(sorted(said["data"].items())))
