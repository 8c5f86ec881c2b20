"""People killed, missing and hurt, from one report to the next: who left the missing has to stand somewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from liandong.command.models import Report
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

MOST_PEOPLE = 10_000_000
# What may not go down in silence. People who were relocated go home again.
FIGURES = {
    "dead": gettext_lazy("死亡"),
    "missing": gettext_lazy("失联"),
    "injured": gettext_lazy("受伤"),
}
SHOWN = FIGURES | {"relocated": gettext_lazy("转移")}
# What became of those who were missing.
FATES = {
    "missing_died": gettext_lazy("失联转死亡"),
    "missing_found": gettext_lazy("失联已找到"),
    "missing_struck": gettext_lazy("失联核减"),
}


@dataclass(frozen=True, kw_only=True)
class Figures:
    """People killed, missing, injured and relocated; None where nobody could say.

    The other three say of those missing in the report before how many were found dead, how many
    were found alive, and how many were struck out because they never had been missing.
    """

    dead: int | None = None
    missing: int | None = None
    injured: int | None = None
    relocated: int | None = None
    missing_died: int | None = None
    missing_found: int | None = None
    missing_struck: int | None = None


def figures_of(report: Report) -> Figures:
    """The figures as they stand in a report."""
    return Figures(**{name: getattr(report, name) for name in (SHOWN | FATES)})


def settled(before: Report | None, now: Figures) -> Figures:
    """Fill in that all who left the missing are dead, where the dead rose by as many and nobody said else."""
    left, risen = _left(before, now), _risen(before, now)
    silent = all(getattr(now, name) is None for name in FATES)
    if silent and left > 0 and risen is not None and risen >= left:
        return Figures(**{**vars(now), "missing_died": left})
    return now


def demand_counts(now: Figures) -> None:
    """Refuse a number of people that none can be."""
    for name, label in (SHOWN | FATES).items():
        value = getattr(now, name)
        if value is not None and not 0 <= value <= MOST_PEOPLE:
            raise Invalid(
                _("%(label)s不能是 %(value)d 人。") % {"label": label, "value": value},
                place=str(label),
                remedy=_("请填 0 或正整数；没问到的选“未知”。"),
                fields={name: _("请核对数字")},
            )


def demand_explained(before: Report | None, now: Figures, note: str) -> None:
    """Refuse figures that went down without an explanation, and missing people who are nowhere.

    What was sent stays as it was.
    """
    fallen = fallen_figures(before, now)
    if fallen and not note.strip():
        raise Invalid(
            _("人数比上次报告减少（%(fallen)s），没有写核减说明。")
            % {"fallen": listed(fallen)},
            place=_("伤亡和失联"),
            remedy=_("请写明为什么核减；上次报出的数字会保留。"),
            fields={"reduction_note": _("请写核减说明")},
        )
    if now.missing_struck and not note.strip():
        raise Invalid(
            _("失联核减 %(n)d 人，没有写核减说明。") % {"n": now.missing_struck},
            place=_("失联核减"),
            remedy=_("请写明这些人为什么不算失联。"),
            fields={"reduction_note": _("请写核减说明")},
        )
    _demand_balance(before, now, note)


def fallen_figures(before: Report | None, now: Figures) -> list[str]:
    """Say which figures went down. Missing people of whom it is said what became have not gone away."""
    if before is None:
        return []
    fallen: list[str] = []
    for name, label in FIGURES.items():
        old, new = getattr(before, name), getattr(now, name)
        if old is None or new is None or new >= old or name == "missing":
            continue
        fallen.append(
            _("%(label)s由 %(old)d 变为 %(new)d") % {"label": label, "old": old, "new": new}
        )
    return fallen


def conservation_hint(before: Report | None, now: Figures) -> str:
    """Remind whoever writes that the missing who were found have to stand somewhere else."""
    open_ = _left(before, now) - _told_of(settled(before, now))
    if open_ <= 0:
        return ""
    return _("失联减少 %(n)d 人：请写明转死亡、已找到、核减各几人。") % {"n": open_}


def moved_figures(before: Report | None, now: Figures) -> list[str]:
    """Say of each figure what it was and is, as a report says it; nothing of what stayed the same."""
    return [*_moves(before, now), *_fates(now)]


def told_figures(now: Figures) -> list[str]:
    """Say each figure that is known."""
    return [
        _("%(label)s %(n)d 人") % {"label": label, "n": getattr(now, name)}
        for name, label in SHOWN.items()
        if getattr(now, name) is not None
    ]


def _moves(before: Report | None, now: Figures) -> Iterator[str]:
    for name, label in SHOWN.items():
        old, new = getattr(before, name, None), getattr(now, name)
        if new is None or new == old:
            continue
        words = {"label": label, "old": old, "new": new}
        if old is None:
            yield _("%(label)s %(new)d 人（此前未问到）") % words
        elif new > old:
            yield _("%(label)s由 %(old)d 人增至 %(new)d 人") % words
        else:
            yield _("%(label)s由 %(old)d 人减至 %(new)d 人") % words


def _fates(now: Figures) -> Iterator[str]:
    for name, label in FATES.items():
        if getattr(now, name):
            yield _("%(label)s %(n)d 人") % {"label": label, "n": getattr(now, name)}


def _demand_balance(before: Report | None, now: Figures, note: str) -> None:
    left, told = _left(before, now), _told_of(now)
    if left > told:
        raise Invalid(
            _("失联减少 %(left)d 人，只说明了 %(told)d 人的下落。")
            % {"left": left, "told": told},
            place=_("失联"),
            remedy=_("请写明转死亡、已找到、核减各几人；合起来不少于减少的人数。"),
            fields={"missing": _("请核对失联人数和下落")},
        )
    risen = _risen(before, now)
    if now.missing_died and risen is not None and now.missing_died > risen and not note.strip():
        raise Invalid(
            _("失联转死亡 %(died)d 人，死亡只增加了 %(risen)d 人。")
            % {"died": now.missing_died, "risen": max(risen, 0)},
            place=_("死亡"),
            remedy=_("请把转为死亡的计入死亡；死亡另有核减的，写核减说明。"),
            fields={"dead": _("请核对死亡人数")},
        )


def _left(before: Report | None, now: Figures) -> int:
    """By how many the missing are fewer."""
    if before is None or before.missing is None or now.missing is None:
        return 0
    return before.missing - now.missing


def _risen(before: Report | None, now: Figures) -> int | None:
    """By how many the dead are more; unknown where now nobody can say."""
    if now.dead is None:
        return None
    return now.dead - ((before.dead if before else None) or 0)


def _told_of(now: Figures) -> int:
    return sum(getattr(now, name) or 0 for name in FATES)
