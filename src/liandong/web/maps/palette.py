"""The map's colors on a sheet that stands alone; on a page the style sheet's tokens win."""

from dataclasses import dataclass

from liandong.web.maps.features import Tone


@dataclass(frozen=True)
class Palette:
    """Colors of the face, by what they are for."""

    out: str
    land: str
    forest: str
    built: str
    water: str
    river: str
    contour: str
    border: str
    road: str
    trunk: str
    road_edge: str
    ink: str
    ink2: str
    surface: str
    line2: str
    accent: str
    tones: dict[Tone, tuple[str, str]]


LIGHT = Palette(
    out="#E4E8EA",
    land="#F1F0E8",
    forest="#CFE0C6",
    built="#DCD6CC",
    water="#B5D3E6",
    river="#7FB0D4",
    contour="#DDD8C6",
    border="#A9A596",
    road="#FFFFFF",
    trunk="#F3D9A0",
    road_edge="#C9C3B2",
    ink="#14212B",
    ink2="#435360",
    surface="#FFFFFF",
    line2="#85929B",
    accent="#0B6468",
    tones={
        Tone.CALM: ("#FFFFFF", "#586873"),
        Tone.RED: ("#C4161F", "#B3141D"),
        Tone.ORANGE: ("#E56A00", "#A84300"),
        Tone.YELLOW: ("#F4C51C", "#775700"),
        Tone.BLUE: ("#1560BD", "#1457A8"),
        Tone.ACCENT: ("#0B6468", "#0B6468"),
    },
)
DARK = Palette(
    out="#10191E",
    land="#1B272D",
    forest="#1D362C",
    built="#2A3439",
    water="#173C55",
    river="#2B5E83",
    contour="#253239",
    border="#4A5A63",
    road="#3A474E",
    trunk="#5A4E34",
    road_edge="#111B20",
    ink="#E8EEF1",
    ink2="#B0BEC7",
    surface="#162129",
    line2="#657985",
    accent="#62CBC3",
    tones={
        Tone.CALM: ("#162129", "#B0BEC7"),
        Tone.RED: ("#E5484D", "#FF8A82"),
        Tone.ORANGE: ("#F08A2C", "#FFB070"),
        Tone.YELLOW: ("#F4D03F", "#F0CE6B"),
        Tone.BLUE: ("#4A94F0", "#86BEFF"),
        Tone.ACCENT: ("#62CBC3", "#62CBC3"),
    },
)
PALETTES = {"light": LIGHT, "dark": DARK}
