"""Input about the script: one form for each way an inject can come."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.evaluation.rules.inject import LONGEST_DRILL
from liandong.evaluation.rules.milestone import CHOICES
from liandong.evaluation.states import InjectKind, Trigger
from liandong.monitoring import queries as monitoring
from liandong.organization import queries as organization
from liandong.plans.language import dictionary
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker

LONG = forms.Textarea({"rows": 3})
DEEDS = [("", "—"), *CHOICES]


class InjectForm(DeedForm):
    """What every inject has: words, when, and what is expected upon it."""

    title, verb, busy = _("编写情景"), _("写入脚本"), _("正在写入")
    done = _("已写入脚本")
    widths: ClassVar[dict[str, str]] = {
        "trigger": "third",
        "at_minutes": "third",
        "condition": "third",
        "expects": "half",
        "within_minutes": "half",
    }
    kind: ClassVar[InjectKind] = InjectKind.WORD
    own: ClassVar[tuple[str, ...]] = ()
    field_order = (
        *("name", "caller", "to_post", "fact", "series", "value", "text"),
        *("trigger", "at_minutes", "condition", "expects", "within_minutes", "expects_words"),
    )

    name = forms.CharField(label=_("标题"), max_length=120)
    text = forms.CharField(label=_("内容"), widget=LONG, max_length=4000)
    trigger = forms.ChoiceField(label=_("何时注入"), choices=Trigger.choices)
    at_minutes = forms.IntegerField(
        label=_("开始后第几分钟"),
        required=False,
        min_value=0,
        max_value=LONGEST_DRILL,
        help_text=_("按演练时钟"),
    )
    condition = forms.ChoiceField(label=_("满足什么条件"), choices=DEEDS, required=False)
    expects = forms.ChoiceField(label=_("应有的动作"), choices=DEEDS, required=False)
    within_minutes = forms.IntegerField(
        label=_("限几分钟内"), required=False, min_value=1, max_value=LONGEST_DRILL
    )
    expects_words = forms.CharField(
        label=_("动作要求"), required=False, max_length=200, help_text=_("评估时对照")
    )

    def arguments(self) -> dict[str, Any]:
        """What belongs to the kind alone, gathered."""
        values = super().arguments()
        values.pop("expected_version", None)
        data = {name: values.pop(name, "") for name in self.own}
        return values | {"title": values.pop("name"), "kind": self.kind, "data": data}


class CallForm(InjectForm):
    """A call that rings at the desk."""

    kind, own = InjectKind.CALL, ("caller",)
    caller = forms.CharField(label=_("来电人"), max_length=120)


class ToPostForm(InjectForm):
    """Something that concerns one post."""

    to_post = forms.ChoiceField(label=_("岗位"), widget=Picker)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {str(one.pk): one for one in organization.all_posts()}
        named = [(key, f"{one.body} {one.title}") for key, one in self.posts.items()]
        self.fields["to_post"].choices = [("", _("请选岗位")), *named]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The post instead of its key."""
        values = super().arguments()
        return values | {"to_post": self.posts.get(values["to_post"])}


class MessageForm(ToPostForm):
    """A letter from above."""

    kind = InjectKind.MESSAGE


class DeclineForm(ToPostForm):
    """A unit cannot do what it was ordered; the words are its reason."""

    kind = InjectKind.DECLINE


class FactForm(InjectForm):
    """Something that becomes known about the drill's incident."""

    kind, own = InjectKind.FACT, ("fact", "value")
    fact = forms.ChoiceField(label=_("情况"), widget=Picker)
    value = forms.CharField(label=_("是多少"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, one.label_with_unit) for name, one in dictionary().items()]
        self.fields["fact"].choices = [("", _("请选一项情况")), *known]  # type: ignore[attr-defined]


class ReadingForm(InjectForm):
    """What a station measures."""

    kind, own = InjectKind.READING, ("station", "quantity", "value")
    series = forms.ChoiceField(label=_("测站和测项"), widget=Picker)
    value = forms.CharField(label=_("读数"), max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = monitoring.every_series()
        named = [(f"{one.station.code}|{one.quantity}", f"{one}（{one.unit}）") for one in rows]
        self.fields["series"].choices = [("", _("请选测站")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Station and quantity instead of both in one."""
        values = super().clean() or {}
        station, _bar, quantity = str(values.pop("series", "")).partition("|")
        return values | {"station": station, "quantity": quantity}


class DropForm(DeedForm):
    """It is left out this time."""

    title, verb = _("取消这一条"), _("取消这一条")
    done = _("已取消这一条")

    expected_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("取消原因"), max_length=500)


class DeliverForm(DeedForm):
    """Now."""

    title, verb = _("立即注入"), _("注入")
    done = _("已注入")

    expected_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


FORMS: dict[InjectKind, type[InjectForm]] = {
    form.kind: form
    for form in (InjectForm, CallForm, MessageForm, FactForm, ReadingForm, DeclineForm)
}
