"""Manuscripts of plans: which are being written, what their text says, and who changed what."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.plans.language import Flaw, PlanInvalidError
from liandong.plans.language.editing import absent, at_path
from liandong.plans.language.guesses import Guess, read_guesses
from liandong.plans.language.problems import Path
from liandong.plans.language.reading import text_tree
from liandong.plans.models import Manuscript, ManuscriptChange
from liandong.plans.permissions import Permission
from liandong.plans.queries.library import SAMPLE, shipped_plans
from liandong.plans.queries.place import place_called
from liandong.plans.states import ManuscriptState

MOST_PLACES_SAID, LONGEST_HOLDER = 3, 100
TEXTS_KEPT = 200  # of so many changes the text is kept: to merge with, and to undo


def manuscripts_visible(actor: Actor) -> QuerySet[Manuscript]:
    """The manuscripts being written, the last changed first; to those who write plans."""
    rows = Manuscript.objects.filter(state=ManuscriptState.OPEN).order_by("-changed_at")
    may = actor.may(Permission.DRAFT_VERSION) or actor.may(Permission.ADOPT_VERSION)
    return rows if may and actor.realm == ACTUAL else rows.none()


def manuscript_visible(actor: Actor, pk: str) -> Manuscript:
    """One manuscript that is being written. Raises ``Missing``."""
    found = manuscripts_visible(actor).select_related("draft", "based_on").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这份文稿。"), remedy=_("请从预案文稿列表进入。"))
    return found


def changes_of(manuscript: Manuscript) -> QuerySet[ManuscriptChange]:
    """What was changed, the last first."""
    return ManuscriptChange.objects.filter(manuscript=manuscript).order_by("-number")


def texts_of(manuscript: Manuscript) -> QuerySet[ManuscriptChange]:
    """The changes of which the text is still kept, the last first."""
    return changes_of(manuscript).filter(number__gt=manuscript.version - TEXTS_KEPT)


def guesses_of(manuscript: Manuscript) -> list[Guess]:
    """What was guessed of a paper."""
    return read_guesses(manuscript.guesses)


def data_of(text: str) -> Any:
    """A text as plain data. Raises ``PlanInvalidError`` where it cannot be read at all."""
    data = text_tree(text).data
    if not isinstance(data, dict):
        flaw = Flaw(path=(), what="不是一份预案", remedy="从“language: 1”和“plan: 代号”写起")
        raise PlanInvalidError([flaw])
    return data


@dataclass(frozen=True)
class Reading:
    """A text read, or why it cannot be."""

    data: Any
    flaws: tuple[Flaw, ...] = ()

    @property
    def is_readable(self) -> bool:
        return self.data is not None


@lru_cache(maxsize=32)
def reading_of(text: str) -> Reading:
    """Read a text as plain data, without asking whether it is a sound plan."""
    try:
        return Reading(data_of(text))
    except PlanInvalidError as refusal:
        return Reading(None, refusal.flaws)


def holder_of(actor: Actor) -> str:
    """Whose a change is: what tells one writer from another."""
    return (actor.account or actor.post or actor.device or actor.label)[:LONGEST_HOLDER]


def hazards_known() -> list[tuple[str, str]]:
    """The classes of emergencies for which the library has a plan, by what it is called."""
    return [
        (one.hazard, f"{one.hazard} {one.title.removeprefix(SAMPLE).removesuffix('应急预案')}")
        for one in shipped_plans()
    ]


def undoable(manuscript: Manuscript, holder: str) -> ManuscriptChange | None:
    """Somebody's own last change that was not taken back."""
    return _own_edits(manuscript, holder).filter(is_undone=False).first()


def redoable(manuscript: Manuscript, holder: str) -> ManuscriptChange | None:
    """Somebody's own change that was taken back last, with nothing changed by them since."""
    kept = undoable(manuscript, holder)
    own = _own_edits(manuscript, holder).filter(is_undone=True)
    return own.filter(number__gt=kept.number if kept else 1).last()


def _own_edits(manuscript: Manuscript, holder: str) -> QuerySet[ManuscriptChange]:
    """Somebody's own changes of which the text before and after is kept, the last first."""
    oldest = max(1, manuscript.version - TEXTS_KEPT + 1)
    return changes_of(manuscript).filter(holder=holder, is_edit=True, number__gt=oldest)


def places_changed(before: Any, after: Any) -> list[Path]:
    """Where two states of the data differ, no deeper than one would name it."""
    return list(_differing(before, after, ()))


def places_said(before: Any, after: Any) -> str:
    """Say where two states of the data differ: 名称、Ⅳ级 · 条件 等 5 处."""
    places = list(
        dict.fromkeys(
            place_called(path, after if at_path(after, path) is not absent else before)
            for path in places_changed(before, after)
        )
    )
    said = "、".join(places[:MOST_PLACES_SAID])
    if len(places) > MOST_PLACES_SAID:
        return _("%(places)s 等 %(n)d 处") % {"places": said, "n": len(places)}
    return said


def _differing(before: Any, after: Any, path: Path) -> list[Path]:
    if before == after:
        return []
    if isinstance(before, dict) and isinstance(after, dict):
        names = list(dict.fromkeys([*before, *after]))
        return [
            found
            for name in names
            for found in _differing(
                at_path(before, (name,)), at_path(after, (name,)), (*path, name)
            )
        ]
    same_length = (
        isinstance(before, list) and isinstance(after, list) and len(before) == len(after)
    )
    if same_length and all(isinstance(one, dict) for one in [*before, *after]):
        return [
            found
            for at, (one, two) in enumerate(zip(before, after, strict=True))
            for found in _differing(one, two, (*path, at))
        ]
    return [path]
