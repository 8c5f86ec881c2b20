from datetime import UTC, datetime

import pytest
from django import forms
from django.http import QueryDict

from liandong.kernel.problems import Forbidden, Invalid, KeyReused, Stale
from liandong.web.forms import UNKNOWN, DeedForm, UnknownField


class Sample(DeedForm):
    widths = {"name": "half"}
    name = forms.CharField(label="名称", max_length=10, help_text="全称")
    injured = UnknownField(forms.IntegerField(min_value=0), label="重伤人数")
    at = forms.DateTimeField(label="时间", required=False)


def filled(**changes):
    data = {"name": "县防办", "injured": "3", "idempotency_key": "k-1", **changes}
    query = QueryDict(mutable=True)
    query.update(data)
    return Sample(query)


def test_two_forms_have_two_keys():
    keys = {Sample()["idempotency_key"].value() for _ in range(2)}

    assert len(keys) == 2


def test_an_absent_version_is_no_argument():
    form = filled()

    assert form.is_valid(), form.errors
    assert form.arguments() == {
        "name": "县防办",
        "injured": 3,
        "at": None,
        "idempotency_key": "k-1",
    }


def test_a_version_is_handed_on():
    form = filled(expected_version="4")
    form.is_valid()

    assert form.arguments()["expected_version"] == 4


def test_a_version_beyond_the_column_is_refused():
    assert filled(expected_version=str(2**31)).is_valid() is False


def test_a_key_that_is_no_key_is_refused():
    assert filled(idempotency_key="a b").is_valid() is False


def test_a_nul_character_is_refused_by_the_form():
    form = filled(name="县\0防办")

    assert list(form.errors) == ["name"]


def test_unknown_is_an_answer_of_its_own():
    form = filled(injured="", injured_unknown="on")
    form.is_valid()

    assert form.cleaned_data["injured"] is UNKNOWN
    assert not UNKNOWN


def test_neither_a_number_nor_unknown_is_no_answer():
    form = filled(injured="")

    assert form.errors["injured"] == ["请填写，或选“未知”。"]


def test_zero_is_not_unknown():
    form = filled(injured="0")
    form.is_valid()

    assert form.cleaned_data["injured"] == 0
    assert form.cleaned_data["injured"] is not UNKNOWN


def test_a_field_stands_below_its_label_with_star_help_and_width():
    html = str(Sample())

    assert 'class="field field-half"' in html
    assert 'label for="sample-name"' in html
    assert "全称" in html
    assert html.count('class="required"') == 2


def test_an_error_stands_below_its_field_and_is_tied_to_it():
    form = filled(name="")
    html = str(form)

    assert 'id="sample-name_error"' in html
    assert "请填写这一项。" in html
    assert 'aria-invalid="true"' in html


def test_a_refusal_that_names_a_field_stands_below_it():
    form = filled()
    form.is_valid()

    form.refuse(Invalid("数据不对", fields={"name": "没有这个单位"}))

    assert form.errors["name"] == ["没有这个单位"]
    assert form.problem is None


def test_any_other_refusal_stands_above_the_form():
    form = filled()
    form.is_valid()
    problem = Forbidden("不能办")

    form.refuse(problem)

    assert form.problem is problem


def test_a_refusal_about_a_field_that_is_not_there_is_not_lost():
    form = filled()
    form.is_valid()
    problem = Invalid("数据不对", fields={"elsewhere": "没有"})

    form.refuse(problem)

    assert form.problem is problem


def test_a_used_key_is_replaced_so_that_the_next_try_is_a_deed_of_its_own():
    form = filled()
    form.is_valid()

    form.refuse(KeyReused("已经提交过"))

    assert form["idempotency_key"].value() != "k-1"
    assert form["name"].value() == "县防办"


def test_moments_and_days_are_picked_not_typed():
    class Times(DeedForm):
        at = forms.DateTimeField(
            label="时间", initial=datetime(2026, 7, 13, 21, 36, 10, tzinfo=UTC)
        )
        on = forms.DateField(label="日期", widget=forms.DateInput({"class": "wide"}))

    html = str(Times())

    assert 'type="datetime-local" name="at" value="2026-07-14T05:36:10"' in html
    assert 'type="date"' in html
    assert 'class="wide"' in html


def test_a_picked_moment_is_the_countys():
    form = filled(at="2026-07-14T05:36")
    form.is_valid()

    assert form.cleaned_data["at"] == datetime(2026, 7, 13, 21, 36, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "far"),
    [(forms.DateField, "0001-01-01"), (forms.DateTimeField, "9999-12-31T23:59")],
)
def test_a_year_no_calendar_has_is_refused(field, far):
    class Times(DeedForm):
        on = field(label="日期")

    form = Times({"on": far, "idempotency_key": "k"})

    assert not form.is_valid()
    assert "请核对年份" in str(form.errors)


def test_a_text_area_is_three_lines_unless_said_otherwise():
    class Texts(DeedForm):
        short = forms.CharField(widget=forms.Textarea)
        long = forms.CharField(widget=forms.Textarea({"rows": 8}))

    assert [Texts().fields[name].widget.attrs["rows"] for name in ("short", "long")] == [3, 8]


def test_whoever_was_told_of_a_change_may_send_the_same_again():
    data = QueryDict(mutable=True)
    data.update({"name": "县防办", "injured": "3", "expected_version": "1"})
    form = Sample(data, initial={"expected_version": 2})
    form.is_valid()

    form.refuse(Stale("刚被别人改过。"))

    assert (form["expected_version"].value(), form["name"].value()) == ("2", "县防办")


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_year_nobody_means_is_refused_below_its_field(moment):
    form = filled(at=moment)

    assert (form.is_valid(), form.errors["at"]) == (False, ["请核对年份。"])
