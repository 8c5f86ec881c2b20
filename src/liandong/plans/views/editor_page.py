"""What the editor shows, wherever in a manuscript somebody is."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.plans import queries
from liandong.plans.forms import (
    KINDS,
    ClauseForm,
    FiguresForm,
    GroupForm,
    HeadForm,
    LevelForm,
    PeriodForm,
    PlaceForm,
    ReplacementForm,
    SourcesForm,
    StepForm,
)
from liandong.plans.language import GROUP_LABELS, HIGHEST_FIRST, level_label
from liandong.plans.language.editing import absent, at_path, settled_path
from liandong.plans.language.problems import Path
from liandong.plans.models import Manuscript
from liandong.plans.queries import outline
from liandong.plans.queries.mending import DOCUMENT, EDIT, TEXT, Mending
from liandong.plans.queries.outline import levels_of, mapping, things

FORMS: dict[str, type[PlaceForm]] = {
    form.kind: form
    for form in (
        HeadForm, LevelForm, StepForm, ClauseForm, FiguresForm, ReplacementForm,
        SourcesForm, PeriodForm, GroupForm,
    )
}  # fmt: skip
BESIDE, CHANGES, GRAPH, BOARD, LEVEL = "beside", "changes", "graph", "board", "level"
SHOWN, VIEWS = (EDIT, DOCUMENT, BESIDE, TEXT, CHANGES), (GRAPH, BOARD)
MOST_CHANGES_SHOWN, LONGEST_WORD = 60, 200


@dataclass(frozen=True)
class At:
    """Where in a manuscript somebody is."""

    show: str = EDIT
    level: str = ""
    step: str = ""
    view: str = GRAPH
    part: str = ""

    @property
    def query(self) -> str:
        """The address of the place, behind that of the editor."""
        return "?" + urlencode({key: value for key, value in vars(self).items() if value})

    def with_(self, **other: str) -> str:
        """The address of a place beside this one."""
        return replace(self, **other).query


def context_of(
    actor: Actor, found: Manuscript, at: At, bound: PlaceForm | None, *, typed: str | None
) -> dict[str, Any]:
    """All that the editor shows; ``bound`` is a form that was refused, ``typed`` a text that was."""
    reading = queries.reading_of(found.text)
    data = queries.reading_of(found.readable_text).data or {}
    book = queries.Book()
    names, posts, plans = book.names, posts_of(book), queries.plans_known()
    mending = queries.mending_of(found)
    levels = levels_of(data)
    level = at.level if at.level in levels else next(reversed(levels), "")
    at = replace(at, level=level)
    holder = queries.holder_of(actor)

    def form(kind: type[PlaceForm], path: Path) -> PlaceForm:
        if bound is not None and (bound.kind, bound.path) == (kind.kind, path):
            return bound
        return kind(path=path, seen=seen_at(data, path), posts=posts, plans=plans, whole=data)

    shown: dict[str, Any] = {
        "manuscript": found,
        "at": at,
        "reading": reading,
        "is_readable": reading.is_readable,
        "mending": mending,
        "rows": outline.level_rows(data, names, mending.items),
        "text": found.text if typed is None else typed,
        "may_undo": queries.undoable(found, holder),
        "may_redo": queries.redoable(found, holder),
        "kind": dict(KINDS).get(str(data.get("kind")), ""),
        "missing_levels": _levels_missing(levels),
        "taken_by": _taken_by(found, plans),
        "to_edit": at.with_(show=EDIT),
        "to_document": at.with_(show=DOCUMENT),
        "to_beside": at.with_(show=BESIDE),
        "to_text": at.with_(show=TEXT),
        "to_changes": at.with_(show=CHANGES),
        "to_graph": at.with_(view=GRAPH),
        "to_board": at.with_(view=BOARD),
        "to_level": at.with_(part=LEVEL, step=""),
        "to_no_part": at.with_(part=""),
    }
    if level and at.show in {EDIT, TEXT}:
        shown |= _level_shown(data, at, names, mending, form)
    if at.show == DOCUMENT:
        shown |= _document_shown(data, form)
        shown["papers"] = queries.papers_of(actor, found)
    if at.show == BESIDE:
        shown["beside"] = queries.beside_holding(found, names)
    if at.show == CHANGES:
        shown["changes"] = queries.changes_of(found).defer("text")[:MOST_CHANGES_SHOWN]
    return shown


def _taken_by(found: Manuscript, plans: Iterable[tuple[str, str]]) -> str:
    """The plan that the county has under the manuscript's key, unless it is that one being revised."""
    if found.based_on_id or found.draft_id:
        return ""
    return dict(plans).get(found.key, "")


def _level_shown(
    data: Any,
    at: At,
    names: dict[str, str],
    mending: Mending,
    form: Callable[[type[PlaceForm], Path], PlaceForm],
) -> dict[str, Any]:
    """The steps of the level that somebody is at, and the form that is open."""
    cards = outline.cards_of(data, at.level, names, mending.items)
    shown: dict[str, Any] = {
        "level_label": outline.label_of(at.level),
        "level_sign": outline.sign_of(at.level),
        "cards": cards,
        "own": sum(not card.of for card in cards),
        "picture": outline.picture_of(data, cards),
        "steps_path": json.dumps(["levels", at.level, "steps"]),
    }
    if at.part == LEVEL:
        path: Path = ("levels", at.level)
        shown["level_form"] = form(LevelForm, path)
        shown["level_figures"] = form(FiguresForm, (*path, "figures"))
        shown["level_path"] = json.dumps(path)
        when = at_path(data, (*path, "when"))
        shown["clauses"] = _clauses(when, (*path, "when"), form)
    card = next((card for card in cards if card.id == at.step), None)
    if card is not None:
        path = ("levels", card.of or at.level, "steps", card.id)
        shown |= {
            "card": card,
            "step_form": form(StepForm, path),
            "step_path": json.dumps(path),
            "step_figures": form(FiguresForm, (*path, "figures")),
            "replacement_form": form(ReplacementForm, (*path, "otherwise")),
            "conditions": [
                (_("仅当（已知不成立就不做）"), form(ClauseForm, (*path, "when"))),
                (_("等到（成立了才开始）"), form(ClauseForm, (*path, "waits_for"))),
            ],
        }
    return shown


def _clauses(
    when: Any, path: Path, form: Callable[[type[PlaceForm], Path], PlaceForm]
) -> list[tuple[str, PlaceForm]]:
    """A form for each clause, and an empty one for the next."""
    said = outline.clauses_said(None if when is absent else when)
    parts = mapping(when).get("any")
    if isinstance(parts, list):
        paths: list[Path] = [(*path, "any", at) for at in range(len(parts) + 1)]
    elif when is absent or when is None:
        paths = [(*path, "any", 0)]
    else:
        paths = [path, (*path, "any", 1)]
    return [
        (said[at] if at < len(said) else "", form(ClauseForm, one))
        for at, one in enumerate(paths)
    ]


def _document_shown(
    data: Any, form: Callable[[type[PlaceForm], Path], PlaceForm]
) -> dict[str, Any]:
    """What the plan says of itself, apart from its levels."""
    groups = things(mapping(data.get("field_post")).get("groups"))
    held = [one if isinstance(one, str) else mapping(one).get("key") for one in groups]
    periods = things(data.get("periods"))
    return {
        "head_form": form(HeadForm, ()),
        "sources_form": form(SourcesForm, ("sources",)),
        "ends_form": form(ClauseForm, ("ends_when",)),
        "ends_said": outline.condition_said(data["ends_when"]) if data.get("ends_when") else "",
        "period_forms": [form(PeriodForm, ("periods", at)) for at in range(len(periods) + 1)],
        "group_forms": [
            (
                GROUP_LABELS.get(str(key), str(key)),
                form(GroupForm, ("field_post", "groups", at)),
            )
            for at, key in enumerate(held)
        ],
        "groups_missing": [one for one in GROUP_LABELS.items() if one[0] not in held],
    }


def _levels_missing(levels: Iterable[str]) -> list[tuple[str, str]]:
    there = {outline.sign_of(one) for one in levels}
    return [(key, level_label(key)) for key in reversed(HIGHEST_FIRST) if key not in there]


def posts_of(book: queries.Book) -> list[tuple[str, str]]:
    """Every post and body that a plan may name, by what it is called."""
    return sorted(book.names.items(), key=lambda one: one[1])


def at_asked(sent: QueryDict) -> At:
    """Where an address is in a manuscript."""

    def word(name: str) -> str:
        return sent.get(name, "")[:LONGEST_WORD]

    return At(
        show=word("show") if word("show") in SHOWN else EDIT,
        level=word("level"),
        step=word("step"),
        view=word("view") if word("view") in VIEWS else GRAPH,
        part=LEVEL if word("part") == LEVEL else "",
    )


def seen_at(data: Any, path: Path) -> Any:
    """What stood at a place; of a group the key alone says it all."""
    there = at_path(data, settled_path(path, data))
    return {"key": there} if isinstance(there, str) else there
