"""What pages say is in the catalogue, in every language; nothing is said past it."""

import ast
import re
from itertools import chain

import pytest
from babel.messages.pofile import read_po

from liandong.kernel.problems import Problem
from tests.architecture.tree import MODULES, SRC, name
from tools import messages

TEMPLATES = sorted(SRC.rglob("templates/**/*.*"))
HAN = re.compile(r"[\u3400-\u9fff]")
PLACES = re.compile(r"%\(\w+\)[0-9]*[sd]|\{\w*\}")
KEPT = "keeps Chinese"  # said of an entry that quotes what has to be typed in Chinese
TOLD = {*messages.KEYWORDS, "event", "lookup"}
# Told in the terminal of whoever keeps the node, in Chinese only; and what is for developers.
TERMINAL = (
    "config/",
    "demo/",
    "kernel/certificates.py",
    "kernel/database/",
    "kernel/divisions.py",
    "kernel/keys.py",
)
SAMPLES = ("web/views/gallery.py", "web/templates/web/gallery.html")
FACES = ("views", "forms", "panels", "api", "tables", "nav", "errors", "times", "words")
# What is read or compared, not said: words that people type, colors the law names, names of data.
READ = {
    "command/forms/incident.py": {"是", "否", "有", "无"},
    "command/views/response.py": {"应急预案"},
    "command/forms/chat.py": {"公顷"},
    "plans/panels.py": {"示例县"},
    "monitoring/exchange/times.py": {"%Y年%m月%d日%H时%M分", "%Y年%m月%d日%H时"},
    "monitoring/adapters/tables.py": {
        *("时间", "日期时间", "观测时间", "年", "月", "日", "时"),
        *("站码", "测站编码", "数值", "值"),
    },
    "monitoring/forms.py": {
        *("分钟", "分", "小时", "时", "天", "日"),
        "([0-9]{1,6})(分钟|分|小时|时|天|日)?",
        "([0-9]{1,2})[月./-]([0-9]{1,2})日?",
    },
}
# Tags whose words are no words: a color is looked up by its Chinese name.
LOOKED_UP = re.compile(r"^\{% *(?:warning_sign|translate|trans|blocktrans)\b")


def catalogues():
    for path in messages.CATALOGUES:
        with path.open("rb") as file:
            yield from (
                pytest.param(one, id=f"{path.parts[-3]}: {one.id}")
                for one in read_po(file, locale=path.parts[-3])
                if one.id
            )


ENTRIES = [one.values[0] for one in catalogues()]


def forms(one):
    return ([one.id], [one.string]) if isinstance(one.id, str) else (one.id, one.string)


@pytest.mark.parametrize("path", messages.CATALOGUES, ids=name)
def test_everything_is_collected(path):
    assert path.read_text(encoding="utf-8") == messages.merged(path), "run make messages"


def test_everything_is_translated():
    bare = [one.id for one in ENTRIES if not all(forms(one)[1])]

    assert bare == []


def test_places_to_fill_are_the_same_in_both_languages():
    strange = [
        one.id
        for one in ENTRIES
        for said in forms(one)[1]
        if sorted(PLACES.findall(said)) != sorted(PLACES.findall(forms(one)[0][-1]))
    ]

    assert strange == []


def test_no_chinese_is_left_in_a_translation():
    left = [
        one.id
        for one in ENTRIES
        if HAN.search("".join(forms(one)[1]))
        and not any(note.startswith(KEPT) for note in one.user_comments)
    ]

    assert left == []


def literals(path):
    """Chinese texts of a module outside gettext, with the line they stand in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in TOLD
        for inner in ast.walk(node)
    }
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    skipped = said | documents
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HAN.search(node.value)
        and id(node) not in skipped
    ], tree


def called(node):
    return getattr(node.func, "attr", None) or getattr(node.func, "id", "")


def place(path):
    return str(path.relative_to(SRC))


def problems():
    found, waiting = {"Problem"}, [Problem]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        found |= {kind.__name__ for kind in kinds}
        waiting += kinds
    return found


def is_face(path):
    parts = (*path.relative_to(SRC).parts[1:-1], path.stem)
    return any(part in FACES for part in parts) and not place(path).startswith(TERMINAL)


@pytest.mark.parametrize("path", [one for one in MODULES if is_face(one)], ids=name)
def test_a_face_says_nothing_past_the_catalogue(path):
    if place(path) in SAMPLES:
        return
    bare = {f"{one.lineno}: {one.value}" for one in literals(path)[0]}
    read = READ.get(place(path), set())

    assert {one for one in bare if one.partition(": ")[2] not in read} == set()


def test_no_problem_names_nothing_past_the_catalogue():
    kinds = problems()
    bare = []
    for path in MODULES:
        if place(path).startswith(TERMINAL) or place(path) in SAMPLES:
            continue
        found, tree = literals(path)
        told = {id(one) for one in found}
        raised = (
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and called(node) in kinds
        )
        bare += [
            f"{place(path)}:{one.lineno}: {one.value}"
            for one in chain.from_iterable(map(ast.walk, raised))
            if id(one) in told
        ]

    assert bare == []


def test_no_field_begins_with_words_that_would_be_kept_in_the_language_of_a_reader():
    bare = [
        f"{place(path)}:{node.value.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "initial"
        if isinstance(node.value, ast.Call) and called(node.value) in messages.KEYWORDS
    ]

    assert bare == [], "put as_kept around it"


def test_names_of_models_states_and_events_are_in_the_catalogue():
    bare = [
        f"{place(path)}:{one.lineno}: {one.value}"
        for path in MODULES
        if path.stem in {"models", "events", "states", "permissions"}
        or {"models", "events"} & set(path.parts)
        for one in named(path)
    ]

    assert bare == []


def named(path):
    found, tree = literals(path)
    bare = {id(one) for one in found}
    for node in ast.walk(tree):
        last = None
        if isinstance(node, ast.Assign) and getattr(node.value, "elts", None):
            last = node.value.elts[-1]
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in {
            "say",
            "verbose_name",
        }:
            last = node.value
        elif isinstance(node, ast.Call) and called(node).endswith("Field") and node.args:
            last = node.args[0]
        if id(last) in bare:
            yield last


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_tag_says_nothing_past_the_catalogue(path):
    if place(path) in SAMPLES:
        return
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    tags = re.findall(r"\{%.*?%\}|\{\{.*?\}\}", text, flags=re.DOTALL)
    bare = [re.sub(r"_\((\"[^\"]*\"|'[^']*')\)", "", one) for one in tags]

    assert [one for one in bare if HAN.search(one) and not LOOKED_UP.match(one)] == []
