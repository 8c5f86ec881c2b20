"""From a paper to the text of a plan that loads, with a guess for each place."""

from dataclasses import dataclass, replace
from typing import Any, Final

from liandong.documents import Block, Paper, Table
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.plans.adapters.reading.directory import Directory
from liandong.plans.adapters.reading.draft import Draft, LevelDraft, NotRead, Origin
from liandong.plans.adapters.reading.head import read_head
from liandong.plans.adapters.reading.paper import Reader
from liandong.plans.adapters.reading.periods import read_periods
from liandong.plans.adapters.reading.table import link
from liandong.plans.language import Plan, PlanInvalidError, load, rank, read_level
from liandong.plans.language.guesses import Guess
from liandong.plans.language.problems import Flaw
from liandong.plans.language.reading import text_tree
from liandong.plans.language.yaml_text import MAX_BYTES, write_yaml

Data = dict[str, Any]
MOST_REPAIRS: Final = 200
QUOTED: Final = 80


@dataclass(frozen=True, kw_only=True)
class PlanRead:
    """What was read: the text, the guesses a person has to confirm, and what could not be read."""

    text: str
    plan: Plan
    guesses: tuple[Guess, ...]
    not_read: tuple[NotRead, ...]

    @property
    def text_with_gaps(self) -> str:
        """The text, and behind it as comments what was not read: nothing of the paper is lost."""
        if not self.not_read:
            return self.text
        lines = [comment(one.paragraph, one.quote, one.why) for one in self.not_read]
        return "\n".join([f"{self.text}# 没有读懂的地方，请对照原文补上：", *lines, ""])

    @property
    def text_with_guesses(self) -> str:
        """The same with each guess as a comment above its place."""
        places = text_tree(self.text)
        above: dict[int, list[str]] = {}
        for one in self.guesses:
            line = comment(one.paragraph, one.quote, one.reading)
            above.setdefault(places.line(one.path), []).append(line)
        lines = [
            part
            for at, line in enumerate(self.text.splitlines(), start=1)
            for part in (*(_indented(one, line) for one in above.get(at, ())), line)
        ]
        return "\n".join([*lines, ""]) + self.text_with_gaps.removeprefix(self.text)


def comment(paragraph: int, quote: str, said: str) -> str:
    """A line that quotes a paragraph, and how it was read or why not."""
    quoted = " ".join(quote.split())
    quoted = quoted if len(quoted) <= QUOTED else f"{quoted[: QUOTED - 1]}…"
    return f"# 第 {paragraph} 段“{quoted}”：{' '.join(said.split())}"


def _indented(line: str, like: str) -> str:
    return f"{' ' * (len(like) - len(like.lstrip()))}{line}"


def read_plan(paper: Paper, directory: Directory, *, name: str) -> PlanRead:
    """Read a paper. Refused where there is nothing of a plan in it, or more than a plan can hold.

    ``name`` is the file's. What was not understood is told, and stands in the text as it was
    written, or not at all; nothing is supposed that a guess does not say.
    """
    pieces = list(paper.pieces())
    draft = Draft()
    read_head(draft, pieces, directory, name)
    reader = Reader(directory.at(draft.head["headquarters"][0]), draft)
    is_warning = draft.head["kind"][0] == "warning"
    reader.read(tuple(map(_of_warning, paper.blocks)) if is_warning else paper.blocks)
    if not draft.levels:
        raise Invalid(
            _("没有从文档里读出任何一级响应。"),
            place=name[-80:],
            remedy=_(
                "请确认这是一部预案的正文，分级的标题写明级别，如“Ⅳ级响应”；或从预案库取一部改写。"
            ),
            fields={"paper": _("没有读出响应级别。")},
        )
    read_periods(draft, pieces)
    link(draft)
    _settle(draft)
    return _loaded(draft, name)


def _of_warning(block: Block) -> Block:
    """In measures for warnings the levels are those of warnings; elsewhere these are another thing."""
    if isinstance(block, Table):
        return block
    return replace(block, text=block.text.replace("级预警", "级响应"))


def _settle(draft: Draft) -> None:
    """Leave out what cannot hold whatever it was meant to be."""
    for key, level in draft.levels.items():
        if level.builds_on and (
            level.builds_on[0] not in draft.levels or rank(level.builds_on[0]) >= rank(key)
        ):
            origin = level.builds_on[1]
            draft.miss(origin.paragraph, origin.quote, "所承接的那一级没有读出，没有录入")
            level.builds_on = None


def _loaded(draft: Draft, name: str) -> PlanRead:
    """The text; where it does not hold, without what it does not hold by, each told."""
    flaws: tuple[Flaw, ...] = ()
    for _attempt in range(MOST_REPAIRS):
        data, guesses = draft.put_together(name)
        text = write_yaml(data)
        if len(text.encode()) > MAX_BYTES:
            raise _too_much(draft, name)
        try:
            plan = load(text)
        except PlanInvalidError as refused:
            flaws = refused.flaws
            if any(_mend(draft, flaw) for flaw in flaws):
                continue
            break
        return PlanRead(
            text=text, plan=plan, guesses=tuple(guesses), not_read=tuple(draft.not_read)
        )
    raise Invalid(
        _("读出的内容不能成立。"),
        place=name[-80:],
        remedy=str(flaws[0]),
        fields={"paper": str(flaws[0])},
    )


def _too_much(draft: Draft, name: str) -> Invalid:
    steps = sum(len(level.steps) for level in draft.levels.values())
    return Invalid(
        _("读出的措施有 %(n)d 项，超过一部预案能放下的 1 MB。") % {"n": steps},
        place=name[-80:],
        remedy=_("请确认文件没有重复粘贴；整本汇编请一部一部导入。"),
        fields={"paper": _("内容太多，放不进一部预案。")},
    )


def _mend(draft: Draft, flaw: Flaw) -> bool:  # noqa: PLR0911 -- one line for each kind of place
    """Take out the place that does not hold, and say so."""
    match flaw.path:
        case ("levels", str(key), "when", "any", int(at), *_more):
            return _opened(draft, draft.levels[read_level(key)].clauses, at, flaw)
        case ("levels", str(key), "steps", int(at), str(field), *_more):
            return _stripped(draft, draft.levels[read_level(key)].steps, at, field, flaw)
        case ("levels", str(key), "steps"):
            return _unlinked(draft, draft.levels[read_level(key)], flaw)
        case ("levels", str(key), str(field), *_more):
            role = draft.levels[read_level(key)].roles.pop(field, None)
            return role is not None and _tell(draft, role[1], flaw)
        case ("ends_when", *_more):
            return _dropped(draft, draft.ends, flaw)
        case ("periods", *_more):
            return _dropped(draft, draft.periods, flaw)
        case ("field_post", *_more):
            return _dropped(draft, draft.groups, flaw)
    return False


def _opened(draft: Draft, clauses: list[tuple[Data, Origin]], at: int, flaw: Flaw) -> bool:
    """A clause that cannot hold stands as it was written, and open."""
    clause, origin = clauses[at]
    if "not_recorded" in clause:
        return False
    clauses[at] = ({"not_recorded": origin.quote[:300], "status": "not_recorded"}, origin)
    return _tell(draft, origin, flaw)


def _stripped(
    draft: Draft, steps: list[tuple[Data, Origin]], at: int, field: str, flaw: Flaw
) -> bool:
    step, origin = steps[at]
    if field in {"id", "to", "text", "do"} or step.pop(field, None) is None:
        return False
    return _tell(draft, origin, flaw)


def _unlinked(draft: Draft, level: LevelDraft, flaw: Flaw) -> bool:
    """Steps that wait for one another in a circle wait for nobody."""
    linked = [(step, origin) for step, origin in level.steps if step.pop("after", None)]
    for _step, origin in linked:
        _tell(draft, origin, flaw)
    return bool(linked)


def _dropped(draft: Draft, entries: list[tuple[Data, Origin]], flaw: Flaw) -> bool:
    at = next((part for part in flaw.path if isinstance(part, int)), 0)
    return at < len(entries) and _tell(draft, entries.pop(at)[1], flaw)


def _tell(draft: Draft, origin: Origin, flaw: Flaw) -> bool:
    draft.miss(origin.paragraph, origin.quote, f"{flaw.what}，没有录入")
    return True
