from django import forms

from liandong.web.pickers import Picker


class Choosing(forms.Form):
    post = forms.ChoiceField(choices=[("", "请选"), ("1", "县水利局 联络员")], widget=Picker)


def test_a_picker_is_a_select_whose_options_know_their_initials():
    drawn = str(Choosing()["post"])

    assert '<option value="1" data-initials="xsljlly">' in drawn
    assert 'data-combobox="输入名称或拼音首字母"' in drawn
    assert drawn.count("data-initials") == 1
