"""Signs: warning, response, severity, command and station, each with a shape of its own."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from liandong.kernel.wording import gettext as _

# Color is the law's, shape is ours: octagon, diamond, triangle, circle.
WARNINGS: dict[str, tuple[str, str, str]] = {
    "红": ("red", "M7.2 1h9.6L23 7.2v9.6L16.8 23H7.2L1 16.8V7.2Z", "12"),
    "橙": ("orange", "M12 .6 23.4 12 12 23.4.6 12Z", "12"),
    "黄": ("yellow", "M12 1.5 23.5 22.5H.5Z", "15.5"),
    "蓝": ("blue", "M12 1a11 11 0 1 1 0 22 11 11 0 0 1 0-22Z", "12"),
}
SPOKEN = {
    "红": gettext_lazy("红色"),
    "橙": gettext_lazy("橙色"),
    "黄": gettext_lazy("黄色"),
    "蓝": gettext_lazy("蓝色"),
}
COLORS = {"red": "红", "orange": "橙", "yellow": "黄", "blue": "蓝"}
ROMAN = ("I", "II", "III", "IV")
NUMERALS = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "1": "Ⅰ", "2": "Ⅱ", "3": "Ⅲ", "4": "Ⅳ"}
SEVERITIES = {
    1: gettext_lazy("一般"),
    2: gettext_lazy("较大"),
    3: gettext_lazy("重大"),
    4: gettext_lazy("特别重大"),
}
STATIONS = {
    "normal": gettext_lazy("正常"),
    "above": gettext_lazy("超警戒"),
    "limit": gettext_lazy("超汛限"),
    "guarantee": gettext_lazy("超保证"),
}


def warning_sign(color: str, *, size: str = "") -> SafeString:
    """A warning's color as octagon, diamond, triangle or circle with its character inside."""
    first = COLORS.get(str(color).lower(), str(color)[:1])
    if first not in WARNINGS:
        return unknown_sign()
    name, path, y = WARNINGS[first]
    return format_html(
        '<span class="sign sign-{} {}"><svg viewBox="0 0 24 24" role="img" aria-label="{}">'
        '<path d="{}"/><text x="12" y="{}">{}</text></svg></span>',
        name,
        "sign-large" if size == "large" else "",
        _("%(color)s预警") % {"color": SPOKEN[first]},
        path,
        y,
        first,
    )


def roman(level: object) -> str:
    """Ⅰ–Ⅳ from "III", "Ⅲ", 3 or "3"; empty for anything else."""
    text = str(level or "").strip().upper().removesuffix("级")
    return NUMERALS.get(text, text if text in NUMERALS.values() else "")


def response_sign(level: object, *, size: str = "") -> SafeString:
    """A response level as a hexagon with its numeral, heavier as it is higher; no hue."""
    numeral = roman(level)
    if not numeral:
        return unknown_sign()
    return format_html(
        '<span class="sign sign-response {}" data-level="{}"><svg viewBox="0 0 24 24" role="img"'
        ' aria-label="{}"><path d="M6.6 2.5h10.8L22.8 12l-5.4 9.5H6.6L1.2 12Z"/>'
        '<text x="12" y="12.4">{}</text></svg></span>',
        "sign-large" if size == "large" else "",
        ROMAN["ⅠⅡⅢⅣ".index(numeral)],
        _("%(level)s级响应") % {"level": numeral},
        numeral,
    )


def severity_bars(level: object) -> SafeString:
    """An incident's severity, 1 一般 to 4 特别重大, as four rising bars; empty when undetermined."""
    number = level if isinstance(level, int) and level in SEVERITIES else 0
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="3" height="{}" rx=".5" class="{}"/>',
        ((1 + 5 * n, 10 - 3 * n, 3 + 3 * n, "full" if n < number else "") for n in range(4)),
    )
    return format_html(
        '<svg class="bars" viewBox="0 0 20 14" role="img" aria-label="{}">{}</svg>',
        _("事件级别：%(level)s") % {"level": SEVERITIES[number] if number else _("未定")},
        bars,
    )


def command_stairs() -> SafeString:
    """The level of command, as stairs; the word beside it says which."""
    return mark_safe(
        '<svg class="stairs" viewBox="0 0 18 16" aria-hidden="true"><path d="M1 15h4v-4h4V7h4V3h4"/></svg>'
    )


def station_sign(state: str) -> SafeString:
    """A station as an inverted triangle: hollow when normal, filled when over a mark."""
    name = state if state in STATIONS else "normal"
    return format_html(
        '<svg class="station station-{}" viewBox="0 0 16 14" role="img" aria-label="{}">'
        '<path d="M1 1h14L8 13Z"/></svg>',
        name,
        STATIONS[name],
    )


def unknown_sign() -> SafeString:
    """What is not determined is drawn as such."""
    return format_html('<span class="tag tag-yellow">? {}</span>', _("未定"))


def dots(done: int, total: int = 4, failed: int = 0) -> SafeString:
    """The steps of an order as dots on a line; ``failed`` is the number of the dot that failed."""
    total = max(1, min(total, 8))
    lines = format_html_join(
        "",
        '<line x1="{}" y1="6" x2="{}" y2="6" class="{}"/>',
        (
            (5 + 14 * n, 19 + 14 * n, "done-line" if n + 1 < done else "")
            for n in range(total - 1)
        ),
    )
    marks = format_html_join(
        "", "{}", ((_dot(n, done=done, failed=failed),) for n in range(total))
    )
    said = _("第 %(n)d 步没有办成") % {"n": failed} if failed else ""
    return format_html(
        '<svg class="dots" viewBox="0 0 {} 12" role="img" aria-label="{}">{}{}</svg>',
        14 * total - 3,
        said or _("%(total)d 步已办 %(done)d 步") % {"done": done, "total": total},
        lines,
        marks,
    )


def _dot(index: int, *, done: int, failed: int) -> SafeString:
    x = 5 + 14 * index
    if index + 1 == failed:
        return format_html('<path d="M{} 2l8 8m0-8-8 8"/>', x - 4)
    return format_html(
        '<circle cx="{}" cy="6" r="3.6" class="{}"/>', x, "done" if index < done else ""
    )


def meter(percent: int, *, low: bool = False) -> SafeString:
    """A stock bar."""
    full = max(0, min(int(percent), 100))
    return format_html(
        '<svg class="meter {}" role="img" aria-label="{}%"><rect class="track" width="100%" height="6"'
        ' rx="3"/><rect class="full" width="{}%" height="6" rx="3"/></svg>',
        "meter-low" if low else "",
        full,
        full,
    )


def proportion(*parts: int, said: str) -> SafeString:
    """A whole and its parts, the surest first: full, half and hollow, so that it reads without color."""
    whole = max(sum(parts), 1)
    ends = [100 * sum(parts[: n + 1]) / whole for n in range(len(parts))]
    drawn = format_html_join(
        "",
        '<rect class="part-{}" x="{}%" y="{}" width="{}%" height="{}"/>',
        (
            (n + 1, f"{end - width:.1f}", n and 3, f"{width:.1f}", 8 - 2 * (n and 3))
            for n, (end, width) in enumerate(
                zip(ends, (100 * part / whole for part in parts), strict=True)
            )
            if width
        ),
    )
    return format_html(
        '<svg class="proportion" role="img" aria-label="{}"><rect class="track" width="100%"'
        ' height="8"/>{}</svg>',
        said,
        drawn,
    )
