"""Write docs/reference and docs/clauses.md out of the code; --check only says what is out of date."""

import ast
import dataclasses
import importlib
import importlib.util
import inspect
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
DOCS, TESTS = ROOT / "docs", ROOT / "tests"
NOTE = "<!-- Written by `make docs`; change the code instead. -->\n"
CLAUSES = {
    "二(一)1": "基本应急信息",
    "二(一)2": "监测预警信息",
    "二(二)1": "指挥体系构建",
    "二(二)2": "指挥决策流程",
    "二(二)3": "现场指挥安排",
    "二(三)1": "跨部门协调",
    "二(三)2": "跨区域合作",
    "二(三)3": "社会力量动员",
    "二(四)1": "物资保障",
    "二(四)2": "资金保障",
    "二(四)3": "技术支持",
    "二(五)1": "应急演练",
    "二(五)2": "事后评估",
    "二(五)3": "责任追究",
    "三(一)1": "健全组织机构",
    "三(一)2": "强化队伍建设",
    "三(二)1": "制定应急预案",
    "三(二)2": "建立考核机制",
    "三(三)1": "普及应急知识",
    "三(三)2": "加强舆论引导",
}


def pages() -> Iterator[tuple[Path, str]]:
    """Every generated page and what should stand in it."""
    yield DOCS / "reference/actions.md", actions_page()
    yield DOCS / "reference/events.md", events_page()
    yield DOCS / "reference/permissions.md", permissions_page()
    yield DOCS / "reference/lint.md", lint_page()
    yield DOCS / "clauses.md", clauses_page()
    if importlib.util.find_spec("liandong.config.api"):
        yield DOCS / "reference/openapi.json", openapi()


def actions_page() -> str:
    lines = [
        "# Actions",
        "",
        NOTE,
        "Everything that can be done, by app; each is one journal entry.",
    ]
    for app, deeds in groupby(actions(), key=lambda found: found[0].split(".")[0]):
        lines += ["", f"## {app}"]
        for name, permission, fn in deeds:
            given = ", ".join(f"`{p}`" for p in list(inspect.signature(fn).parameters)[1:])
            said = inspect.getdoc(fn) or ""
            lines += [
                "",
                f"### `{name}`",
                "",
                f"Permission `{permission}`. Takes {given}.",
                "",
                said,
            ]
    return "\n".join(lines) + "\n"


def events_page() -> str:
    from liandong.kernel.events import known  # noqa: PLC0415 -- app ready

    lines = [
        "# Events",
        "",
        NOTE,
        "Everything the journal can say; a name and its meaning never change.",
    ]
    for app, names in groupby(sorted(known), key=lambda name: name.split(".")[0]):
        lines += ["", f"## {app}", "", "| event | about | says | fields |", "|---|---|---|---|"]
        for name in names:
            kind = known[name]
            fields = ", ".join(f"`{field.name}`" for field in dataclasses.fields(kind))
            said = " ".join((inspect.getdoc(kind) or "").split())
            lines.append(
                f"| `{name}` v{kind.version} | `{kind.subject_kind}` | {said} | {fields} |"
            )
    return "\n".join(lines) + "\n"


def permissions_page() -> str:
    from liandong.kernel.permissions import Role, every_permission, permissions_of  # noqa: PLC0415 -- app ready

    asked = {permission for _, permission, _ in actions()}
    lines = ["# Permissions", "", NOTE, "| permission | held by |", "|---|---|"]
    for permission in sorted(asked | every_permission()):
        holders = [str(role.label) for role in Role if permission in permissions_of(role)]
        lines.append(
            f"| `{permission}` | {'、'.join(holders) or 'no role: timers, handlers and plan runs'} |"
        )
    return "\n".join(lines) + "\n"


def lint_page() -> str:
    from liandong.plans.language.linting import GRAVITY_LABELS, rules, tidy  # noqa: PLC0415 -- app ready

    lines = [
        "# 预案体检",
        "",
        NOTE,
        "`liandong plan lint` and the check-up pages look for these. A code keeps its meaning for ever; an article is",
        "named only where it was read. Examples are changes of one short plan (`linting/example.py`) and are tests.",
    ]
    for one in rules():
        against = "；对照各部现行预案" if one.over == "plans" else ""
        against += "；对照机构、任职、电话、账号、值班表" if one.reads else ""
        lines += [
            "",
            f"## {one.code} {one.title}",
            "",
            f"{GRAVITY_LABELS[one.gravity]}{against}。{one.remedy}{f'依据：{one.basis}。' if one.basis else ''}",
            "",
            *example("查出", tidy(one.bad)),
            "",
            *example("不查出", tidy(one.good)),
        ]
    return "\n".join(lines).rstrip() + "\n"


def example(title: str, text: str) -> list[str]:
    return [f"{title}：", "", "```yaml", text.rstrip(), "```"]


def clauses_page() -> str:
    covered = defaultdict(list)
    for name, _, fn in actions():
        for clause in clauses_of(fn):
            covered[clause].append(name)
    lines = [
        "# Clauses",
        "",
        NOTE,
        "Each clause of 联动工作机制, the actions that carry it out, and what tries them.",
    ]
    for clause, title in CLAUSES.items():
        lines += ["", f"## {clause} {title}", ""]
        names = [name for key in covered for name in covered[key] if stands_under(key, clause)]
        lines += [
            f"- `{name}`: {', '.join(tests_of(name)) or 'no test'}"
            for name in sorted(set(names))
        ]
        lines += [] if names else ["Not built yet."]
    return "\n".join(lines) + "\n"


def openapi() -> str:
    api = importlib.import_module("liandong.config.api").api
    schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def actions() -> list[tuple[str, str, object]]:
    from liandong.kernel.actions import catalog  # noqa: PLC0415 -- app ready

    return [
        (name, catalog[name].permission, inspect.unwrap(catalog[name].run))
        for name in sorted(catalog)
    ]


def clauses_of(fn: object) -> list[str]:
    """Read the clauses named by an action, or else those named by its app."""
    app = importlib.import_module(".".join(inspect.getmodule(fn).__name__.split(".")[:2]))
    for text in (inspect.getdoc(fn), inspect.getdoc(app)):
        if named := re.findall(r"[二三]\([一二三四五]\)\d?", text or ""):
            return named
    return []


def stands_under(named: str, clause: str) -> bool:
    """Tell whether a name covers a clause: 二(二) covers all of its parts."""
    return named == clause or (named.endswith(")") and clause.startswith(named))


def tests_of(name: str) -> list[str]:
    """Find the test modules that call the action: those about actions, or else any of its app."""
    app, deed = name.split(".")
    found = [
        f"`{path.relative_to(ROOT)}`"
        for path in sorted((TESTS / app).rglob("test_*.py"))
        if any(calls(node, deed) for node in ast.walk(ast.parse(path.read_text())))
    ]
    return [module for module in found if "test_actions" in module] or found


def calls(node: ast.AST, deed: str) -> bool:
    if not isinstance(node, ast.Call):
        return False
    return getattr(node.func, "id", getattr(node.func, "attr", "")) == deed


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liandong.config.settings.test")
    django.setup()
    importlib.import_module(settings.ROOT_URLCONF)  # pages bring along what no app registers
    stale = []
    for path, text in pages():
        if not path.exists() or path.read_text() != text:
            stale.append(str(path.relative_to(ROOT)))
            if "--check" not in arguments:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
    if stale and "--check" in arguments:
        sys.exit(f"out of date, run make docs: {', '.join(stale)}")


if __name__ == "__main__":
    main(sys.argv[1:])
