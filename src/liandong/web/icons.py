"""Icons: names listed in ``icons.txt``, drawn from the sprite the front-end build makes."""

from functools import cache, lru_cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

LIST = Path(__file__).with_name("icons.txt")
SPRITE = "web/build/icons.svg"
SIZES = {"": "", "large": " icon-large", "huge": " icon-huge"}


@cache
def names() -> frozenset[str]:
    """Every name that may be drawn."""
    return frozenset(LIST.read_text(encoding="utf-8").split())


def icon(name: str, *, label: str = "", size: str = "") -> SafeString:
    """Draw an icon; it is hidden from screen readers unless it has a label of its own."""
    return _drawn(name, str(label), size)


@lru_cache(maxsize=1024)
def _drawn(name: str, label: str, size: str) -> SafeString:
    """Each is drawn once in a process: a page has half a hundred, and they never change."""
    if name not in names():
        raise ValueError(f"no icon “{name}”: choose one from web/icons.txt, or add it there")
    said = format_html(' role="img" aria-label="{}"', label) if label else ' aria-hidden="true"'
    return format_html(
        '<svg class="icon{}"{}><use href="{}#{}"/></svg>',
        SIZES.get(size, ""),
        said if label else SafeString(said),
        static(SPRITE),
        name,
    )
