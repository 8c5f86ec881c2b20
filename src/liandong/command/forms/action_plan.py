"""Input of action plans: the period, the parts, the tasks, the signatures."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG, PostField, PostsForm
from liandong.command.queries.action_plan import PARTS
from liandong.web.forms import DeedForm

LONGEST = 8000


class DraftPlanForm(DeedForm):
    """From when to when the plan is for."""

    title, verb, busy = _("起草处置方案"), _("起草"), _("正在起草")
    done = _("已由执行情况、会商和在办指令拟出，请核对")
    widths: ClassVar[dict[str, str]] = {"starts_at": "half", "ends_at": "half"}

    starts_at = forms.DateTimeField(label=_("起"))
    ends_at = forms.DateTimeField(label=_("止"))

    def arguments(self) -> dict[str, Any]:
        """A plan that is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class EditPlanForm(DeedForm):
    """What the plan says, part by part."""

    title, verb, busy = _("修改处置方案"), _("保存"), _("正在保存")
    done = _("处置方案已保存")
    widths: ClassVar[dict[str, str]] = {"starts_at": "half", "ends_at": "half"}

    starts_at = forms.DateTimeField(label=_("起"))
    ends_at = forms.DateTimeField(label=_("止"))
    situation = forms.CharField(
        label=PARTS["situation"], widget=forms.Textarea({"rows": 6}), max_length=LONGEST
    )
    aims = forms.CharField(label=PARTS["aims"], widget=LONG, max_length=LONGEST)
    sectors = forms.CharField(
        label=PARTS["sectors"],
        widget=forms.Textarea({"rows": 5}),
        max_length=LONGEST,
        required=False,
        help_text=_("每行一个分区或工作组：范围、牵头、成员"),
    )
    resources = forms.CharField(
        label=PARTS["resources"], widget=LONG, max_length=LONGEST, required=False
    )
    safety = forms.CharField(
        label=PARTS["safety"],
        widget=LONG,
        max_length=LONGEST,
        required=False,
        help_text=_("现场人员的危险在哪里、谁观察、什么信号撤、往哪里撤"),
    )
    communications = forms.CharField(
        label=PARTS["communications"],
        widget=LONG,
        max_length=LONGEST,
        required=False,
        help_text=_("用什么联络、呼号或电话、断了怎么办"),
    )

    def arguments(self) -> dict[str, Any]:
        """The parts together, as the action takes them."""
        values = super().arguments()
        values["parts"] = {name: values.pop(name) for name in PARTS}
        return values


class PlanTaskForm(PostsForm):
    """A task of the plan."""

    title, verb, busy = _("方案任务"), _("保存任务"), _("正在保存")
    done = _("任务已保存")

    post = PostField(label=_("责任岗位"))
    words = forms.CharField(label=_("任务"), widget=LONG, max_length=2000)
    due_at = forms.DateTimeField(label=_("时限"), required=False)


class DropTaskForm(DeedForm):
    """That a task is taken out."""

    title, verb, busy = _("删去任务"), _("删去"), _("正在删去")
    done = _("任务已删去")
    dangerous = True


class SubmitPlanForm(DeedForm):
    """That the plan is laid before those who sign."""

    title, verb, busy = _("报签处置方案"), _("报签"), _("正在报签")
    done = _("已报签")


class SignPlanForm(DeedForm):
    """A signature under the plan."""

    signs = True
    title, verb, busy = _("签署处置方案"), _("签署"), _("正在签署")
    done = _("已签署")


class ReturnPlanForm(DeedForm):
    """Why it is to be written otherwise."""

    signs = True
    dangerous = True
    title, verb, busy = _("退回处置方案"), _("退回"), _("正在退回")
    done = _("已退回")

    reason = forms.CharField(label=_("退回理由"), widget=LONG, max_length=300)
