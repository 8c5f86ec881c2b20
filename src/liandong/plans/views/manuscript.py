"""Pages of manuscripts: which are being written, and the editor in which form and text are both true."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing, Problem
from liandong.kernel.wording import gettext as _
from liandong.plans import actions, queries
from liandong.plans.forms import (
    ClauseForm,
    DiscardForm,
    GroupForm,
    HeadForm,
    LevelForm,
    OpenManuscriptForm,
    PeriodForm,
    PlaceForm,
    SourcesForm,
    StepForm,
    stands_at,
)
from liandong.plans.language import GROUP_LABELS, HIGHEST_FIRST, level_label
from liandong.plans.language.editing import Edit, absent, at_path, name_of, settled_path
from liandong.plans.language.problems import Path
from liandong.plans.models import Manuscript
from liandong.plans.permissions import Permission
from liandong.plans.queries import outline
from liandong.plans.queries.mending import DOCUMENT, EDIT, TEXT, Mending
from liandong.plans.queries.outline import levels_of, mapping, things
from liandong.web.deeds import deed
from liandong.web.problems import BadQuery
from liandong.web.requests import actor_of

FORMS: dict[str, type[PlaceForm]] = {
    form.kind: form
    for form in (HeadForm, LevelForm, StepForm, ClauseForm, SourcesForm, PeriodForm, GroupForm)
}
BESIDE, CHANGES, GRAPH, BOARD, LEVEL = "beside", "changes", "graph", "board", "level"
SHOWN, VIEWS = (EDIT, DOCUMENT, BESIDE, TEXT, CHANGES), (GRAPH, BOARD)
PARTS_ONLY = "X-Editor"
MOST_CHANGES_SHOWN, LONGEST_PATH, LONGEST_WORD = 60, 16, 200


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


@login_required
def manuscripts(request: HttpRequest) -> HttpResponse:
    """The manuscripts that are being written."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_VERSION)
    rows = queries.manuscripts_visible(actor).select_related("draft", "based_on")
    return render(request, "plans/manuscript_list.html", {"manuscripts": rows})


@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """Begin to write a plan from nothing."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_VERSION)
    book = queries.Book()
    bodies = [(key, body.short_name) for key, body in book.bodies.items()]
    form = OpenManuscriptForm(
        request.POST or None, hazards=queries.hazards_known(), bodies=bodies
    )

    def run(data: dict[str, Any]) -> Manuscript:
        return actions.open_manuscript(actor, title=data.pop("name"), **data)

    return deed(
        request, form, run=run, to=_address, context={"back": reverse("plans:manuscripts")}
    )


@login_required
@require_POST
def revise(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Begin a manuscript with the text of a version."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_VERSION)
    version = queries.versions_of(key).filter(number=number).first()
    if version is None:
        raise Missing(_("没有这部预案。"), remedy=_("请从预案列表进入。"))
    made = actions.begin_manuscript(
        actor,
        text=version.text,
        based_on=version,
        idempotency_key=request.POST.get("idempotency_key", "")[:LONGEST_WORD],
    )
    return HttpResponseRedirect(_address(made), status=303)


@login_required
@require_GET
def manuscript(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The editor: levels, steps and their picture, beside them the text and what is to be mended."""
    found = queries.manuscript_visible(actor_of(request), str(pk))
    return _drawn(request, found, _at(request.GET))


@login_required
@require_POST
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one place: by a form over it, or by adding, taking away, moving or doubling something."""
    actor = actor_of(request)
    found, at = queries.manuscript_visible(actor, str(pk)), _at(request.GET)
    seen = queries.reading_of(_text_seen(found, request)).data or {}
    kind = request.POST.get("form", "")
    if kind:
        return _form_sent(request, actor, found, at, seen, kind)
    wanted, at = _deed_asked(request.POST, seen, at)
    return _done(
        request, found, at, lambda: _carry_out(actor, found, wanted, _version(request))
    )


@login_required
@require_POST
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the whole text."""
    actor = actor_of(request)
    found = queries.manuscript_visible(actor, str(pk))
    text = request.POST.get("text", "").replace("\r\n", "\n")
    version = _version(request)

    def run() -> None:
        actions.write_manuscript(actor, manuscript=found, text=text, expected_version=version)

    return _done(request, found, _at(request.GET), run)


@login_required
@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back one's own last change."""
    return _simple(request, pk, actions.undo_change)


@login_required
@require_POST
def redo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make again what was taken back."""
    return _simple(request, pk, actions.redo_change)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a paragraph of the paper was read aright."""
    actor = actor_of(request)
    found = queries.manuscript_visible(actor, str(pk))
    path, version = _path(request.POST.get("path", "")), _version(request)

    def run() -> None:
        actions.confirm_guess(actor, manuscript=found, path=path, expected_version=version)

    return _done(request, found, _at(request.GET), run)


@login_required
@require_POST
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the text into a draft of the plan."""
    return _simple(request, pk, actions.put_into_draft)


@login_required
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a manuscript up."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_VERSION)
    found = queries.manuscript_visible(actor, str(pk))
    return deed(
        request,
        DiscardForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.discard_manuscript(
            actor, manuscript=found, **{"expected_version": 0, **data}
        ),
        to=reverse("plans:manuscripts"),
        context={"back": _address(found), "note": str(found)},
    )


def _simple(request: HttpRequest, pk: UUID, do: Callable[..., Any]) -> HttpResponse:
    actor = actor_of(request)
    found = queries.manuscript_visible(actor, str(pk))
    version = _version(request)
    return _done(
        request,
        found,
        _at(request.GET),
        lambda: do(actor, manuscript=found, expected_version=version),
    )


def _form_sent(
    request: HttpRequest, actor: Actor, found: Manuscript, at: At, seen: Any, kind: str
) -> HttpResponse:
    path = _path(request.POST.get("path", ""))
    if kind not in FORMS or not FORMS[kind].fits(path):
        raise _unreadable()
    form = FORMS[kind](
        request.POST, path=path, seen=_seen(seen, path), posts=_posts(), whole=seen
    )
    if not form.is_valid():
        return _drawn(request, found, at, bound=form, status=422)
    edits = list(_as_wanted(form.edits(), seen))
    new_id = next((one.value for one in edits if one.path[2::2] == ("steps", "id")), "")
    if new_id and at.step:
        at = replace(at, step=str(new_id))
    version = _version(request)
    return _done(
        request, found, at, lambda: _carry_out(actor, found, edits, version), bound=form
    )


def _seen(data: Any, path: Path) -> Any:
    """What stood at a place; of a group the key alone says it all."""
    there = at_path(data, settled_path(path, data))
    return {"key": there} if isinstance(there, str) else there


def _carry_out(actor: Actor, found: Manuscript, edits: Iterable[Edit], version: int) -> None:
    """Each of several edits by itself, last the one that renames what the others are found by."""
    for one in sorted(edits, key=lambda each: each.path[-1:] == ("id",)):
        actions.edit_manuscript(actor, manuscript=found, edit=one, expected_version=version)


def _as_wanted(edits: Iterable[Edit], data: Any) -> Iterable[Edit]:
    """Edits as the text can take them: a second clause makes one of any, the last one gone takes all."""
    for one in edits:
        path = settled_path(one.path, data)
        around = at_path(data, path[:-1])
        if path[-2:-1] == ("any",) and around is absent and path[-1] != 0:
            there = at_path(data, path[:-2])
            yield Edit(deed="put", path=path[:-2], value={"any": [there, one.value]})
        elif one.deed == "remove" and path[-2:-1] == ("any",) and len(things(around)) == 1:
            yield Edit(deed="remove", path=one.path[:-2])
        else:
            yield one


Asked = tuple[list[Edit], At]


def _deed_asked(sent: QueryDict, data: Any, at: At) -> Asked:
    """What a button asks for, and where to be afterwards."""
    path = _path(sent.get("path", "[]"))
    do = DEEDS.get(sent.get("deed", ""))
    if do is None:
        raise _unreadable()
    return do(sent, settled_path(path, data), data, at)


def _removed(_sent: QueryDict, here: Path, data: Any, at: At) -> Asked:
    """Take something away; whoever was at it is then at what it was in."""
    if here[2::2] == ("steps",):
        at = replace(at, step="")
    elif here[:-1] == ("levels",):
        at = replace(at, level="", step="", part="")
    return list(_as_wanted([Edit(deed="remove", path=here)], data)), at


def _moved(sent: QueryDict, here: Path, data: Any, at: At) -> Asked:
    around, place = _place_in_list(here, data)
    to = place + (1 if sent.get("deed") == "down" else -1)
    return [Edit(deed="move", path=here, to=max(0, min(to, len(around) - 1)))], at


def _level_added(sent: QueryDict, _here: Path, _data: Any, _at: At) -> Asked:
    level = sent.get("level", "")
    if level not in HIGHEST_FIRST:
        raise _unreadable()
    value = {"source": {"status": "recorded"}}
    edit = Edit(deed="put", path=("levels", level), value=value)
    return [edit], At(level=level, part=LEVEL)


def _step_added(_sent: QueryDict, here: Path, data: Any, at: At) -> Asked:
    """A new step at the end."""
    if not stands_at(("levels", str, "steps"), here):
        raise _unreadable()
    name = _free_name(data)
    place = len(things(at_path(data, here)))
    edit = Edit(deed="insert", path=(*here, place), value={"id": name, "do": "order"})
    return [edit], replace(at, step=name, part="")


def _doubled(_sent: QueryDict, here: Path, data: Any, at: At) -> Asked:
    """The double of a step, behind it."""
    around, place = _place_in_list(here, data)
    name = _free_name(data)
    value = {**mapping(around[place]), "id": name}
    edit = Edit(deed="insert", path=(*here[:-1], place + 1), value=value)
    return [edit], replace(at, step=name, part="")


def _group_added(sent: QueryDict, _here: Path, data: Any, at: At) -> Asked:
    if sent.get("group") not in GROUP_LABELS:
        raise _unreadable()
    place = len(things(at_path(data, ("field_post", "groups"))))
    path = ("field_post", "groups", place)
    return [Edit(deed="insert", path=path, value=sent["group"])], at


DEEDS: dict[str, Callable[[QueryDict, Path, Any, At], Asked]] = {
    "remove": _removed,
    "up": _moved,
    "down": _moved,
    "double": _doubled,
    "add-level": _level_added,
    "add-step": _step_added,
    "add-group": _group_added,
}


def _place_in_list(here: Path, data: Any) -> tuple[list[Any], int]:
    """The list in which a place is, and which of it."""
    around = things(at_path(data, here[:-1])) if here else []
    if not (around and isinstance(here[-1], int) and here[-1] < len(around)):
        raise _unreadable()
    return around, here[-1]


def _free_name(data: Any) -> str:
    """A name for a new step that no step of the plan has."""
    taken = {
        name_of(one) for level in levels_of(data).values() for one in things(level.get("steps"))
    }
    return next(f"step-{n}" for n in range(1, len(taken) + 2) if f"step-{n}" not in taken)


def _unreadable() -> BadQuery:
    return BadQuery(_("页面问的话读不懂。"), remedy=_("请刷新页面。"))


def _done(
    request: HttpRequest,
    found: Manuscript,
    at: At,
    run: Callable[[], Any],
    *,
    bound: PlaceForm | None = None,
) -> HttpResponse:
    """Do it, and show the manuscript as it is now; refused, with why and with what was typed."""
    try:
        run()
    except Problem as problem:
        found = queries.manuscript_visible(actor_of(request), str(found.pk))
        return _drawn(request, found, at, bound=bound, problem=problem, status=problem.status)
    if request.headers.get(PARTS_ONLY):
        found = queries.manuscript_visible(actor_of(request), str(found.pk))
        return _drawn(request, found, at)
    messages.success(request, _("已记下。"))
    return HttpResponseRedirect(_address(found) + at.query, status=303)


def _drawn(
    request: HttpRequest,
    found: Manuscript,
    at: At,
    *,
    bound: PlaceForm | None = None,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    is_part = bool(request.headers.get(PARTS_ONLY))
    template = "plans/_editor.html" if is_part else "plans/manuscript.html"
    context = _context(actor_of(request), found, at, bound, typed=_typed(request, problem))
    response = render(request, template, {**context, "problem": problem}, status=status)
    response["X-Editor-Query"] = context["at"].query
    response["Vary"] = PARTS_ONLY
    return response


def _typed(request: HttpRequest, problem: Problem | None) -> str | None:
    """A text that was refused stays in its box."""
    return request.POST.get("text") if problem else None


def _context(
    actor: Actor, found: Manuscript, at: At, bound: PlaceForm | None, *, typed: str | None
) -> dict[str, Any]:
    reading = queries.reading_of(found.text)
    data = queries.reading_of(found.readable_text).data or {}
    book = queries.Book()
    names, posts = book.names, _posts(book)
    mending = queries.mending_of(found)
    levels = levels_of(data)
    level = at.level if at.level in levels else next(reversed(levels), "")
    at = replace(at, level=level)
    holder = queries.holder_of(actor)

    def form(kind: type[PlaceForm], path: Path) -> PlaceForm:
        if bound is not None and (bound.kind, bound.path) == (kind.kind, path):
            return bound
        return kind(path=path, seen=_seen(data, path), posts=posts, whole=data)

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
        "kind": dict(_kinds()).get(str(data.get("kind")), ""),
        "missing_levels": _levels_missing(levels),
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
    if at.show == BESIDE:
        shown["beside"] = queries.beside_holding(found, names)
    if at.show == CHANGES:
        shown["changes"] = queries.changes_of(found)[:MOST_CHANGES_SHOWN]
    return shown


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


def _kinds() -> list[tuple[str, Any]]:
    return list(HeadForm.base_fields["plan_kind"].choices)  # type: ignore[attr-defined]


def _posts(book: queries.Book | None = None) -> list[tuple[str, str]]:
    """Every post and body that a plan may name, by what it is called."""
    return sorted((book or queries.Book()).names.items(), key=lambda one: one[1])


def _text_seen(found: Manuscript, request: HttpRequest) -> str:
    version = _version(request)
    if version == found.version:
        return found.readable_text
    change = queries.changes_of(found).filter(number=version).first()
    return change.text if change else found.readable_text


def _at(sent: QueryDict) -> At:
    def word(name: str) -> str:
        return sent.get(name, "")[:LONGEST_WORD]

    return At(
        show=word("show") if word("show") in SHOWN else EDIT,
        level=word("level"),
        step=word("step"),
        view=word("view") if word("view") in VIEWS else GRAPH,
        part=LEVEL if word("part") == LEVEL else "",
    )


def _version(request: HttpRequest) -> int:
    text = request.POST.get("expected_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _path(text: str) -> Path:
    try:
        path = json.loads(text)
    except ValueError:
        path = None
    if not isinstance(path, list) or len(path) > LONGEST_PATH:
        raise _unreadable()
    if not all(type(one) in {str, int} for one in path):
        raise _unreadable()
    return tuple(path)


def _address(found: Manuscript) -> str:
    return reverse("plans:manuscript", args=[found.pk])
