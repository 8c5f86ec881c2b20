"""Plans as commands name them: a file, a plan that ships, or a version that a node keeps."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from liandong.config.homes import node, wake_alone
from liandong.kernel.problems import Problem
from liandong.plans.language import Plan, PlanInvalidError, load, shipped_names, shipped_text

if TYPE_CHECKING:
    from liandong.plans.models import PlanVersion

FLAWS_SHOWN: Final = 20
KEPT: Final = re.compile(r"(?P<key>[a-z0-9-]+)@(?P<number>\d{1,6})?")


def plan_named(plan: str, home: Path) -> Plan:
    """The plan of a file, of the library, or, written ``KEY@N``, of a node; without N that in force."""
    with reading(plan):
        if not is_kept(plan):
            return load(text_of(plan))
        with node(home.absolute()):
            return load(version_named(plan).text)


def is_kept(plan: str) -> bool:
    """Say whether a node's version is meant."""
    return bool(KEPT.fullmatch(plan)) and not Path(plan).exists()


def version_named(plan: str) -> "PlanVersion":
    """The version that ``KEY@N`` means, of the node that is awake."""
    from liandong.plans.queries import active_version, versions_of  # noqa: PLC0415 -- Django woke up only now

    key, _at, number = plan.partition("@")
    if not number:
        return active_version(key)
    version = versions_of(key).filter(number=int(number)).first()
    if version is None:
        raise Problem(
            "节点里没有这个版本。", place=plan, remedy="请在预案页的“各版”里核对版次。"
        )
    return version


def text_of(plan: str) -> str:
    """The text of a file, or of the plan of the library that has this key or name."""
    if Path(plan).is_file():
        return text_of_file(Path(plan))
    shipped = {load(shipped_text(name)).plan: name for name in shipped_names()}
    name = shipped.get(plan, plan)
    if name not in shipped.values():
        raise Problem(
            "没有这个文件，随平台提供的预案里也没有这个代号。",
            place=plan,
            remedy=f"请核对路径，或写 {'、'.join(shipped)} 之一；节点里的版本写成 代号@版次。",
        )
    return shipped_text(name)


def text_of_file(path: Path) -> str:
    """The text of a file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(
            "文件不是 UTF-8 文字。", place=str(path), remedy="请另存为 UTF-8 后再试。"
        ) from None


def names() -> Mapping[str, str]:
    """What posts and bodies are usually called; no node is asked."""
    wake_alone()
    from liandong.plans.queries import usual_names  # noqa: PLC0415 -- Django woke up only now

    return usual_names()


@contextmanager
def reading(place: str) -> Iterator[None]:
    """Tell as a problem of this file what its text is refused for."""
    try:
        yield
    except PlanInvalidError as refusal:
        flaws = [str(flaw) for flaw in refusal.flaws[:FLAWS_SHOWN]]
        raise Problem(
            f"有 {len(refusal.flaws)} 处不能成立。", place=place, remedy="\n".join(flaws)
        ) from None
