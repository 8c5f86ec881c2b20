"""Opening a round, answering it, checking, compiling and giving out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.sharing.models import Record
from liandong.sharing.registers import REGISTERS
from liandong.web.forms import DeedForm

ASKED = (BodyKind.UNIT, BodyKind.TOWNSHIP, BodyKind.PARTNER, BodyKind.ENTERPRISE)


class BodiesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for the checker only
    """Chooses units and townships."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        asked = organization.all_bodies().filter(kind__in=ASKED)
        super().__init__(queryset=asked, **kwargs)


class RoundForm(DeedForm):
    """布置报送."""

    title, verb, done = _("布置报送"), _("布置报送"), _("报送已布置，各单位收到通知。")
    widths = {"office": "half", "due_at": "half"}

    subject = forms.CharField(
        label=_("标题"), max_length=200, help_text=_("如：2026 年二季度风险源和队伍报送")
    )
    office = forms.ModelChoiceField(label=_("布置单位"), queryset=organization.all_bodies())
    due_at = forms.DateTimeField(label=_("报送期限"))
    kinds = forms.MultipleChoiceField(
        label=_("登记簿"),
        choices=[(kind, one.title) for kind, one in REGISTERS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    bodies = BodiesField(label=_("报送单位"))
    note = forms.CharField(
        label=_("要求"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, offices: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """Nothing is changed, so there is no version."""
        said = super().arguments()
        said.pop("expected_version", None)
        title, bodies = said.pop("subject"), list(said.pop("bodies"))
        return {**said, "title": title, "bodies": bodies}


class SubmitForm(DeedForm):
    """报送."""

    title, verb, done = _("报送"), _("报送"), _("已报送，等待审核。")
    confirms_rest = forms.BooleanField(label=_("其余都无变化，一并核实"), required=False)
    is_nil = forms.BooleanField(label=_("零报告：本单位没有可报的"), required=False)
    note = forms.CharField(
        label=_("说明"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class SendBackForm(DeedForm):
    """退回."""

    title, verb, done = _("退回报送"), _("退回"), _("已退回，单位收到通知。")
    reason = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea({"rows": 3})
    )


class AcceptForm(DeedForm):
    """审核通过."""

    title, verb, done = _("审核通过"), _("审核通过"), _("已审核。")


class MergeForm(DeedForm):
    """合并重复."""

    title, verb = _("合并重复登记"), _("合并")
    done = _("已合并，另一条已撤销。")
    dangerous = True
    duplicate = forms.ModelChoiceField(
        label=_("并入这一条的是"),
        queryset=Record.objects.none(),
        help_text=_("空着的项由它补上，它随后撤销"),
    )

    def __init__(self, others: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duplicate"].queryset = others  # type: ignore[attr-defined]


class CompileForm(DeedForm):
    """汇编."""

    title, verb, done = _("汇编"), _("汇编"), _("已汇编，报县应急委办公室审批。")
    without = forms.CharField(label=_("不等未报单位的理由"), max_length=500, required=False)


class ApproveForm(DeedForm):
    """审批通过."""

    signs = True
    title, verb, done = _("审批汇编"), _("审批通过"), _("已审批，可以分发。")


class RejectForm(DeedForm):
    """不通过."""

    title, verb, done = _("汇编不通过"), _("不通过"), _("已退回汇编单位。")
    reason = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea({"rows": 3})
    )


class DistributeForm(DeedForm):
    """分发."""

    title, verb, done = _("分发汇编"), _("分发"), _("已分发，各单位收到签收通知。")
    bodies = BodiesField(label=_("分发单位"))


class SignForm(DeedForm):
    """签收."""

    title, verb, done = _("签收汇编"), _("签收"), _("已签收。")
