"""The command line's own words in Chinese: help pages and complaints."""

from collections.abc import Callable
from typing import Any

import typer
from typer import rich_utils
from typer._click import exceptions as usage
from typer.core import TyperCommand, TyperGroup

HELP = "显示本说明。"
COMPLAINTS = (
    ("does not exist", "没有这个文件或目录"),
    ("is a directory", "应是文件，不是目录"),
    ("is not readable", "没有读取的权限"),
    ("valid integer", "应是整数"),
    ("greater than", "超出允许的范围"),
    ("less than", "超出允许的范围"),
    ("is not in the range", "超出允许的范围"),
)


class Command(TyperCommand):
    """A command whose help speaks Chinese."""

    def get_help_option(self, ctx: Any) -> Any:
        return _in_chinese(super().get_help_option(ctx))


class Group(TyperGroup):
    """A group of commands whose help speaks Chinese."""

    def get_help_option(self, ctx: Any) -> Any:
        return _in_chinese(super().get_help_option(ctx))


def enter(
    app: typer.Typer, run: Callable[..., Any], *, about: str, name: str | None = None
) -> None:
    """Make a function a command, under its own name or another."""
    app.command(name, cls=Command, help=about)(run)


def speak_chinese() -> None:
    """Set the headings of help pages."""
    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.DEFAULT_STRING = "[默认 {}]"
    rich_utils.ENVVAR_STRING = "[环境变量 {}]"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"


def complaint(wrong: usage.ClickException) -> str:
    """The parser's complaint in Chinese."""
    if isinstance(wrong, usage.NoSuchOption):
        return f"没有 {wrong.option_name} 这个选项。"
    if isinstance(wrong, usage.MissingParameter):
        return f"缺少 {_name(wrong)}。"
    if isinstance(wrong, usage.BadParameter):
        reasons = [chinese for english, chinese in COMPLAINTS if english in wrong.message]
        if "is not one of" in wrong.message:
            reasons = ["可用的值是 " + wrong.message.partition("is not one of ")[2].rstrip(".")]
        return f"{_name(wrong)} 的值不对：{reasons[0] if reasons else wrong.message}。"
    if wrong.message.startswith("No such command"):
        return f"没有 {wrong.message.split(maxsplit=3)[-1].rstrip('.')} 这个命令。"
    return f"用法不对：{wrong.message}"


def _name(wrong: usage.BadParameter) -> str:
    parameter = wrong.param
    if parameter is None:
        return str(wrong.param_hint or "参数")
    options = [name for name in parameter.opts if name.startswith("--")]
    return options[0] if options else str(parameter.name).upper()


def _in_chinese(option: Any) -> Any:
    if option is not None:
        option.help = HELP
    return option
