"""Going through a paper, block by block: headings say where one is, sentences and tables what holds there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from liandong.documents import Block, Paragraph, Table
from liandong.plans.adapters.reading.cells import clauses_in_cell, marked
from liandong.plans.adapters.reading.conditions import read_condition, said_again
from liandong.plans.adapters.reading.deciding import Said, is_deciding, read_deciding
from liandong.plans.adapters.reading.directory import Directory
from liandong.plans.adapters.reading.draft import Draft, LevelDraft, Origin
from liandong.plans.adapters.reading.entries import add_clause, add_group, add_step
from liandong.plans.adapters.reading.headings import (
    OPENS_CONDITIONS,
    OPENS_ENDS,
    Place,
    Zone,
    heading_of,
    is_item,
    items_in,
    level_of,
    levels_of,
    without_number,
    zone_of,
)
from liandong.plans.adapters.reading.measures import read_measure
from liandong.plans.adapters.reading.numbers import lengths_in, plain
from liandong.plans.adapters.reading.table import ROLE_LABELS, read_table
from liandong.plans.adapters.wording import REFERENCE
from liandong.plans.language import LevelKey, level_label, rank, write_duration

SENTENCES: Final = re.compile(r"(?<=[。！])")
PARTS: Final = re.compile(r"[；;]")
OWN_LEVEL: Final = re.compile(
    r"^(?P<level>[^:：，。]{2,14}?)(?:启动条件|条件)?[:：](?P<rest>.+)$"
)
RUN_IN: Final = re.compile(
    r"^(?:\([一二三四五六七八九十\d]{1,3}\)|\d+(?:\.\d+)*[.、]?|[一二三四五六七八九十]+、)?"
    r"(?P<head>[\u4e00-\u9fff]{2,8})[。:](?P<rest>.*)$"
)
BARE_LEVEL: Final = re.compile(r"^[^。；，:：]{2,16}$")
BUILDS: Final = re.compile(
    r"在(?P<level>.{1,3}级)(?:应急)?(?:响应|预警)?(?:各项)?(?:应急)?(?:响应)?措施(?:的基础上|基础上|之上)"
)
EXPECTED: Final = re.compile(r"预计(?:期限|持续时间?)[^0-9一二三四五六七八九十]{0,6}")
GROUP: Final = re.compile(r"^(?P<name>[\u4e00-\u9fff]{2,12}组)[:：，,]?(?P<rest>.*)$")
LISTED_GROUPS: Final = re.compile(r"[\u4e00-\u9fff]{2,8}组(?=[、，。等和])")
ENDING: Final = re.compile(
    r"(?:的?[,，]|后[,，]?)(?:经.{0,20})?(?:可以|方可|即可|可|应当).{0,12}(?:终止|结束|解除).*$"
)
LEAST: Final = 6
CAPTION: Final = 25


@dataclass
class Reader:
    """One paper being read: where it is, and what was read so far."""

    directory: Directory
    draft: Draft = field(default_factory=Draft)
    level: LevelKey | None = None
    level_depth: int = 9
    zone: Zone = ""
    listed: LevelKey | None = None  # the level of the list that a sentence has opened

    def read(self, blocks: Sequence[Block]) -> None:
        """Go through all of it."""
        for at, block in enumerate(blocks):
            after = blocks[at + 1] if at + 1 < len(blocks) else None
            if isinstance(block, Table):
                self._table(block, blocks[at - 1] if at else None)
            elif not (isinstance(after, Table) and _is_caption(block)):
                self._paragraph(block)

    def _table(self, table: Table, before: Block | None) -> None:
        caption = before.text if isinstance(before, Paragraph) and _is_caption(before) else ""
        level = level_of(caption) or self.level
        known = read_table(self.draft, table, self.directory, level)
        if not known and level:
            row = table.rows[0]
            self.draft.miss(row.number, row.text, "没有认出这是什么表，没有录入")

    def _paragraph(self, paragraph: Paragraph) -> None:
        if REFERENCE.search(paragraph.text):
            return
        place = heading_of(paragraph.text, paragraph.outline) or self._bare(paragraph.text)
        if place:
            self._go(place, paragraph)
            return
        for part in items_in(self._run_in(paragraph)):
            self._item(part, paragraph)

    def _run_in(self, paragraph: Paragraph) -> str:
        """What follows where a line begins with its heading, as in （一）启动条件。洪涝面积."""
        found = RUN_IN.match(plain(paragraph.text))
        zone = zone_of(found["head"]) if found else ""
        if found is None or zone not in {"conditions", "deciding", "measures", "ends"}:
            return paragraph.text
        self.zone, self.listed = zone, None
        return found["rest"]

    def _bare(self, text: str) -> Place | None:
        """A line that only names a level is a heading, whatever it looks like."""
        said = plain(text)
        level = level_of(said)
        if (
            level
            and BARE_LEVEL.match(said)
            and said.endswith(("响应", "级", "预警", "应急响应"))
        ):
            return Place(min(self.level_depth, 8), level, "")
        return None

    def _go(self, place: Place, paragraph: Paragraph) -> None:
        self.listed = None
        if place.level:
            self.level, self.level_depth = place.level, place.depth
            self._begin(place.level, paragraph)
        elif place.depth <= self.level_depth:
            self.level, self.level_depth = None, 9
        self.zone = place.zone

    def _item(self, text: str, paragraph: Paragraph) -> None:
        own = OWN_LEVEL.match(text)
        level = level_of(own["level"]) if own else None
        if level and own and len(own["rest"]) > 1:
            self._begin(level, paragraph)
            for part in items_in(own["rest"]):
                self._classify(part, level, paragraph)
            return
        if self.zone == "ends" or (OPENS_ENDS.search(text) and not is_deciding(text)):
            self._end(text, paragraph)
        elif self.zone == "scene" and self.level is None:
            self._scene(text, paragraph)
        else:
            self._lead(text, paragraph)

    def _lead(self, text: str, paragraph: Paragraph) -> None:
        """A sentence that opens a list of conditions, or something else."""
        if OPENS_CONDITIONS.search(text) and not is_item(text):
            self.listed = level_of(text) or self.level
            if self.listed:
                self._begin(self.listed, paragraph)
                self._decided(text, self.listed, paragraph)
            return
        if self.listed and is_item(text):
            self._clauses(text, self.listed, paragraph)
            return
        self.listed = None
        self._classify(text, self.level, paragraph)

    def _classify(self, text: str, level: LevelKey | None, paragraph: Paragraph) -> None:
        """Tell a condition from a decision from a measure."""
        if level is None:
            self._by_sentence(text, paragraph)
            return
        if self._set_aside(text, level, paragraph):
            return
        if is_deciding(text) and self._decided(text, level, paragraph):
            return
        if self.zone == "conditions" or (
            self.zone != "measures" and read_condition(without_number(text))
        ):
            self._clauses(text, level, paragraph)
        elif not text.endswith((":", "：")):
            self._measures(text, level, paragraph)

    def _by_sentence(self, text: str, paragraph: Paragraph) -> None:
        """Outside of any level only what names one says something: who decides on it, and by what."""
        for part in filter(is_deciding, _by_level(text)):
            for level in levels_of(part) if read_deciding(part, self.directory) else []:
                self._begin(level, paragraph)
                self._decided(part, level, paragraph)

    def _set_aside(self, text: str, level: LevelKey, paragraph: Paragraph) -> bool:
        """What a level says of itself: on which it builds, how long it is expected to last."""
        here = self.draft.levels[level]
        builds, expected = BUILDS.search(plain(text)), EXPECTED.search(plain(text))
        if builds:
            base = level_of(builds["level"])
            if base and rank(base) < rank(level):
                reading = f"{level_label(level)}：在{level_label(base)}各项措施之上"
                here.builds_on = (base, _origin(paragraph, reading))
            return len(text) < CAPTION + 10
        if expected:
            lengths = lengths_in(plain(text)[expected.start() :])
            if lengths:
                reading = f"{level_label(level)}预计期限：{text}"
                value = write_duration(lengths[0][0])
                here.roles.setdefault("expected", (value, _origin(paragraph, reading)))
                return True
        return False

    def _clauses(self, text: str, level: LevelKey, paragraph: Paragraph) -> None:
        for part in clauses_in_cell(text):
            said, status = marked(part)
            origin = Origin(
                paragraph=paragraph.number, quote=paragraph.text, reading="", status=status
            )
            add_clause(self.draft, level, said, origin)

    def _decided(self, text: str, level: LevelKey, paragraph: Paragraph) -> bool:
        found = read_deciding(text, self.directory)
        for one in found:
            self._role(one, level, paragraph)
        return bool(found)

    def _role(self, one: Said, level: LevelKey, paragraph: Paragraph) -> None:
        roles = self.draft.levels[level].roles
        names = "、".join(self.directory.label(key) for key in one.keys)
        reading = f"{level_label(level)}{ROLE_LABELS[one.role]}：{names}"
        origin = _origin(paragraph, reading)
        if one.role == "informs":
            if one.within is None:
                self.draft.miss(
                    paragraph.number,
                    paragraph.text,
                    f"{level_label(level)}要报告{names}，没有写多久之内，没有录入",
                )
                return
            told = [{"post": key, "within": write_duration(one.within)} for key in one.keys]
            before = roles["informs"][0] if "informs" in roles else []
            roles["informs"] = ([*before, *told], origin)
        elif one.role in {"decides", "ends"}:
            roles.setdefault(
                one.role, ({"any_of" if one.either else "all_of": list(one.keys)}, origin)
            )
        else:
            roles.setdefault(one.role, (one.keys[0], origin))

    def _measures(self, text: str, level: LevelKey, paragraph: Paragraph) -> None:
        """Each sentence that begins with somebody, or each item of a list, is a measure."""
        parts = [text] if is_item(text) else self._parted(text)
        for part in parts:
            said = without_number(part).strip("。；; ")
            if len(said) < LEAST:
                continue
            step = read_measure(said, self.directory)
            if "to" not in step and self.zone != "measures":
                self.draft.miss(paragraph.number, said, "没有看出是条件还是措施，没有录入")
                continue
            here = self.draft.levels[level]
            add_step(here, level, step, self.directory, _origin(paragraph, ""))

    def _parted(self, text: str) -> list[str]:
        """Sentences; what goes on after a semicolon without naming anybody belongs to what was before it."""
        found: list[str] = []
        for sentence in SENTENCES.split(text):
            begun = len(found)
            for part in filter(None, PARTS.split(sentence)):
                named = self.directory.mentions(part[:20])
                if len(found) > begun and not named:
                    found[-1] += f"；{part}"
                else:
                    found.append(part)
        return found

    def _end(self, text: str, paragraph: Paragraph) -> None:
        said = without_number(text)
        if said.endswith((":", "：")) or (
            self.level and self._decided(said, self.level, paragraph)
        ):
            return
        for part in clauses_in_cell(said):
            bare, status = marked(ENDING.sub("", part).rstrip("。"))
            found = read_condition(bare) or read_condition(re.sub("[，、]", "，且", bare))
            if found is None and len(bare) < LEAST:
                continue
            known = found or {"not_recorded": bare, "status": "not_recorded"}
            if found is None:
                self.draft.miss(paragraph.number, bare, "终止条件没有看懂，按原文记为“未录”")
            parts = known["all"] if set(known) == {"all"} else [known]
            for one in parts:
                reading = f"终止条件：{said_again(one)}"
                origin = Origin(
                    paragraph=paragraph.number,
                    quote=paragraph.text,
                    reading=reading,
                    status=status,
                )
                self.draft.ends.append((one, origin))

    def _scene(self, text: str, paragraph: Paragraph) -> None:
        said = without_number(text)
        group = GROUP.match(said)
        if group and is_item(text):
            rest = group["rest"]
            mentions = self.directory.mentions(rest)
            led = [one for one in mentions if rest[one.end :].startswith(("牵头", "为组长"))]
            first = led or mentions[:1]
            others = [one.key for one in mentions if one not in first]
            add_group(self.draft, paragraph, group["name"], [one.key for one in first], others)
            return
        for name in LISTED_GROUPS.findall(said) if "设" in said else []:
            add_group(self.draft, paragraph, re.sub(r"^.*设立?", "", name), [], [])

    def _begin(self, level: LevelKey, paragraph: Paragraph) -> LevelDraft:
        return self.draft.level(level, _origin(paragraph, level_label(level)))


def _by_level(text: str) -> list[str]:
    """A text parted so that each part speaks of its own levels: Ⅲ级由指挥长，Ⅳ级由主任决定启动."""
    found: list[str] = []
    for sentence in re.split(r"[。；;]", text):
        begun = len(found)
        for part in re.split(r"[，,]", sentence):
            if len(found) > begun and not levels_of(part):
                found[-1] += f"，{part}"
            else:
                found.append(part)
    return found


def _is_caption(paragraph: Paragraph) -> bool:
    said = plain(paragraph.text)
    return paragraph.outline == 0 and len(said) <= CAPTION and not said.endswith(("。", "；"))


def _origin(paragraph: Paragraph, reading: str) -> Origin:
    return Origin(paragraph=paragraph.number, quote=paragraph.text, reading=reading)
