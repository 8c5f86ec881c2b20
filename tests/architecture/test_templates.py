import re

import pytest

from tests.architecture.tree import SRC, name

TEMPLATES = sorted(SRC.rglob("templates/**/*.html"))
COMMENT = r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}"
FORBIDDEN = {
    "a script in the page": r"<script(?![^>]*\b(?:src=|type=\"application/json\"))",
    "a style sheet in the page": r"<style\b",
    "a style attribute": r"\sstyle\s*=",
    "an event attribute": r"\son[a-z]+\s*=",
    "htmx that evaluates": r"\bhx-on\b|\bhx-(?:vals|headers)\s*=\s*['\"]js:",
    "a javascript address": r"javascript:",
    "an address outside the county": r"(?:src|href)\s*=\s*['\"](?:https?:)?//",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_content_security_policy_is_not_strained(path, what):
    text = re.sub(COMMENT, "", path.read_text(), flags=re.DOTALL)

    assert re.findall(FORBIDDEN[what], text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_chinese_stands_outside_a_translation(path):
    block = r"\{% (blocktrans\w*)\b.*?\{% end\1 %\}"

    bare = re.sub(
        rf"{COMMENT}|{block}|\{{%.*?%\}}|\{{\{{.*?\}}\}}", "", path.read_text(), flags=re.DOTALL
    )

    assert re.findall(r"[\u4e00-\u9fff]+", bare) == []
