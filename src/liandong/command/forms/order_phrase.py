"""Input of the words of orders that are kept ready, and their choice where an order is given."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG, PostField, PostsForm
from liandong.command.forms.minutes import MinutesField, minutes_in
from liandong.command.models import OrderPhrase
from liandong.command.rules.call import KINDS
from liandong.command.rules.order import PROOFS
from liandong.web.forms import DeedForm


class PhraseForm(PostsForm):
    """Words of an order, and what usually goes with them."""

    title = _("常用指令")
    verb = _("保存")
    done = _("已保存")
    widths: ClassVar[dict[str, str]] = {
        "hazard": "third",
        "acknowledge_within": "third",
        "finish_within": "third",
    }

    text = forms.CharField(
        label=_("指令内容"),
        widget=LONG,
        max_length=500,
        help_text=_("要当场填的地方写“＿＿”，如“封闭＿＿漫水桥，设专人值守”"),
    )
    hazard = forms.ChoiceField(
        label=_("类别"), choices=[("", _("全部")), *KINDS.items()], required=False
    )
    to_post = PostField(label=_("通常下达给"), required=False)
    acknowledge_within = MinutesField(label=_("复诵限（分钟）"), required=False)
    finish_within = MinutesField(label=_("完成限（分钟）"), required=False)
    needs_proof = forms.MultipleChoiceField(
        label=_("完成时须附"),
        choices=list(PROOFS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class DropPhraseForm(DeedForm):
    """That they are offered no longer."""

    dangerous = True
    title = _("停用常用指令")
    verb = _("停用")
    done = _("已停用")


class PhrasePicker(forms.Select):
    """A choice that fills in the rest of the form: each option says with what."""

    def __init__(self) -> None:
        super().__init__({"data-phrases": ""})
        self.phrases: dict[str, OrderPhrase] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The option, with what it fills in: text, post, minutes, proofs."""
        option = super().create_option(name, value, *args, **kwargs)
        if phrase := self.phrases.get(str(value)):
            option["attrs"] |= {
                "data-text": phrase.text,
                "data-to_post": str(phrase.to_post_id or ""),
                "data-acknowledge_within": minutes_in(phrase.acknowledge_within) or "",
                "data-finish_within": minutes_in(phrase.finish_within) or "",
                "data-needs_proof": " ".join(phrase.needs_proof),
            }
        return option


class PhraseField(forms.ChoiceField):
    """Which of the words kept ready are used; says nothing by itself, for they are in the text then."""

    widget = PhrasePicker

    def offer(self, phrases: Iterable[OrderPhrase]) -> None:
        """Say which there are."""
        rows = list(phrases)
        self.widget.phrases = {str(one.pk): one for one in rows}
        self.choices = [("", _("不用")), *((str(one.pk), _named(one)) for one in rows)]


def _named(phrase: OrderPhrase) -> str:
    short = phrase.text if len(phrase.text) <= 40 else f"{phrase.text[:40]}…"
    return f"{short}（{phrase.to_post.body.short_name}）" if phrase.to_post else short
