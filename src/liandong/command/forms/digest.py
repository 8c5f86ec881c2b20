"""Input of digests."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import PostsField, PostsForm
from liandong.command.models import Digest, Incident
from liandong.command.states import DigestKind
from liandong.web.forms import DeedForm


class CompileForm(DeedForm):
    """Of which day; blank for the last that is whole."""

    verb = _("编制")
    busy = _("正在编制")
    done = _("已编制")

    day = forms.DateField(
        label=_("日期"), required=False, help_text=_("留空为上一整天（8:00至次日8:00）")
    )

    def __init__(
        self, *args: Any, kind: DigestKind, choices: list[Incident], **kwargs: Any
    ) -> None:
        """Offer incidents to a bulletin only."""
        super().__init__(*args, **kwargs)
        if kind == DigestKind.WEEKLY:
            self.fields["day"].help_text = _("选这一周的任一天；留空为上一整周")
        if kind == DigestKind.BULLETIN:
            self.fields["day"].help_text = _("留空为今天8:00至现在")
            self.known = {str(one.pk): one for one in choices}
            self.fields["incidents"] = forms.MultipleChoiceField(
                label=_("选哪些事件"),
                choices=[(key, one.title) for key, one in self.known.items()],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                help_text=_("不选则写“无”"),
            )

    def arguments(self) -> dict[str, Any]:
        """A digest that is yet to be has no version; incidents are rows."""
        values = super().arguments()
        values.pop("expected_version", None)
        if "incidents" in values:
            values["incidents"] = [self.known[key] for key in values["incidents"]]
        return values


class EditDigestForm(DeedForm):
    """Its sections in words."""

    title = _("修改值班信息")
    verb = _("保存修改")
    done = _("已修改")

    def __init__(self, *args: Any, digest: Digest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in digest.sections:
            self.fields[f"text_{one['key']}"] = forms.CharField(
                label=one["title"],
                initial=one["text"],
                widget=forms.Textarea({"rows": 5}),
                max_length=20000,
                required=False,
            )

    def arguments(self) -> dict[str, Any]:
        """Words by the key of their section."""
        values = super().arguments()
        names = [name for name in values if name.startswith("text_")]
        texts = {name.removeprefix("text_"): values.pop(name) for name in names}
        return values | {
            "texts": {key: text.replace("\r\n", "\n") for key, text in texts.items()}
        }


class IssueDigestForm(PostsForm):
    """Who signs, and whom it goes to."""

    signs: ClassVar[bool] = True
    title = _("签发")
    verb = _("签发并发送")
    busy = _("正在发送")
    done = _("已签发，回执见下")

    signed_by = forms.CharField(label=_("签发人"), max_length=120)
    posts = PostsField(label=_("送"))
