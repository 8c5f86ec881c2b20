from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.plans.language.problems import PlanInvalidError
from liandong.plans.language.yaml_text import read_yaml, write_yaml

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.decimals(-(10**9), 10**9, places=3),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
)
plain = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc甲乙1:#", min_size=1), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@given(plain)
def test_what_is_written_reads_back_the_same(data):
    assert read_yaml(write_yaml({"x": data})).data == {"x": data}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("007", "007"),
        ("2025-09-28", "2025-09-28"),
        ("5.2.1", "5.2.1"),
        ("0.1", Decimal("0.1")),
        ("true", True),
        ("'true'", "true"),
        ("~", None),
    ],
)
def test_scalars_are_read_as_they_look_and_no_cleverer(text, value):
    assert read_yaml(f"a: {text}").data == {"a": value}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "应当恰有一份文档"),
        ("a: 1\n---\nb: 2", "应当恰有一份文档"),
        ("a: &x 1\nb: *x", "用了 YAML 锚点或别名"),
        ("a: !!python/object:os.system x", "用了 YAML 标签 tag:yaml.org,2002:python/object:os.system"),
        ("a: 1\na: 2", "“a”写了两次"),
        ("? [a]\n: 1", "键必须是一个词"),
        ("a: " + "[" * 60 + "]" * 60, "嵌套超过 40 层"),
        ("a: '" + "x" * 1_000_001 + "'", "文本超过 1 MB"),
        ("a: \ud800", "有不能编码的字符"),
        ("a: [", "不是合规的 YAML(did not find expected node content)"),
        ("a: \x00", "不是合规的 YAML(有不允许的字符)"),
    ],
)  # fmt: skip
def test_anything_cleverer_or_broken_is_refused(text, what):
    with pytest.raises(PlanInvalidError) as refusal:
        read_yaml(text)

    assert [flaw.what for flaw in refusal.value.flaws] == [what]


def test_every_value_knows_its_line():
    tree = read_yaml("a: 1\nb:\n  - x\n  - {c: 2}\n")

    assert tree.line(("b", 1, "c")) == 4
    assert tree.line(("b", 1, "missing")) == 4
