"""Conditions of two versions, clause by clause."""

from collections.abc import Iterator

from liandong.plans.language.checking import comparisons_in
from liandong.plans.language.comparing.difference import Words, from_to, origin
from liandong.plans.language.conditions import AllOf, AnyOf, Condition, Test
from liandong.plans.language.problems import Path
from liandong.plans.language.reach import fact_of
from liandong.plans.language.reader import clauses_of, parts_of

Told = tuple[Path, str]


def clauses_changed(
    words: Words, label: str, path: Path, before: Condition | None, after: Condition | None
) -> Iterator[Told]:
    """Name each clause that was put in, taken out or changed; else how they are put together.

    Clauses are the parts of an outermost ``any``; where both are an ``all``, the parts of that.
    """
    if before == after:
        return
    split = parts_of if isinstance(before, AllOf) and isinstance(after, AllOf) else clauses_of
    if isinstance(after, AllOf | AnyOf) and split(after) != [after]:
        path = (*path, "all" if isinstance(after, AllOf) else "any")
    told = list(_each(words, path, split(before), split(after)))
    if not told:
        told = [(path, f"写法或次序{_as_written(words, before, after)}")]
    yield from ((where, f"{label}：{what}") for where, what in told)


def _each(
    words: Words, path: Path, before: list[Condition], after: list[Condition]
) -> Iterator[Told]:
    gone = list(before)
    came: list[tuple[int, Condition]] = []
    for at, clause in enumerate(after):
        if clause in gone:
            gone.remove(clause)
        else:
            came.append((at, clause))
    for at, clause in came:
        here = (*path, at) if path[-1] in {"any", "all"} else path
        was = next((one for one in gone if _about(one) == _about(clause)), None)
        if was is None:
            yield here, f"新增“{words.said(clause)}”"
            continue
        gone.remove(was)
        yield from ((here, what) for what in _changed(words, was, clause))
    yield from ((path, f"取消“{words.said(one)}”") for one in gone)


def _about(clause: Condition) -> tuple[str, ...]:
    """What a clause speaks of: the facts it compares, or that it was not found."""
    named = (
        f"{test.fact} {test.of_plan} {test.within} {test.taken}"
        for _, test in comparisons_in(clause)
    )
    return (type(clause).__name__, *sorted(named))


def _changed(words: Words, was: Condition, now: Condition) -> Iterator[str]:
    label, before = _label_apart(words, was)
    other, after = _label_apart(words, now)
    if before != after or label != other:
        about = label if label == other else ""
        yield f"{about}{from_to(before if about else label + before, after if about else other + after)}"
    if origin(was) != origin(now):
        yield f"“{words.said(now)}”的出处{from_to(origin(was), origin(now))}"
    if words.said(was) == words.said(now) and origin(was) == origin(now):
        yield words.change(f"“{words.said(now)}”的写法或其中的出处", was, now)


def _label_apart(words: Words, clause: Condition) -> tuple[str, str]:
    """What a clause is about, apart from what it asks of it."""
    said = words.said(clause)
    if not isinstance(clause, Test) or isinstance(clause.expects, bool):
        return "", said
    label = fact_of(clause, words.facts[clause.fact]).label
    return (label, said.removeprefix(label).strip()) if said.startswith(label) else ("", said)


def _as_written(words: Words, before: Condition | None, after: Condition | None) -> str:
    joined = ("任一" if isinstance(one, AnyOf) else "单独一条" for one in (before, after))
    was, now = joined
    if was != now:
        return from_to(was, now)
    return words.change("", before, after)
