"""Tags and filters of the chrome: ``{% load web %}``."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.forms import BoundField
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe

from liandong.kernel.ids import uuid7
from liandong.web import icons, presence, signs, times
from liandong.web.requests import STRANGER
from liandong.web.shielding import Broken, shielded
from liandong.web.slots import Registered, panels
from liandong.web.states import STATES, Look
from liandong.web.words import spoken

register = template.Library()
LITERAL = re.compile(r"""["']([^"'|]*)["']""")

register.filter("clock", times.clock_face)
register.filter("moment", times.moment)
register.filter("full_moment", times.full_moment)
register.filter("day", times.day)
register.filter("weekday", times.weekday)
register.filter("machine", times.machine)
register.filter("span", times.span)
register.filter("until", times.until)
register.filter("roman", signs.roman)
register.simple_tag(signs.warning_sign, name="warning_sign")
register.simple_tag(signs.response_sign, name="response_sign")
register.simple_tag(signs.severity_bars, name="severity_bars")
register.simple_tag(signs.command_stairs, name="command_stairs")
register.simple_tag(signs.station_sign, name="station_sign")
register.simple_tag(signs.dots, name="dots")
register.simple_tag(signs.meter, name="meter")
register.simple_tag(signs.proportion, name="proportion")


class IconNode(Node):
    """An icon; a name written in the template is checked when the template is read."""

    def __init__(self, name: FilterExpression, more: dict[str, FilterExpression]) -> None:
        self.name = name
        self.more = more

    def render(self, context: Context) -> SafeString:
        more = {key: str(value.resolve(context)) for key, value in self.more.items()}
        name = str(self.name.resolve(context))
        return icons.icon(name if name in icons.names() else "point", **more)


@register.tag("icon")
def do_icon(parser: Parser, token: Token) -> IconNode:
    """``{% icon "bell" label="响铃" size="large" %}``."""
    bits = token.split_contents()[1:]
    if not bits:
        raise template.TemplateSyntaxError("icon needs a name")
    literal = LITERAL.fullmatch(bits[0])
    if literal and literal[1] not in icons.names():
        raise template.TemplateSyntaxError(f"no icon “{literal[1]}” in web/icons.txt")
    return IconNode(parser.compile_filter(bits[0]), token_kwargs(bits[1:], parser))


@register.simple_tag
def words() -> SafeString:
    """What scripts say on a page, for ``say`` of ``words.js``."""
    return json_script(spoken(), "words")


@register.simple_tag
def new_key() -> str:
    """A key for a form that no form object draws: sent twice, it is done once."""
    return str(uuid7())


@register.filter
def our_words(text: object) -> str:
    """What borrowed forms say, in the word this county's papers use: 口令."""
    return str(text).replace("密码", "口令")


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, subject: Any = None) -> SafeString:
    """Show every panel that apps above have registered for this place."""
    request = context["request"]
    return format_html_join(
        "", "{}", ((_panel(request, one, subject),) for one in panels(name))
    )


def _panel(request: Any, one: Registered, subject: Any) -> SafeString:
    def draw() -> SafeString:
        shown = one.panel(request, subject)
        return render_to_string(shown[0], shown[1], request=request) if shown else mark_safe("")

    drawn = shielded(request, draw)
    if isinstance(drawn, Broken):
        return render_to_string("web/components/broken.html", {}, request=request)
    return drawn or mark_safe("")


@register.simple_tag
def countdown(due: datetime | None, now: datetime, start: datetime | None = None) -> SafeString:
    """Time left until ``due`` by the realm's clock; ``start`` gives the ring its whole."""
    return times.countdown(due, now, start) if due else mark_safe("")


@register.filter
def left_until(due: datetime, now: datetime) -> timedelta:
    """The time between now and due."""
    return due - now


@register.simple_tag
def countdown_state(due: datetime | None, now: datetime, start: datetime | None = None) -> str:
    """The class of a row with this deadline: empty, ``soon`` or ``overdue``."""
    state = times.countdown_state(due, now, start) if due else "calm"
    return {"calm": "", "soon": "soon", "over": "overdue"}[state]


@register.simple_tag
def state_tag(kind: str, text: str = "") -> SafeString:
    """A state as icon, word and color; kinds are listed in ``web/states.py``."""
    known = STATES.get(str(kind))
    if known is None:
        return format_html('<span class="tag">{}</span>', text or kind)
    tone = f" tag-{known.tone}" if known.tone else ""
    drawn = icons.icon(known.icon) if known.icon else ""
    return format_html('<span class="tag{}">{}{}</span>', tone, drawn, text or known.text)


@register.simple_tag(takes_context=True)
def presence_ticket(context: Context, path: str) -> str:
    """What lets a form ask who else is filling it in; empty for a stranger."""
    return presence.ticket(context.get("actor") or STRANGER, path)


@register.filter
def pairs(mapping: Mapping[str, object]) -> list[tuple[str, object]]:
    """Keys and values, also where one of the keys is called ``items``, which a template would take instead."""
    return list(mapping.items())


@register.filter
def look(kind: object) -> Look:
    """How a state looks, for what draws more than a tag of it."""
    return STATES.get(str(kind), Look("", ""))


@register.filter
def figure(value: object) -> str:
    """A number with thin spaces between thousands: 12 000."""
    text = f"{value:,}" if isinstance(value, int | float) else str(value)
    return text.replace(",", "\u2009")


@register.filter
def span_class(field: BoundField) -> str:
    """How wide a form lays this field: ``field-half``, ``field-third`` or the whole row."""
    widths: dict[str, str] = getattr(field.form, "widths", {})
    width = widths.get(field.name, "")
    return f"field-{width}" if width else ""


@register.tag("card")
def do_card(parser: Parser, token: Token) -> "CardNode":
    """``{% card "标题" note="说明" id="orders" %} … {% endcard %}``."""
    bits = token.split_contents()[1:]
    body = parser.parse(("endcard",))
    parser.delete_first_token()
    title = parser.compile_filter(bits[0]) if bits and "=" not in bits[0] else None
    more = token_kwargs(bits[1:] if title else bits, parser)
    return CardNode(title, more, body)


class CardNode(Node):
    """A card with its head."""

    def __init__(
        self, title: FilterExpression | None, more: dict[str, FilterExpression], body: NodeList
    ) -> None:
        self.title = title
        self.more = more
        self.body = body

    def render(self, context: Context) -> SafeString:
        more = {key: value.resolve(context) for key, value in self.more.items()}
        title = self.title.resolve(context) if self.title else ""
        return render_to_string(
            "web/components/card.html",
            {**more, "title": title, "body": self.body.render(context)},
        )
