"""Writing plans: a text that may be unfinished, changed place by place, until it is put into a draft."""

import hashlib
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, cast

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid, Missing, Stale
from liandong.kernel.wording import gettext as _
from liandong.plans import queries, rules
from liandong.plans.actions.passing import EVERYBODY
from liandong.plans.actions.version import draft_version, revise_draft
from liandong.plans.events import ManuscriptBegun, ManuscriptChanged, ManuscriptDiscarded
from liandong.plans.language.editing import (
    Edit,
    UneditableError,
    absent,
    at_path,
    edited,
    name_of,
    named_path,
    settled_path,
)
from liandong.plans.language.guesses import Guess, guesses_after
from liandong.plans.language.merging import ClashError, merged
from liandong.plans.language.problems import Path
from liandong.plans.language.yaml_text import write_yaml
from liandong.plans.models import Manuscript, ManuscriptChange, PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.queries import TEXTS_KEPT, reading_of
from liandong.plans.states import ISSUED, MANUSCRIPT_MOVES, ManuscriptState, VersionState

LONGEST_WHAT = 300


@action(Permission.DRAFT_VERSION)
def open_manuscript(
    actor: Actor,
    *,
    title: str,
    key: str,
    kind: str,
    hazard: str,
    headquarters: str,
    anew: bool = False,
    idempotency_key: str = "",
) -> Manuscript:
    """Begin to write a plan from nothing. Publishes ``ManuscriptBegun``. Clause 三(二)1.

    Refused under a key that there is already, unless its plan is to be written ``anew``.
    """
    if not anew:
        being_written = queries.manuscripts_visible(actor).filter(key=key).first()
        rules.demand_free_key(key, queries.versions_of(key).first(), being_written)
    head = {
        "language": 1,
        "plan": key,
        "title": title,
        "kind": kind,
        "hazard": hazard,
        "headquarters": headquarters,
        "document": {},
        "levels": {},
    }
    return _begun(actor, write_yaml(head), (), None)


@action(Permission.DRAFT_VERSION)
def begin_manuscript(
    actor: Actor,
    *,
    text: str,
    guesses: Iterable[Guess] = (),
    based_on: PlanVersion | None = None,
    idempotency_key: str = "",
) -> Manuscript:
    """Begin a manuscript with a text: a version's that is revised, or what was read in a paper.

    The text may have flaws; each guess about the paper has to be confirmed before it can become
    a draft. Publishes ``ManuscriptBegun``. Clause 三(二)1.
    """
    return _begun(actor, text, guesses, based_on)


@action(Permission.DRAFT_VERSION)
def edit_manuscript(
    actor: Actor,
    *,
    manuscript: Manuscript,
    edit: Edit,
    expected_version: int,
    idempotency_key: str = "",
) -> Manuscript:
    """Change one place; what others changed elsewhere meanwhile stays. Publishes ``ManuscriptChanged``.

    Refused, with both wordings and the other's name, where that place was changed since the
    version that was seen; and while the text cannot be read. Clause 三(二)1.
    """
    now = _locked(actor, manuscript)
    reading = reading_of(now.text)
    if not reading.is_readable:
        raise Invalid(
            _("文本现在读不通，表单改不了。"),
            place=_("文本"),
            remedy=str(reading.flaws[0]),
        )
    if expected_version != now.version:
        edit = _rebased(now, edit, expected_version)
    path = settled_path(edit.path, reading.data)
    try:
        text = edited(now.text, edit)
    except UneditableError as refusal:
        raise Invalid(
            _("这一处用表单改不了。"),
            place=queries.place_called(path, reading.data),
            remedy=_("它可能已被删去；请看最新内容，或在文本里改。"),
        ) from refusal
    return _kept(actor, now, text, _edit_said(edit, path, reading.data))


@action(Permission.DRAFT_VERSION)
def write_manuscript(
    actor: Actor,
    *,
    manuscript: Manuscript,
    text: str,
    expected_version: int,
    settled: int = 0,
    idempotency_key: str = "",
) -> Manuscript:
    """Keep the whole text as it was written, flaws and all. Publishes ``ManuscriptChanged``.

    What others changed on other lines meanwhile stays; refused, with both wordings and the
    other's name, where they changed the same lines. ``settled`` is the version over which that was
    said to the writer, who holds on to these lines: what came later is held against them again.
    Clause 三(二)1.
    """
    now = _locked(actor, manuscript)
    rules.demand_keepable(text)
    if settled > expected_version:
        before, theirs = _text_at(now, expected_version), _text_at(now, settled)
        text, expected_version = merged(before, theirs, text, mine_holds=True), settled
    if expected_version != now.version:
        text = _merged(now, _text_at(now, expected_version), text, expected_version)
    return _kept(actor, now, text, _text_said(now.readable_text, text))


@action(Permission.DRAFT_VERSION)
def undo_change(
    actor: Actor, *, manuscript: Manuscript, expected_version: int, idempotency_key: str = ""
) -> Manuscript:
    """Take back one's own last change; what was changed after it stays. Publishes ``ManuscriptChanged``.

    Refused where others have changed the same lines since. Clause 三(二)1.
    """
    now = _locked(actor, manuscript)
    change = queries.undoable(now, queries.holder_of(actor))
    if change is None:
        raise IllegalMove(_("没有可以撤销的改动。"), remedy=_("只能撤销自己的改动。"))
    text = _merged(now, change.text, _text_at(now, change.number - 1), change.number)
    change.is_undone = True
    change.save(update_fields=["is_undone"])
    said = _("撤销：%(what)s") % {"what": change.what}
    return _kept(actor, now, text, said, is_edit=False, takes_back=True)


@action(Permission.DRAFT_VERSION)
def redo_change(
    actor: Actor, *, manuscript: Manuscript, expected_version: int, idempotency_key: str = ""
) -> Manuscript:
    """Make one's own change again that was taken back. Publishes ``ManuscriptChanged``. Clause 三(二)1."""
    now = _locked(actor, manuscript)
    change = queries.redoable(now, queries.holder_of(actor))
    if change is None:
        raise IllegalMove(_("没有可以恢复的改动。"), remedy=_("撤销之后又改过的，不能再恢复。"))
    text = _merged(now, _text_at(now, change.number - 1), change.text, change.number)
    change.is_undone = False
    change.save(update_fields=["is_undone"])
    said = _("恢复：%(what)s") % {"what": change.what}
    return _kept(actor, now, text, said, is_edit=False)


@action(Permission.DRAFT_VERSION)
def confirm_guess(
    actor: Actor,
    *,
    manuscript: Manuscript,
    path: Path,
    expected_version: int,
    idempotency_key: str = "",
) -> Manuscript:
    """Say that a paragraph of the paper was read aright. Publishes ``ManuscriptChanged``.

    Refused where the place was changed since the version that was seen. Clause 三(二)1.
    """
    now = _locked(actor, manuscript)
    guesses = queries.guesses_of(now)
    wanted = next((one for one in guesses if one.path == tuple(path) and one.is_open), None)
    if wanted is None:
        raise Missing(
            _("这一处没有待确认的内容。"), remedy=_("可能已有人确认过，请看最新内容。")
        )
    data = reading_of(now.readable_text).data
    if expected_version != now.version:
        _rebased(now, Edit(deed="put", path=wanted.path, value=absent), expected_version)
    at = clock.now(actor.realm).isoformat()
    found = [one.confirmed(actor.label, at) if one is wanted else one for one in guesses]
    said = _("确认第 %(n)d 段：%(place)s") % {
        "n": wanted.paragraph,
        "place": queries.place_called(wanted.path, data),
    }
    return _kept(actor, now, now.text, said, is_edit=False, guesses=found)


@action(Permission.DRAFT_VERSION)
def put_into_draft(
    actor: Actor, *, manuscript: Manuscript, expected_version: int, idempotency_key: str = ""
) -> PlanVersion:
    """Make the text a draft of the plan, or that of the draft it was made before. Publishes ``ManuscriptChanged``.

    Refused where the text is no sound plan, with every flaw, while guesses about the paper have
    not been confirmed, and while the draft is on its way through the county. Clause 三(二)1.
    """
    now = _locked(actor, manuscript)
    if now.version != expected_version:
        raise Stale(
            _("“%(row)s”刚被%(who)s改过。") % {"row": now, "who": now.changed_by},
            remedy=_("请看最新内容后再存入草案。"),
        )
    rules.demand_confirmed(queries.guesses_of(now))
    draft = _drafted(actor, now)
    said = _("存入草案第 %(n)d 版") % {"n": draft.number}
    _kept(actor, now, now.text, said, is_edit=False, draft=draft)
    return draft


def _drafted(actor: Actor, manuscript: Manuscript) -> PlanVersion:
    """The one place at which a manuscript becomes a version: the draft it has, else a new one."""
    draft = manuscript.draft
    if draft is None or draft.state in ISSUED or draft.key != manuscript.key:
        return draft_version(actor, text=manuscript.text)
    if draft.text == manuscript.text:
        return draft
    return revise_draft(
        actor, draft=draft, text=manuscript.text, expected_version=draft.version
    )


@action(Permission.DRAFT_VERSION)
def discard_manuscript(
    actor: Actor,
    *,
    manuscript: Manuscript,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Manuscript:
    """Give up a manuscript, saying why; its drafts stay. Publishes ``ManuscriptDiscarded``. Clause 三(二)1."""
    now = _locked(actor, manuscript)
    rules.demand_reason(reason)
    MANUSCRIPT_MOVES.check(now.state, ManuscriptState.DISCARDED)
    now.change(
        expected_version=expected_version,
        state=ManuscriptState.DISCARDED,
        reason=reason,
        changed_at=clock.now(actor.realm),
        changed_by=actor.label,
    )
    happened(
        ManuscriptDiscarded(subject_id=str(now.pk), title=str(now.title), reason=reason),
        audience=EVERYBODY,
    )
    return now


def _begun(
    actor: Actor, text: str, guesses: Iterable[Guess], based_on: PlanVersion | None
) -> Manuscript:
    rules.demand_actual(actor)
    rules.demand_keepable(text)
    actor.demand(Permission.DRAFT_VERSION, hazard=_hazard(text))
    now = clock.now(actor.realm)
    manuscript = Manuscript.objects.create(
        **_named(text),
        text=text,
        readable_text=text if reading_of(text).is_readable else "",
        guesses=[one.as_data() for one in guesses],
        based_on=based_on,
        draft=based_on if based_on and based_on.state == VersionState.DRAFT else None,
        created_at=now,
        created_by=actor.label,
        changed_at=now,
        changed_by=actor.label,
    )
    said = _("开始写")
    if based_on:
        said = _("从第 %(n)d 版开始修订") % {"n": based_on.number}
    _count(actor, manuscript, said, is_edit=False)
    fact = ManuscriptBegun(
        subject_id=str(manuscript.pk),
        key=manuscript.key,
        title=manuscript.title,
        digest=_digest(text),
    )
    happened(fact, audience=EVERYBODY)
    return manuscript


def _locked(actor: Actor, manuscript: Manuscript) -> Manuscript:
    """The row as it is now, held until the end: those who write at once go one after the other."""
    rules.demand_actual(actor)
    now = Manuscript.objects.select_for_update().get(pk=manuscript.pk)
    actor.demand(Permission.DRAFT_VERSION, hazard=_hazard(now.readable_text))
    rules.demand_open(now)
    return now


def _kept(
    actor: Actor,
    manuscript: Manuscript,
    text: str,
    what: str,
    *,
    is_edit: bool = True,
    takes_back: bool = False,
    guesses: list[Guess] | None = None,
    draft: PlanVersion | None = None,
) -> Manuscript:
    """Keep a text, who wrote it and what they changed; nothing where nothing was changed."""
    if is_edit and text == manuscript.text:
        return manuscript
    now = clock.now(actor.realm)
    changes: dict[str, Any] = {"text": text, "changed_at": now, "changed_by": actor.label}
    if reading_of(text).is_readable:
        actor.demand(Permission.DRAFT_VERSION, hazard=_hazard(text))
        followed = guesses_after(
            guesses or queries.guesses_of(manuscript),
            reading_of(manuscript.readable_text).data,
            reading_of(text).data,
            by=actor.label,
            at=now.isoformat(),
            taking_back=takes_back,
        )
        changes |= {
            "readable_text": text,
            "guesses": [one.as_data() for one in followed],
            **_named(text),
        }
    if draft:
        changes["draft"] = draft
    manuscript.change(expected_version=manuscript.version, **changes)
    _count(actor, manuscript, what, is_edit=is_edit)
    fact = ManuscriptChanged(
        subject_id=str(manuscript.pk),
        title=manuscript.title,
        number=manuscript.version,
        what=what[:LONGEST_WHAT],
        digest=_digest(text),
    )
    happened(fact, audience=EVERYBODY)
    return manuscript


def _count(actor: Actor, manuscript: Manuscript, what: str, *, is_edit: bool) -> None:
    ManuscriptChange.objects.create(
        manuscript=manuscript,
        number=manuscript.version,
        text=manuscript.text,
        what=what[:LONGEST_WHAT],
        holder=queries.holder_of(actor),
        by=actor.label,
        at=manuscript.changed_at,
        is_edit=is_edit,
    )
    queries.changes_of(manuscript).filter(number=manuscript.version - TEXTS_KEPT).update(
        text=""
    )


def _rebased(now: Manuscript, edit: Edit, seen: int) -> Edit:
    """The edit as it must be done now; refused where its place is no longer as it was seen."""
    before, after = reading_of(_text_at(now, seen)).data, reading_of(now.text).data
    path = named_path(settled_path(edit.path, before), before)
    scope = _scope(path, edit, before)
    if scope is not None:
        old = at_path(before, settled_path(scope, before))
        theirs = at_path(after, settled_path(scope, after))
        if old != theirs and not (edit.deed == "put" and edit.value == theirs):
            raise _taken_by(now, scope, seen, _said(theirs), _said(edit.value))
    if edit.deed in {"insert", "move"}:
        there = at_path(after, settled_path(path[:-1], after))
        longest = len(there) if isinstance(there, list) else 0
        last = path[-1] if edit.deed == "move" else min(cast("int", edit.path[-1]), longest)
        return Edit(
            deed=edit.deed,
            path=(*path[:-1], last),
            value=edit.value,
            to=min(edit.to, max(longest - 1, 0)),
        )
    return Edit(deed=edit.deed, path=path, value=edit.value, to=edit.to)


def _scope(path: Path, edit: Edit, data: Any) -> Path | None:
    """What must not have changed meanwhile: the place, or the list in which only its order is its name.

    Nothing, where something is added to things that have names, or moved among them.
    """
    around = at_path(data, settled_path(path[:-1], data))
    if edit.deed in {"insert", "move"} and _is_named(around):
        return None
    for at, part in enumerate(path):
        if isinstance(part, int):
            return path[:at]
    return path


def _is_named(things: Any) -> bool:
    return not isinstance(things, list) or all(name_of(one) for one in things)


def _said(value: Any) -> str:
    return queries.value_said(value)


def _taken_by(now: Manuscript, place: Path, seen: int, theirs: str, mine: str) -> Stale:
    data = reading_of(now.readable_text).data
    return Stale(
        _("“%(place)s”刚被%(who)s改过。")
        % {"place": queries.place_called(place, data), "who": _changer(now, place, seen)},
        place=queries.place_called(place, data),
        remedy=_("现在是：%(theirs)s；您写的是：%(mine)s。请商定后再改一次。")
        % {"theirs": theirs, "mine": mine},
    )


def _changer(now: Manuscript, place: Path, seen: int) -> str:
    """Who changed a place last since a version."""
    wanted = _at(now.text, place)
    changes = list(queries.changes_of(now).filter(number__gte=seen))
    for later, earlier in pairwise(changes):
        if _at(earlier.text, place) != wanted:
            return later.by
    return now.changed_by


def _at(text: str, place: Path) -> Any:
    data = reading_of(text).data
    return at_path(data, settled_path(place, data))


def _merged(now: Manuscript, before: str, mine: str, seen: int) -> str:
    """One's own text brought together with what stands there now; refused where both touch the same lines."""
    try:
        return merged(before, now.text, mine)
    except ClashError as refusal:
        others = queries.changes_of(now).filter(number__gt=seen).first()
        lines = "、".join(str(clash.line) for clash in refusal.clashes)
        place = _("第 %(lines)s 行") % {"lines": lines}
        wordings = [
            _("现在是：%(theirs)s；您写的是：%(mine)s。")
            % {"theirs": _said(clash.theirs.strip()), "mine": _said(clash.mine.strip())}
            for clash in refusal.clashes
        ]
        raise Stale(
            _("%(place)s前后刚被%(who)s改过。")
            % {"place": place, "who": others.by if others else now.changed_by},
            place=place,
            remedy="\n".join([*wordings, _("请商定后再改一次。")]),
        ) from refusal


def _text_at(manuscript: Manuscript, number: int) -> str:
    change = queries.texts_of(manuscript).filter(number=number).first()
    if change is None:
        raise Stale(_("页面上的文稿不是这一份。"), remedy=_("请刷新页面，从最新内容改起。"))
    return change.text


def _edit_said(edit: Edit, path: Path, data: Any) -> str:
    place = queries.place_called(path, data)
    old = at_path(data, path)
    if edit.deed == "remove":
        return _("删去 %(place)s") % {"place": place}
    if edit.deed == "move":
        return _("移动 %(place)s") % {"place": place}
    if edit.deed == "insert":
        around = queries.place_called(path[:-1], data)
        return _("%(place)s 增加：%(new)s") % {"place": around, "new": _said(edit.value)}
    return _("%(place)s：%(old)s → %(new)s") % {
        "place": place,
        "old": _said(old),
        "new": _said(edit.value),
    }


def _text_said(before: str, text: str) -> str:
    reading = reading_of(text)
    if not reading.is_readable:
        return _("改文本（第 %(line)d 行读不通）") % {"line": reading.flaws[0].line}
    places = queries.places_said(reading_of(before).data or {}, reading.data)
    return _("改文本：%(places)s") % {"places": places or _("注释和排版")}


def _named(text: str) -> dict[str, str]:
    """The key and title that a text gives itself."""
    data = reading_of(text).data or {}
    return {
        "key": str(data.get("plan") or "")[:64],
        "title": str(data.get("title") or "")[:200],
    }


def _hazard(text: str) -> str:
    data = reading_of(text).data or {}
    return str(data.get("hazard") or "")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
