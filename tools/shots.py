"""Photograph the pages into docs/shots: of a sample county in the night of the flood, or of a running node.

The main ones whole; and of every page one sheet with three sizes in two themes, in docs/shots/pages.
Usage: make shots [ACCOUNT=… PASSWORD=… [ADDRESS=http://127.0.0.1:8000]]
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.browser.houses import FLOODED, House, house
from tests.browser.looks import LOOKS, Look, go
from tests.browser.people import DESK, ONE, PHONE, ROOM, Town, browsers

SHOTS = Path(__file__).resolve().parents[1] / "docs/shots"
THIS_YEAR = "P5113D"  # from the record's days in 2012 to the same days of 2026
LARGEST = 400_000
WALL = {"width": 1920, "height": 1080}
# On a sheet all stand at the height of the smallest screen, so that a line of them is one page.
HEIGHT, GAP, QUALITY = 600, 8, 72


@dataclass(frozen=True)
class Shot:
    """A picture: who sees it, by which addresses (a pattern: the first link that fits), on what."""

    who: str
    way: tuple[str, ...]
    phone: bool = False
    dark: bool = False


PICTURES = {
    "desk": Shot("fangban", ("/",)),
    "incident-room": Shot("fangban", ROOM),
    "incident-room-dark": Shot("fangban", ROOM, dark=True),
    "order-phone": Shot("hekou", ("/", f"/command/orders/{ONE}/"), phone=True),
    "station": Shot("shuili", ("/monitoring/stations/90100001/",)),
    "journal": Shot("fangban", ("/journal/",)),
}


def main(account: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    with node() as served, browsers(served) as town:
        for name, shot in PICTURES.items():
            take(town, name, shot, account or shot.who)
        for name, look in LOOKS.items():
            sheet(town, name, look)


@contextmanager
def node() -> Iterator[House]:
    """The node whose address and password were given, else one of our own."""
    given = os.environ
    if given.get("ACCOUNT"):
        yield House(Path(), given.get("ADDRESS", "http://127.0.0.1:8000"), given["PASSWORD"], 0)
        return
    with house(FLOODED, THIS_YEAR) as served:
        yield served


def take(town: Town, name: str, shot: Shot, account: str) -> None:
    options = {
        "viewport": PHONE if shot.phone else DESK,
        "color_scheme": "dark" if shot.dark else "light",
        "reduced_motion": "reduce",
    }
    person = town.sits_down(account, **options)
    for step in shot.way:
        person.open(person.first_link(step) if ONE in step else step)
    person.page.locator("[data-stream][data-state=open]").wait_for()
    person.page.wait_for_timeout(800)  # charts draw themselves
    target = SHOTS / f"{name}.png"
    person.page.screenshot(path=target)
    person.context.close()
    size = target.stat().st_size
    print(f"{target.name}  {size // 1000} kB{'  TOO LARGE' if size > LARGEST else ''}")


def sheet(town: Town, name: str, look: Look) -> None:
    """One page, light above dark: at a desk, on the wall, on a telephone."""
    person = town.sits_down(look.who) if look.who else town.stranger()
    go(person, look)
    lines = []
    for scheme in ("light", "dark"):
        person.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        views = []
        for size in (DESK, WALL, PHONE):
            person.page.set_viewport_size(size)
            # Charts and maps draw themselves anew.
            has_map = person.page.locator("[data-map]").count()
            person.page.wait_for_timeout(2500 if has_map else 500)
            taken = Image.open(io.BytesIO(person.page.screenshot())).convert("RGB")
            views.append(taken.resize((taken.width * HEIGHT // taken.height, HEIGHT)))
        lines.append(views)
    person.context.close()
    width = sum(view.width + GAP for view in lines[0]) - GAP
    whole = Image.new("RGB", (width, 2 * HEIGHT + GAP), "white")
    for row, views in enumerate(lines):
        left = 0
        for view in views:
            whole.paste(view, (left, row * (HEIGHT + GAP)))
            left += view.width + GAP
    target = SHOTS / "pages" / f"{name.replace(' ', '-')}.webp"
    target.parent.mkdir(exist_ok=True)
    whole.save(target, quality=QUALITY, method=6)
    print(f"pages/{target.name}  {target.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(os.environ.get("ACCOUNT", ""))
