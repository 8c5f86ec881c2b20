"""The command's parts put together, and how its failures are told."""

import sys
from typing import Any

import typer
from typer._click import exceptions as usage

from liandong.config.cli import (
    basemap,
    certificate,
    founding,
    incident,
    journal,
    keeping,
    looking,
    observations,
    plan,
    playing,
    printing,
    registers,
    running,
    streams,
    warning,
    wording,
)
from liandong.kernel.problems import Problem

WRONG, USAGE = 1, 2
EPILOG = "退出状态：0 正常，1 发现问题或办理失败，2 用法不对。"

wording.speak_chinese()
app = typer.Typer(
    cls=wording.Group,
    help="联动：县域应急联动工作平台。",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
for part in (running, streams, founding, playing, keeping, looking, registers):
    part.register(app)
app.add_typer(journal.app, name="journal")
app.add_typer(incident.app, name="incident")
app.add_typer(certificate.app, name="certificate")
app.add_typer(basemap.app, name="basemap")
app.add_typer(observations.app, name="observations")
app.add_typer(plan.app, name="plan")
app.add_typer(warning.app, name="warning")


def main(arguments: list[str] | None = None) -> None:
    """Run ``liandong``; exits 0 when all is well, 1 when something is wrong, 2 when asked wrongly."""
    given = sys.argv[1:] if arguments is None else arguments
    sys.exit(_run(given))


def _run(given: list[str]) -> int:
    as_json = "--json" in given
    try:
        return _status(app(given, standalone_mode=False, prog_name="liandong"))
    except usage.NoArgsIsHelpError as shown:
        shown.show()
        return USAGE
    except usage.ClickException as wrong:
        return _told(
            Problem(wording.complaint(wrong), remedy="请执行 liandong --help 查看用法。"),
            as_json,
            USAGE,
        )
    except Problem as trouble:
        return _told(trouble, as_json, WRONG)
    except PermissionError as trouble:
        told = Problem(
            "没有权限。",
            place=str(trouble.filename or ""),
            remedy="请用建立该数据目录的账户运行。",
        )
        return _told(told, as_json, WRONG)
    except (KeyboardInterrupt, typer.Abort):
        printing.err.print("已中止。")
        return 130


def _status(result: Any) -> int:
    return result if isinstance(result, int) else 0


def _told(trouble: Problem, as_json: bool, status: int) -> int:  # noqa: FBT001 -- private, three plain values
    printing.problem(trouble)
    if as_json:
        printing.problem_json(trouble)
    return status
