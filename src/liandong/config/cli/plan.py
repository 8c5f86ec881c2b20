"""``plan``: what can be done with a plan's text at the command line."""

import typer

from liandong.config.cli import plan_lint
from liandong.config.cli.wording import Group

app = typer.Typer(cls=Group, help="预案：体检。", no_args_is_help=True)


@app.callback()
def plans() -> None:
    """Keep each deed a word of its own."""


plan_lint.register(app)
