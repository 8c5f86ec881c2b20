"""Reading and writing the YAML that plans are written in: plain data only, each value's line kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

import yaml

from liandong.plans.language.problems import Flaw, Path, PlanInvalidError

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 40
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER: Final = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL: Final = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_WORDS: Final[dict[str, bool | None]] = {
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
}


@dataclass
class Tree:
    """Plain data, and the line on which each part of it stands."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """Find the line of a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)


def read_yaml(text: str) -> Tree:
    """Read one YAML document of mappings, lists and scalars; anything cleverer is refused."""
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise _refused((), 0, "文本超过 1 MB", "预案文本不应这么大，请检查是否传错了文件")
    tree = Tree()
    try:
        events = list(yaml.parse(text, Loader=_LOADER))
    except UnicodeError as error:
        raise _refused((), 0, "有不能编码的字符", "另存为 UTF-8 后再试") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        what = f"不是合规的 YAML({getattr(error, 'problem', None) or '有不允许的字符'})"
        raise _refused((), line, what, "检查该行的缩进、冒号、引号和括号") from error
    starts = [i for i, e in enumerate(events) if isinstance(e, yaml.DocumentStartEvent)]
    if len(starts) != 1:
        raise _refused((), 0, "应当恰有一份文档", "去掉多余的“---”，或补上内容")
    rest = iter(events[starts[0] + 1 :])
    tree.data = _node(next(rest), rest, (), tree)
    return tree


def _node(event: Any, events: Iterator[Any], path: Path, tree: Tree) -> Any:
    line = event.start_mark.line + 1
    tree.lines.setdefault(path, line)
    if len(path) > MAX_DEPTH:
        raise _refused(path[:4], line, f"嵌套超过 {MAX_DEPTH} 层", "把条件写平一些")
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _refused(path, line, "用了 YAML 锚点或别名", "把内容直接写出来，不用 & 和 *")
    if event.tag:
        raise _refused(path, line, f"用了 YAML 标签 {event.tag}", "去掉标签，直接写值")
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, path, tree)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, path, tree)
    return _scalar(event)


def _mapping(events: Iterator[Any], path: Path, tree: Tree) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarEvent):
            raise _refused(path, line, "键必须是一个词", "键只写文字，不写列表或映射")
        if key.value in found:
            raise _refused((*path, key.value), line, f"“{key.value}”写了两次", "合并或删去一个")
        tree.lines[(*path, key.value)] = line
        found[key.value] = _node(next(events), events, (*path, key.value), tree)
    return found


def _sequence(events: Iterator[Any], path: Path, tree: Tree) -> list[Any]:
    found: list[Any] = []
    while not isinstance(item := next(events), yaml.SequenceEndEvent):
        found.append(_node(item, events, (*path, len(found)), tree))
    return found


def _scalar(event: Any) -> bool | int | Decimal | str | None:
    text: str = event.value
    if event.style:  # quoted, or a block: always text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text


def _refused(path: Path, line: int, what: str, remedy: str) -> PlanInvalidError:
    return PlanInvalidError([Flaw(path=path, line=line, what=what, remedy=remedy)])


class YamlWriter(yaml.SafeDumper):
    """The writer that knows decimals and never makes an alias."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _represent_decimal(dumper: Any, value: Decimal) -> Any:
    text = format(value, "f")
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


YamlWriter.add_representer(Decimal, _represent_decimal)
YamlWriter.add_multi_representer(StrEnum, lambda dumper, word: dumper.represent_str(word.value))
YamlWriter.add_representer(date, lambda dumper, day: dumper.represent_str(day.isoformat()))


def write_yaml(data: object, *, short: bool = False) -> str:
    """Write plain data as canonical text: key order kept, Chinese as it is, one form for each value.

    ``short`` puts what holds nothing but values on one line, to be read rather than kept.
    """
    text: str = yaml.dump(
        data,
        Dumper=YamlWriter,
        allow_unicode=True,
        sort_keys=False,
        width=100,
        default_flow_style=None if short else False,
    )
    return text
