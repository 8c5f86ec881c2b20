"""``plan lint``: the check-up of plans, of a text alone or against a node's registers."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Final

import typer

from liandong.config.cli import printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import enter
from liandong.config.homes import node
from liandong.kernel.problems import Invalid
from liandong.plans.language import PlanInvalidError
from liandong.plans.language.linting import GRAVITY_LABELS, Finding, Gravity, check_texts
from liandong.plans.language.problems import Flaw
from liandong.plans.language.reading import load
from liandong.plans.language.yaml_text import MAX_BYTES

WRONG: Final = 1
SIGNS: Final = {Gravity.MUST: "[red]⊘[/red]", Gravity.SHOULD: "[yellow]△[/yellow]"}
# What office programs write, whatever the file is called.
OFFICE: Final = {
    b"\xd0\xcf\x11\xe0": "旧版 Word 或 Excel",
    b"PK\x03\x04": "Word、Excel 或压缩包",
    b"%PDF": "PDF",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    enter(
        app,
        lint,
        about="预案体检：逐条指出哪里会出问题、为什么、怎么改。给一个或几个文件；或 --all 查节点里的现行预案。",
    )


def lint(
    home: Home,
    files: Annotated[
        list[Path] | None,
        typer.Argument(exists=True, dir_okay=False, metavar="FILE…", help="预案的 YAML 文件。"),
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="节点里所有现行预案。")] = False,
    living: Annotated[
        bool,
        typer.Option("--living", help="还对照节点里的机构、任职、电话、账号和值班表。"),
    ] = False,
    as_json: Json = False,
) -> int:
    """Check plans; exits 1 where something must be mended or a text cannot be read."""
    if bool(files) == every:
        raise typer.BadParameter("给出预案文件，或写 --all，两者择一")
    with ExitStack() as stack:
        if every or living:
            stack.enter_context(node(home.absolute()))
        texts = dict(_in_force()) if every else {str(file): _text(file) for file in files or ()}
        flaws = {name: _flaws(text) for name, text in texts.items()}
        if any(flaws.values()):
            return _refuse(flaws, as_json=as_json)
        found = check_texts(list(texts.values()), living=living)
    return _tell(list(texts), found, as_json=as_json)


def _in_force() -> Iterator[tuple[str, str]]:
    from liandong.plans.queries import versions_in_force  # noqa: PLC0415 -- Django woke up only now

    return ((version.key, version.text) for version in versions_in_force())


def _text(file: Path) -> str:
    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    for start, program in OFFICE.items():
        if data.startswith(start):
            raise Invalid(
                f"不是预案文本，是{program}文件。",
                place=str(file),
                remedy="请先写成 YAML 文本：.docx 用 liandong plan import 读出，或从预案库取一部作样子。",
            )
    return data.decode("utf-8", errors="surrogateescape")


def _flaws(text: str) -> tuple[Flaw, ...]:
    try:
        load(text)
    except PlanInvalidError as refused:
        return refused.flaws
    return ()


def _refuse(flaws: dict[str, tuple[Flaw, ...]], *, as_json: bool) -> int:
    if as_json:
        told = [
            {
                "file": name,
                "line": flaw.line,
                "place": flaw.place,
                "what": flaw.what,
                "remedy": flaw.remedy,
            }
            for name, several in flaws.items()
            for flaw in several
        ]
        printing.show_json({"ok": False, "flaws": told})
        return WRONG
    for name, several in flaws.items():
        for flaw in several:
            printing.bad(f"{name} {flaw}")
    return WRONG


def _tell(names: list[str], found: list[Finding], *, as_json: bool) -> int:
    must = sum(one.gravity == Gravity.MUST for one in found)
    should = len(found) - must
    if as_json:
        told = [one.as_data() for one in found]
        printing.show_json(
            {"ok": not must, "plans": names, "must": must, "should": should, "findings": told}
        )
        return WRONG if must else 0
    for one in found:
        where = f"第 {one.line} 行 {one.place}" if one.line else one.place
        printing.out.print(f"{SIGNS[one.gravity]} {one.code} ", end="")
        printing.line(f"{GRAVITY_LABELS[one.gravity]}  {one.plan} {where}：{one.what}")
        printing.line(
            f"    办法：{one.remedy}{f'（{one.rule.basis}）' if one.rule.basis else ''}"
        )
    printing.line(f"{len(names)} 部预案：必须改 {must} 处，建议改 {should} 处。")
    return WRONG if must else 0
