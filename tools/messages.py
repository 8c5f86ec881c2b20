"""Collect what pages say into the catalogue of each language; --check only says whether that is done.

Python is read by Babel, templates by Django, which knows what its own tags mean. A catalogue is
sorted and names no lines, so that it changes only where words do: new entries come in empty,
those no page says any more go.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import normalize, read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "liandong"
CATALOGUES = sorted(SRC.glob("locale/*/LC_MESSAGES/django.po"))
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "words": None,  # gettext where _ is lazy
    "_lazy": None,  # and the other way round
}
LITERAL = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
CALL = re.compile(rf"\b(_|gettext|pgettext|ngettext|npgettext)\(({LITERAL}(?:,\s*{LITERAL})*)")
HEAD = """# What the pages say, in another language. Collected by `make messages`, translated by hand.
msgid ""
msgstr ""
"Language: %s\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: %s\\n"
"""
Key = tuple[str, str]  # context and the first form; a plural has a second


def collected() -> dict[Key, str]:
    """Everything that is to be translated, each with its plural form or nothing."""
    found: dict[Key, str] = {}
    for path in sorted(SRC.rglob("*.py")):
        if "migrations" not in path.parts:
            found |= dict(from_python(path))
    for path in sorted(SRC.rglob("templates/**/*.*")):
        found |= dict(from_template(path.read_text(encoding="utf-8"), str(path)))
    found.pop(("", ""), None)
    return found


def from_python(path: Path) -> Iterator[tuple[Key, str]]:
    with path.open("rb") as file:
        for _line, said, _comments, context in extract(
            "python", file, KEYWORDS, (), {"encoding": "utf-8"}
        ):
            one, many = said[:2] if isinstance(said, tuple) else (said, "")
            yield (context or "", one), many


def from_template(text: str, name: str) -> Iterator[tuple[Key, str]]:
    for function, given in CALL.findall(templatize(text, origin=name)):
        said = [ast.literal_eval(one) for one in re.findall(LITERAL, given)]
        context = said.pop(0) if "p" in function else ""
        yield (context, said[0]), said[1] if "n" in function.removeprefix("p")[:1] else ""


def merged(path: Path) -> str:
    """A catalogue as it should be: every message once, with what it has been translated by."""
    with path.open("rb") as file:
        before = read_po(file, locale=path.parts[-3])
    lines = [HEAD % (before.locale_identifier, before.plural_forms.rstrip(";") + ";")]
    for (context, one), many in sorted(collected().items()):
        known = before.get((one, many) if many else one, context or None)
        known = known or before.get(one, context or None)
        lines.append(entry(context, one, many, known, before))
    return "\n".join(lines)


def entry(context: str, one: str, many: str, known: Message | None, into: Catalog) -> str:
    said = [f"# {comment}" for comment in known.user_comments] if known else []
    said += [f"msgctxt {normalize(context)}"] if context else []
    said.append(f"msgid {normalize(one)}")
    before: Any = known.string if known else ""
    texts = [before] if isinstance(before, str) else list(before)
    if not many:
        return "\n".join([*said, f"msgstr {normalize(texts[0])}", ""])
    texts = (texts + [""] * into.num_plurals)[: into.num_plurals]
    forms = [f"msgstr[{at}] {normalize(text)}" for at, text in enumerate(texts)]
    return "\n".join([*said, f"msgid_plural {normalize(many)}", *forms, ""])


def main(arguments: list[str]) -> None:
    settings.configure()
    django.setup()
    stale = []
    for path in CATALOGUES:
        text = merged(path)
        if path.read_text(encoding="utf-8") != text:
            stale.append(str(path.relative_to(ROOT)))
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8")
    if stale and "--check" in arguments:
        sys.exit(f"not all is collected, run make messages: {', '.join(stale)}")


if __name__ == "__main__":
    main(sys.argv[1:])
