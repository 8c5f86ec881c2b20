"""Input about incidents that belong together, and about what stands in the head of one."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG
from liandong.command.models import Call, Incident, Order
from liandong.command.queries import FactTold
from liandong.command.rules.call import KINDS
from liandong.command.states import LinkKind
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker


class OtherForm(DeedForm):
    """A deed about an incident and another, chosen by name."""

    other = forms.ChoiceField(label=_("另一个事件"), widget=Picker)

    def __init__(self, *args: Any, others: Iterable[Incident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): one for one in others}
        named = [(pk, f"{one.title} {one.number}") for pk, one in self.others.items()]
        field = self.fields["other"]
        field.choices = [("", _("请选事件")), *named]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The other incident itself, not its key."""
        values = super().arguments()
        values["other"] = self.others[values["other"]]
        return values


class LinkForm(OtherForm):
    """How an incident belongs to another."""

    title = _("关联事件")
    verb = _("关联")
    busy = _("正在关联")
    done = _("已关联")

    kind = forms.ChoiceField(label=_("本事件"), choices=LinkKind.choices)
    is_counted = forms.BooleanField(
        label=_("本事件的数字已含在对方的数字里"),
        required=False,
        help_text=_("勾了的，合计时不再加一遍"),
    )
    reason = forms.CharField(label=_("依据"), widget=LONG, max_length=500)
    field_order = ("kind", "other", "is_counted", "reason")

    def arguments(self) -> dict[str, Any]:
        """A link that is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        values["to"] = values.pop("other")
        return values


class UnlinkForm(DeedForm):
    """Why a link holds no longer."""

    title = _("解除关联")
    verb = _("解除关联")
    dangerous = True

    reason = forms.CharField(label=_("原因"), widget=LONG, max_length=500)


class MergeForm(OtherForm):
    """Which incident this one turned out to be."""

    signs = True
    title = _("并入另一事件")
    verb = _("并入")
    busy = _("正在并入")
    done = _("已并入，原事件的指令和接报都在这里")
    dangerous = True

    reason = forms.CharField(
        label=_("依据"),
        widget=LONG,
        max_length=500,
        help_text=_("并入后不能再分开；没有办完的指令照原令号继续办"),
    )

    def arguments(self) -> dict[str, Any]:
        """The other is the one that stays."""
        values = super().arguments()
        values["into"] = values.pop("other")
        return values


class SplitForm(DeedForm):
    """What of an incident becomes one of its own."""

    signs = True
    title = _("分出事件")
    verb = _("分出")
    busy = _("正在分出")
    done = _("已分出，这里是新事件")
    widths: ClassVar[dict[str, str]] = {"name": "two-thirds", "hazard": "third"}

    name = forms.CharField(label=_("新事件名称"), max_length=200)
    hazard = forms.ChoiceField(label=_("类别"), choices=list(KINDS.items()))
    place = forms.CharField(label=_("地点"), max_length=300, required=False)
    kind = forms.ChoiceField(
        label=_("新事件与原事件"),
        choices=[("", _("没有关系")), *LinkKind.choices],
        required=False,
    )
    calls = forms.MultipleChoiceField(
        label=_("带走的接报"), required=False, widget=forms.CheckboxSelectMultiple
    )
    orders = forms.MultipleChoiceField(
        label=_("带走的指令"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("按预案下达的指令留在原事件"),
    )
    facts = forms.MultipleChoiceField(
        label=_("带走的情况"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("带走的数字在原事件不再计"),
    )
    reason = forms.CharField(label=_("依据"), widget=LONG, max_length=500)

    def __init__(
        self,
        *args: Any,
        calls: Iterable[Call],
        orders: Iterable[Order],
        facts: Iterable[FactTold],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._calls = {str(one.pk): one for one in calls}
        self._orders = {str(one.pk): one for one in orders}
        choices = {
            "calls": [(pk, f"{one} {one.caller}") for pk, one in self._calls.items()],
            "orders": [(pk, f"{one} {one.text[:40]}") for pk, one in self._orders.items()],
            "facts": [(one.name, f"{one.label} {one.now.value}") for one in facts],
        }
        for name, some in choices.items():
            self.fields[name].choices = some  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The chosen rows; the form's own ``title`` is its heading."""
        values = super().arguments()
        values["title"] = values.pop("name")
        values["kind"] = LinkKind(values["kind"]) if values["kind"] else None
        values["calls"] = [self._calls[pk] for pk in values["calls"]]
        values["orders"] = [self._orders[pk] for pk in values["orders"]]
        return values


class CorrectForm(DeedForm):
    """What stands in the head of an incident."""

    signs = True
    title = _("更正事件")
    verb = _("更正")
    busy = _("正在更正")
    done = _("已更正，原来的写法留在大事记")
    widths: ClassVar[dict[str, str]] = {
        "name": "two-thirds",
        "hazard": "third",
        "occurred_at": "half",
        "discovered_at": "half",
        "received_at": "half",
        "leader_informed_at": "half",
    }

    name = forms.CharField(label=_("事件名称"), max_length=200)
    hazard = forms.ChoiceField(label=_("类别"))
    place = forms.CharField(label=_("地点"), max_length=300, required=False)
    occurred_at = forms.DateTimeField(label=_("发生时间"), required=False)
    discovered_at = forms.DateTimeField(label=_("发现时间"), required=False)
    received_at = forms.DateTimeField(label=_("接报时间"))
    leader_informed_at = forms.DateTimeField(label=_("负责人接报时间"), required=False)
    reason = forms.CharField(label=_("更正原因"), widget=LONG, max_length=500)

    def __init__(self, *args: Any, hazard: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = KINDS if hazard in KINDS else {hazard: hazard, **KINDS}
        self.fields["hazard"].choices = list(kinds.items())  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """What was typed, of which the action takes what differs; seconds nobody touched stay."""
        values = super().arguments()
        values["title"] = values.pop("name")
        asked = {"reason", "expected_version", "idempotency_key"}
        changed = {"title" if name == "name" else name for name in self.changed_data}
        changes = {name: values[name] for name in changed - asked if name in values}
        return {name: values[name] for name in asked if name in values} | {"changes": changes}


class ChooseForm(DeedForm):
    """Why this telling counts."""

    signs = True
    title = _("核定数字")
    verb = _("采用这个数字")
    busy = _("正在核定")
    done = _("已核定，研判和报告用这个数字")

    replaces = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("依据"), widget=LONG, max_length=500)

    def arguments(self) -> dict[str, Any]:
        """What stood before is the version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values
