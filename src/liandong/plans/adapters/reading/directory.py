"""Bodies and posts by whatever papers call them, in full, in short, of old, or by their part in the headquarters."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from liandong.plans.adapters.reading.numbers import plain

KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)?")
# Names that papers use for bodies of any county, old ones among them, by the key of the body.
CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "government-office": ("政府办公室", "政府办", "政府值班室"),
    "publicity": ("宣传部", "宣传部门", "委宣传部"),
    "armed-forces": ("人武部", "人民武装部"),
    "armed-police": ("武警中队", "武警部队", "武警"),
    "public-security": ("公安局", "公安部门", "公安机关"),
    "emergency": ("应急管理局", "应急局", "应急管理部门", "应急部门", "安监局"),
    "fire-rescue": (
        "消防救援大队",
        "消防大队",
        "消防救援队伍",
        "消防救援机构",
        "消防部门",
        "公安消防大队",
    ),
    "development": ("发展和改革局", "发展改革局", "发改局", "发展改革部门", "发改委"),
    "industry": ("工业和信息化局", "工信局", "经信局", "工信部门"),
    "finance": ("财政局", "财政部门"),
    "civil-affairs": ("民政局", "民政部门"),
    "natural-resources": ("自然资源局", "自然资源部门", "国土资源局", "自然资源和规划局"),
    "environment": ("生态环境分局", "生态环境局", "生态环境部门", "环保局", "环境保护局"),
    "housing": ("住房和城乡建设局", "住房城乡建设局", "住建局", "住建部门"),
    "transport": ("交通运输局", "交通局", "交通运输部门"),
    "water": ("水利局", "水务局", "水利部门"),
    "agriculture": ("农业农村局", "农业农村部门", "农业局"),
    "commerce": ("商务局", "商务部门"),
    "culture": ("文化广电旅游局", "文化和旅游局", "文旅局", "文旅部门"),
    "health": ("卫生健康局", "卫健局", "卫生健康部门", "卫健部门", "卫计局", "卫生局"),
    "market": ("市场监督管理局", "市场监管局", "市场监管部门"),
    "forestry": ("林业局", "林业和草原局", "林草局", "林业部门", "林草部门"),
    "education": ("教育体育局", "教体局", "教育局", "教育部门"),
    "meteorology": ("气象局", "气象部门", "气象台"),
    "hydrology": ("水文中心", "水文局", "水文站", "水文部门"),
    "power": ("供电公司", "电力公司", "供电部门", "电力部门", "供电局"),
    "telecom": ("电信公司", "电信分公司"),
    "mobile": ("移动公司", "移动分公司"),
    "unicom": ("联通公司", "联通分公司"),
    "red-cross": ("红十字会",),
    "youth-league": ("共青团县委", "团县委", "团委"),
    "oil": ("石油公司", "中石化"),
    "city-emergency": ("市应急管理局", "市应急局"),
    "flood-hq": ("防指", "防汛抗旱指挥部", "防汛指挥部"),
    "flood-office.director": ("防指办公室", "防指办", "防汛办", "防办"),
    "forest-fire-hq": ("森防指", "森林防灭火指挥部", "森林防火指挥部"),
    "forest-fire-office.director": ("森防指办公室", "森防指办", "森防办"),
    "relief-hq": ("减灾委", "减灾委员会"),
    "relief-office.director": ("减灾委办公室", "减灾委办", "减灾办"),
    "earthquake-hq": ("抗震救灾指挥部",),
    "earthquake-office.director": ("抗震救灾指挥部办公室", "抗震办"),
    "geohazard-hq": ("地质灾害应急指挥部", "地灾指挥部"),
    "geohazard-office.director": ("地质灾害应急指挥部办公室", "地灾办"),
    "committee.secretary": ("县委书记",),
    "committee.magistrate": ("县长",),
    "committee.executive": ("常务副县长",),
}
# What is said right behind a body, and which of its posts that is.
TITLES: Final = (
    ("executive-deputy", re.compile(r"(?:常务)?副(?:指挥长|总指挥)|副组长")),
    ("commander", re.compile(r"指挥长|总指挥长?|组长")),
    ("director", re.compile(r"主任")),
    ("head", re.compile(r"主要负责人|主要负责同志|局长|主任|部长|大队长|中队长|队长|经理")),
)
# What a part in the headquarters is called, where the plan's own headquarters are meant.
PARTS: Final = (
    (
        "{hq}.executive-deputy",
        ("常务副指挥长", "常务副总指挥", "副指挥长", "副总指挥", "副组长"),
    ),
    ("{hq}.commander", ("指挥长", "总指挥长", "总指挥", "组长")),
    ("{office}.director", ("办公室主任", "指挥部办公室主任", "办公室", "指挥部办公室", "防办")),
    ("{hq}", ("指挥部", "县指挥部", "领导小组")),
)
LEAST: Final = 2


@dataclass(frozen=True)
class Mention:
    """A body or post in a text, and where."""

    key: str
    said: str
    start: int
    end: int


class Directory:
    """Names of bodies and posts by which a paper is read; ``names`` gives for each key all it is called.

    With ``headquarters`` 指挥长 and 办公室主任 are theirs.
    """

    def __init__(
        self, names: Mapping[str, Sequence[str]], *, county: str = "", headquarters: str = ""
    ) -> None:
        self._names, self._county = names, county
        self._keys: dict[str, str] = {}
        for key, called in names.items():
            for name in (*called, *CALLED.get(key, ())):
                self._add(name, key)
        office = headquarters.removesuffix("-hq") + "-office"
        for form, parts in PARTS if headquarters else ():
            key = form.format(hq=headquarters, office=office)
            for name in parts if key in names else ():
                self._keys.setdefault(name, key)
        director = f"{office}.director"
        self.office = director if director in names else headquarters
        self._pattern = _pattern(self._keys)

    def at(self, headquarters: str) -> "Directory":
        """The same, where 指挥长 and 办公室主任 are those of a headquarters."""
        return Directory(self._names, county=self._county, headquarters=headquarters)

    def label(self, key: str) -> str:
        """What somebody is called first of all."""
        return next(iter(self._names.get(key, ())), key)

    def key_of(self, text: str) -> str | None:
        """The key of one name, or the key itself; None where nobody is called so."""
        said = plain(text)
        if KEY.fullmatch(said):
            return said
        return self._keys.get(said) or self._keys.get(self._bare(said))

    def mentions(self, text: str) -> list[Mention]:
        """Everybody a text names, in order; 县公安局局长 is its head."""
        return list(self._mentions(text))

    def _mentions(self, text: str) -> Iterator[Mention]:
        done = 0
        for found in self._pattern.finditer(text):
            if found.start() < done:
                continue  # 指挥长 of 县防指指挥长, which was said with it
            key, done = self._post_behind(self._keys[found[0]], text, found.end())
            yield Mention(key, text[found.start() : done], found.start(), done)

    def _post_behind(self, body: str, text: str, at: int) -> tuple[str, int]:
        for post, words in TITLES:
            title = words.match(text, at)
            if title and f"{body}.{post}" in self._names:
                return f"{body}.{post}", title.end()
        return body, at

    def _add(self, name: str, key: str) -> None:
        said = plain(name)
        for one in (said, self._bare(said), "县" + self._bare(said)):
            if len(one) >= LEAST:
                self._keys.setdefault(one, key)

    def _bare(self, name: str) -> str:
        """A name without the county's own and without 县 before it."""
        for before in (self._county, "本县", "县"):
            if before and name.startswith(before) and len(name) > len(before) + 1:
                return name.removeprefix(before)
        return name


def _pattern(keys: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(keys, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
