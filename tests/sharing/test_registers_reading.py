import pytest

from liandong.kernel.problems import Invalid
from liandong.sharing.registers import REGISTERS, Field, Kind


def field(kind, **more):
    return Field(key="it", title="这一项", kind=kind, **more)


@pytest.mark.parametrize(
    ("kind", "text", "value", "shown"),
    [
        (Kind.TEXT, " 县城  ", "县城", "县城"),
        (Kind.INTEGER, "1,200", 1200, "1200"),
        (Kind.DECIMAL, "12.50", "12.5", "12.5"),
        (Kind.DECIMAL, "0.0", "0", "0"),
        (Kind.DATE, "2026年5月1日", "2026-05-01", "2026-05-01"),
        (Kind.DATE, "2026/5/1", "2026-05-01", "2026-05-01"),
        (Kind.DATE, "2026-05-01 00:00:00", "2026-05-01", "2026-05-01"),
        (Kind.MONTH, "2026年5月", "2026-05", "2026-05"),
        (Kind.YES_NO, "有", True, "是"),
        (Kind.YES_NO, "×", False, "否"),
        (
            Kind.PERSON,
            "张三 13900000000",
            {"name": "张三", "phone": "13900000000"},
            "张三 13900000000",
        ),
        (
            Kind.PERSON,
            "李四（0831-2621000）",
            {"name": "李四", "phone": "0831-2621000"},
            "李四 0831-2621000",
        ),
        (Kind.PERSON, "王五", {"name": "王五", "phone": ""}, "王五"),
    ],
)
def test_what_is_typed_is_read_and_shown_again(kind, text, value, shown):
    it = field(kind)

    assert it.parse(text) == value
    assert it.show(value) == shown
    assert it.parse(it.show(value)) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.INTEGER, "一些"),
        (Kind.INTEGER, "1.5"),
        (Kind.INTEGER, "-3"),
        (Kind.DECIMAL, "NaN"),
        (Kind.DATE, "2026-02-30"),
        (Kind.DATE, "去年"),
        (Kind.MONTH, "2026-13"),
        (Kind.YES_NO, "大概"),
        (Kind.PERSON, "13900000000"),
        (Kind.TEXT, "长" * 201),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(kind, text):
    with pytest.raises(Invalid) as problem:
        field(kind).parse(text)

    assert problem.value.remedy


def test_blank_is_nothing_unless_it_is_asked_for():
    assert field(Kind.TEXT).parse("  ") is None
    with pytest.raises(Invalid):
        field(Kind.TEXT, required=True).parse("  ")


@pytest.mark.parametrize(
    ("text", "key"),
    [("重大风险", "1"), ("Ⅱ级", "2"), ("II级", "2"), ("III 级", "3"), ("蓝色", "4")],
)
def test_a_choice_goes_by_any_of_its_words(text, key):
    assert REGISTERS["risk_source"].by_key["grade"].parse(text) == key


def test_several_choices_are_kept_in_their_own_order():
    it = REGISTERS["shelter"].by_key["hazards"]

    value = it.parse("地震灾害、水旱灾害，地震灾害")

    assert value == ["11A", "11C"]
    assert it.parse(it.show(value)) == value
