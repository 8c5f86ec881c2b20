"""A select that is found in by typing: names or pinyin initials. Without a script it is a select."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.kernel.search.pinyin import initials


class Picker(forms.Select):
    """A long list of posts, people or bodies."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        hint = _("输入名称或拼音首字母")
        super().__init__({"data-combobox": hint, **(attrs or {})}, choices)

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Each option knows its initials."""
        option = super().create_option(*args, **kwargs)
        if option["value"]:
            option["attrs"]["data-initials"] = initials(str(option["label"]))
        return option
