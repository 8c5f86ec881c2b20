import ast

import pytest

from tests.architecture.tree import MODULES, SRC, name

MANAGERS = {"objects", "_base_manager", "_default_manager"}
WRITES = {
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "update_or_create",
    "update",
}
FACES = {"api", "forms", "handlers", "jobs", "lint", "panels", "queries", "rules", "views"}
PEOPLES_APPS = [p for p in MODULES if p.relative_to(SRC).parts[0] not in {"kernel", "config"}]


def kind(path):
    """What kind of module a file of an app is: views/order.py is one of the views."""
    return path.relative_to(SRC).with_suffix("").parts[1]


def dotted(node):
    """Read a chain of attributes and calls as words: Order.objects.filter(...).update."""
    words = []
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            words.append(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return [*([node.id] if isinstance(node, ast.Name) else []), *reversed(words)]


@pytest.mark.parametrize("path", PEOPLES_APPS, ids=name)
def test_an_app_touches_only_its_own_tables(path):
    app = path.relative_to(SRC).parts[0]
    tree = ast.parse(path.read_text())
    borrowed = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        if node.module.startswith("liandong.") and ".models" in node.module
        if node.module.split(".")[1] not in {app, "kernel"}
        for alias in node.names
    }

    reached = [
        f"{node.value.id}.{node.attr} (l. {node.lineno})"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id in borrowed and node.attr in MANAGERS
    ]

    assert reached == [], "ask the other app's queries or actions"


@pytest.mark.parametrize(
    "path",
    [p for p in PEOPLES_APPS if len(p.relative_to(SRC).parts) > 1 and kind(p) in FACES],
    ids=name,
)
def test_only_actions_write_rows(path):
    tree = ast.parse(path.read_text())

    written = [
        f"{'.'.join(words)} (l. {node.lineno})"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        if MANAGERS & set(words := dotted(node.func)) and words[-1] in WRITES
    ]

    assert written == [], "every write that matters is an action"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_model_overrides_save_or_delete(path):
    tree = ast.parse(path.read_text())

    overridden = [
        f"{node.name}.{part.name} (l. {part.lineno})"
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any("Model" in ast.unparse(b) for b in node.bases)
        for part in node.body
        if isinstance(part, ast.FunctionDef) and part.name in {"save", "delete"}
    ]

    assert overridden == [], (
        "what happens on a write stands in the action, where it can be read"
    )
