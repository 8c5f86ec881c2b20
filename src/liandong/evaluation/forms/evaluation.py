"""Input about how a drill went, and what has to be mended."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.evaluation import queries
from liandong.evaluation.forms.drill import LONG, ButtonForm
from liandong.evaluation.models import Drill
from liandong.evaluation.states import Grade, InjectState, Met
from liandong.organization import queries as organization
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker


class ObservationForm(DeedForm):
    """What was seen, of whom."""

    title, verb = _("记一条评估"), _("记下")
    done = _("已记下")
    widths: ClassVar[dict[str, str]] = {"about": "half", "grade": "half"}

    about = forms.CharField(label=_("对象"), max_length=120, help_text=_("单位、岗位或环节"))
    grade = forms.ChoiceField(label=_("评定"), choices=Grade.choices)
    inject = forms.ChoiceField(label=_("针对哪条情景"), required=False)
    words = forms.CharField(label=_("看到的"), widget=LONG, max_length=2000)

    def __init__(self, *args: Any, drill: Drill, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        script = queries.script_of(drill)
        self.told = {str(one.pk): one for one in script if one.state == InjectState.DELIVERED}
        choices = [(key, str(one)) for key, one in self.told.items()]
        self.fields["inject"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The inject instead of its key."""
        values = super().arguments()
        return values | {"inject": self.told.get(values["inject"])}


class RateForm(DeedForm):
    """How far an objective was met."""

    title, verb = _("评定目标"), _("评定")
    done = _("已评定")

    met = forms.ChoiceField(label=_("达到程度"), choices=Met.choices)
    words = forms.CharField(label=_("说明"), required=False, max_length=500)


class ReportForm(ButtonForm):
    """What is concluded."""

    title, verb, busy = _("总结演练"), _("定稿"), _("正在定稿")
    done = _("已定稿，预案台账已记入这次演练")

    conclusion = forms.CharField(
        label=_("总结"),
        widget=LONG,
        max_length=8000,
        help_text=_("总体评价、主要做法、存在问题。定稿后不能改。"),
    )


class AskImprovementForm(DeedForm):
    """Who mends what by when."""

    title, verb = _("提出整改"), _("提出")
    done = _("已提出，责任岗位已收到消息")
    widths: ClassVar[dict[str, str]] = {
        "owner": "half",
        "due_on": "half",
        "plan": "half",
        "clause": "half",
    }

    finding = forms.CharField(label=_("问题"), widget=LONG, max_length=2000)
    wanted = forms.CharField(label=_("整改要求"), widget=LONG, max_length=2000)
    owner = forms.ChoiceField(label=_("责任岗位"), widget=Picker)
    due_on = forms.DateField(label=_("整改期限"))
    plan = forms.ChoiceField(label=_("涉及的预案"), required=False)
    clause = forms.CharField(label=_("涉及的条款或步骤"), required=False, max_length=120)

    def __init__(self, *args: Any, drill: Drill, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {str(one.pk): one for one in organization.all_posts()}
        named = [(key, f"{one.body} {one.title}") for key, one in self.posts.items()]
        self.fields["owner"].choices = [("", _("请选岗位")), *named]  # type: ignore[attr-defined]
        self.versions = {str(one.pk): one for one in drill.plans.order_by("key")}
        titles = [(key, one.title) for key, one in self.versions.items()]
        self.fields["plan"].choices = [("", "—"), *titles]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """Post and version instead of their keys."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values | {
            "owner": self.posts[values["owner"]],
            "plan": self.versions.get(values["plan"]),
        }


class FinishForm(ButtonForm):
    """It is mended."""

    title, verb = _("报告整改情况"), _("报告")
    done = _("已报告，等待核验")

    words = forms.CharField(label=_("整改情况"), widget=LONG, max_length=2000)


class CheckForm(ButtonForm):
    """Whether it is."""

    title, verb = _("核验整改"), _("核验")
    done = _("已核验")

    passed = forms.ChoiceField(
        label=_("结论"), choices=[("1", _("通过")), ("0", _("退回重办"))]
    )
    words = forms.CharField(label=_("核验意见"), widget=LONG, max_length=1000)

    def arguments(self) -> dict[str, Any]:
        """Whether it passed, as yes or no."""
        values = super().arguments()
        return values | {"passed": values["passed"] == "1"}
