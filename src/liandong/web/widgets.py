"""Boxes of forms, drawn in Python as Django's templates draw them: these were most of a form's time."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import conditional_escape

Widget = Mapping[str, Any]

INPUTS = (
    *("checkbox", "color", "date", "datetime", "email", "file", "hidden", "input"),
    *("number", "password", "search", "tel", "text", "time", "url"),
)


def attributes(widget: Widget) -> str:
    """What stands in a tag behind its name, with a space before each."""
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{conditional_escape(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def box(widget: Widget) -> str:
    """An ``<input>``."""
    value = widget["value"]
    shown = "" if value is None else f' value="{conditional_escape(value)}"'
    name = conditional_escape(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{shown}{attributes(widget)}>'


def area(widget: Widget) -> str:
    """A ``<textarea>``; the first line break is the browser's, not the text's."""
    name, text = conditional_escape(widget["name"]), conditional_escape(widget["value"] or "")
    return f'<textarea name="{name}"{attributes(widget)}>\n{text}</textarea>'


def choice(widget: Widget) -> str:
    """A ``<select>`` with its options, some of them in groups."""
    parts = [f'<select name="{conditional_escape(widget["name"])}"{attributes(widget)}>']
    for title, options, _index in widget["optgroups"]:
        if title:
            parts.append(f'\n  <optgroup label="{conditional_escape(title)}">')
        parts += [f"\n  {_option(one)}\n" for one in options]
        if title:
            parts.append("\n  </optgroup>")
    return "".join([*parts, "\n</select>"])


def _option(option: Widget) -> str:
    value, label = conditional_escape(option["value"]), conditional_escape(option["label"])
    return f'<option value="{value}"{attributes(option)}>{label}</option>'


PLACE = "django/forms/widgets/{}.html"
DRAWN: dict[str, Callable[[Widget], str]] = {
    **{PLACE.format(name): box for name in INPUTS},
    PLACE.format("textarea"): area,
    PLACE.format("select"): choice,
}


def drawn(template_name: str, context: Mapping[str, Any]) -> str | None:
    """The box that a template of Django's would draw; None for every other template."""
    draw = DRAWN.get(template_name)
    return draw(context["widget"]) if draw else None
