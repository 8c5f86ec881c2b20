"""``plan diff``: what changed between two versions of a plan, in words."""

from itertools import groupby
from typing import Annotated

import typer

from liandong.config.cli import plan_texts, printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import enter
from liandong.plans.language import Difference, Plan, differences, level_label


def register(app: typer.Typer) -> None:
    """Add the command."""
    enter(
        app,
        diff,
        about="两版预案有哪些不同：条件、决定人、措施、时限、出处，逐条用话说出来。",
    )


def diff(
    home: Home,
    before: Annotated[
        str,
        typer.Argument(
            metavar="BEFORE",
            help="原来的预案：YAML 文件、随平台提供的代号，或节点里的 代号@版次（代号@ 即现行版）。",
        ),
    ],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="后来的预案，写法相同。")],
    *,
    as_json: Json = False,
) -> None:
    """Say what changed; exits 0 whether anything did or not."""
    older, newer = (plan_texts.plan_named(one, home) for one in (before, after))
    found = differences(older, newer, names=plan_texts.names())
    if as_json:
        told = [one.as_data() for one in found]
        printing.show_json({"before": before, "after": after, "differences": told})
        return
    _tell(newer, found)


def _tell(newer: Plan, found: list[Difference]) -> None:
    printing.line(newer.title)
    for level, some in groupby(found, key=lambda one: one.level):
        printing.line(level_label(level) if level else "全案")
        for one in some:
            printing.line(f"  {one.what}")
    printing.line(f"共 {len(found)} 处不同。" if found else "两份预案没有不同。")
