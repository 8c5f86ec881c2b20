"""What commands print: results on standard output, all else on standard error."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

from liandong.kernel.problems import Problem

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def show_json(data: object, *, indent: int | None = 1) -> None:
    """Print one result for programs."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=indent, default=str) + "\n")
    sys.stdout.flush()


def tell(text: str) -> None:
    """Say on standard error what is being done."""
    err.print(f"[dim]·[/dim] {_plain(text)}")


def good(text: str) -> None:
    """Say that something is done."""
    out.print(f"[green]✓[/green] {_plain(text)}")


def bad(text: str) -> None:
    """Say that something is wrong."""
    out.print(f"[red]✗[/red] {_plain(text)}")


def line(text: str = "") -> None:
    """Print one line of a result."""
    out.print(_plain(text))


def problem(trouble: Problem) -> None:
    """Print what went wrong: what, where, what to do."""
    err.print(f"[red]✗[/red] {_plain(trouble.title)}")
    if trouble.place:
        err.print(f"  位置：{_plain(trouble.place)}")
    if trouble.remedy:
        err.print(f"  办法：{_plain(trouble.remedy)}")


def problem_json(trouble: Problem) -> None:
    """Print what went wrong for programs."""
    what = {
        "code": trouble.code,
        "title": trouble.title,
        "place": trouble.place,
        "remedy": trouble.remedy,
    }
    show_json({"ok": False, "problem": what})


@contextmanager
def counting(text: str, *, quiet: bool) -> Iterator[Any]:
    """A spinner with the name of the step at hand; call what it gives with each step's text."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        console=err,
        transient=True,
        disable=quiet,
    ) as bar:
        task = bar.add_task(text)
        yield lambda step: bar.update(task, description=f"{text} {_plain(step)}")


@contextmanager
def measuring(text: str, *, quiet: bool) -> Iterator[Any]:
    """A bar over bytes; call what it gives with (done, total, what)."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, disable=quiet) as bar:
        task = bar.add_task(text, total=None)

        def move(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{text} {_plain(what)}")

        yield move


@contextmanager
def measured_rows(text: str, *, quiet: bool) -> Iterator[Any]:
    """A bar over rows; call what it gives with (done, total)."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, disable=quiet) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _plain(text: str) -> str:
    return text.replace("[", "\\[")
