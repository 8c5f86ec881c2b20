"""Input of the pages of plans."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from liandong.web.forms import DeedForm

DRAFT, IN_FORCE = "draft", "in_force"


class AdoptLibraryForm(DeedForm):
    """采用库中的预案."""

    title, verb, done = _("采用这部预案"), _("采用"), _("已采用。")
    widths = {"number": "half", "how": "half"}
    number = forms.CharField(
        label=_("文号"),
        max_length=60,
        required=False,
        validators=[
            RegexValidator(r"^[^'\"{}\[\]#\\\n]*$", _("文号里不能有引号和括号 {}[]。"))
        ],
        help_text=_("例如 江防指〔2026〕3号；还没有印发可不填"),
    )
    how = forms.ChoiceField(
        label=_("怎样采用"),
        choices=[
            (DRAFT, _("存为草案，先核对")),
            (IN_FORCE, _("印发施行，从现在起按它研判")),
        ],
    )


class AdoptDraftForm(DeedForm):
    """印发施行."""

    title, verb, done = _("印发施行"), _("印发施行"), _("已施行，从现在起按它研判。")
