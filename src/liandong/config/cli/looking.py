"""``doctor``."""

from pathlib import Path

import typer

from liandong.config import doctor as checks
from liandong.config.cli import printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import enter
from liandong.config.findings import Finding
from liandong.config.homes import database, is_founded, wake_django
from liandong.kernel.problems import Problem

WRONG = 1
SIGNS = {True: "[green]✓[/green]", False: "[red]✗[/red]", None: "[dim]–[/dim]"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    enter(
        app,
        doctor,
        about="逐项检查节点的依靠：程序、目录、磁盘、数据库、权限、密钥、流水、后台，指出办法。",
    )


def doctor(home: Home, *, as_json: Json = False) -> int:
    """Look at everything a node stands on."""
    home = home.absolute()
    with printing.counting("检查", quiet=as_json) as step:
        findings = []
        for finding in checks.examine(home):
            step(finding.name)
            findings.append(finding)
        findings += _of_database(home)
    wrong = [finding for finding in findings if finding.ok is False]
    if as_json:
        printing.show_json(
            {"ok": not wrong, "findings": [vars(finding) for finding in findings]}
        )
    else:
        for finding in findings:
            _show(finding)
        printing.line()
        printing.line(f"发现 {len(wrong)} 个问题。" if wrong else "一切正常。")
    return WRONG if wrong else 0


def _of_database(home: Path) -> list[Finding]:
    if not is_founded(home):
        return []
    try:
        with database(home):
            wake_django(home)
            from liandong.config import doctor_database  # noqa: PLC0415 -- Django woke up only now

            return list(doctor_database.examine(home))
    except Problem as trouble:
        where = f"{trouble.title}（{trouble.place}）" if trouble.place else trouble.title
        return [Finding("数据库", ok=False, detail=where, remedy=trouble.remedy)]


def _show(finding: Finding) -> None:
    printing.out.print(f"{SIGNS[finding.ok]} {finding.name}  ", end="")
    printing.line(finding.detail)
    if finding.ok is False and finding.remedy:
        printing.line(f"    办法：{finding.remedy}")
