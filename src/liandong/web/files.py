"""The box of a form for several files at once."""

from typing import Any

from django import forms


class ManyFilesInput(forms.ClearableFileInput):
    """Several files at once; a telephone offers its camera."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Cleans to a list of files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Clean each file by itself; refuses none at all where one is wanted."""
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        one_by_one = super().clean
        if not given:
            one_by_one(None, initial)
        return [one_by_one(one, initial) for one in given]
