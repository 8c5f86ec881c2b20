from datetime import UTC, datetime

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from liandong.web.forms import FaceRenderer

GROUPS = [("", "—"), ("甲县", [("1", "<城关>"), ("2", "石桥")]), (3, "三")]
WIDGETS = [
    forms.TextInput({"maxlength": "20", "autofocus": True, "hidden": False}),
    forms.HiddenInput(),
    forms.NumberInput({"step": "0.1"}),
    forms.PasswordInput(render_value=True),
    forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M:%S"),
    forms.CheckboxInput(),
    forms.ClearableFileInput(),
    forms.FileInput(),
    forms.Textarea({"rows": 3, "data-x": '"a" & <b>'}),
    forms.Select({"required": True}, GROUPS),
    forms.SelectMultiple(choices=GROUPS),
    forms.RadioSelect(choices=GROUPS),
    forms.CheckboxSelectMultiple(choices=GROUPS),
]
VALUES = [
    None,
    "",
    "城关 <&'\">",
    0,
    12000,
    True,
    "1",
    ["1", "3"],
    datetime(2026, 7, 14, tzinfo=UTC),
]


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("value", VALUES, ids=str)
def test_a_box_is_drawn_to_the_letter_as_django_draws_it(widget, value):
    theirs = widget.render("f-名", value, {"id": "id_f"}, DjangoTemplates())
    ours = widget.render("f-名", value, {"id": "id_f"}, FaceRenderer())

    assert ours == theirs
