"""Input about a drill: its plan, its list, its clock, its end."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.evaluation import queries
from liandong.evaluation.models import Drill
from liandong.evaluation.models.drill import FASTEST
from liandong.evaluation.states import DrillKind, Part
from liandong.organization import queries as organization
from liandong.organization.models import Person
from liandong.plans import queries as plans
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker

LONG = forms.Textarea({"rows": 4})


class PlanDrillForm(DeedForm):
    """What a drill is for, when it is, and how fast its clock goes."""

    title, verb, busy = _("制定演练"), _("保存方案"), _("正在保存")
    done = _("演练方案已保存，请列入人员、编写脚本")
    widths: ClassVar[dict[str, str]] = {
        "kind": "half",
        "rate": "half",
        "planned_for": "half",
        "told_from": "half",
    }

    name = forms.CharField(label=_("演练名称"), max_length=120)
    kind = forms.ChoiceField(label=_("方式"), choices=DrillKind.choices)
    rate = forms.IntegerField(
        label=_("时钟倍速"),
        min_value=1,
        max_value=FASTEST,
        initial=1,
        help_text=_("1 与实际同速，60 即一分钟走一小时"),
    )
    planned_for = forms.DateTimeField(label=_("计划时间"))
    told_from = forms.DateTimeField(
        label=_("演练时钟从几时起"), required=False, help_text=_("留空即开始的时刻")
    )
    plans = forms.MultipleChoiceField(
        label=_("检验的预案"), widget=forms.CheckboxSelectMultiple
    )
    objectives = forms.CharField(
        label=_("目标"), widget=LONG, max_length=4000, help_text=_("一行一条，评估时逐条评定")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {str(one.pk): one for one in plans.versions_in_force()}
        choices = [(key, one.title) for key, one in self.versions.items()]
        self.fields["plans"].choices = choices  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """Versions instead of their keys."""
        values = super().arguments()
        return values | {"plans": [self.versions[key] for key in values["plans"]]}


class ReviseDrillForm(PlanDrillForm):
    """The same, before it starts."""

    title = _("修改演练方案")
    done = _("演练方案已保存")

    expected_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class EnrolForm(DeedForm):
    """Who takes part, and as what."""

    title, verb, busy = _("列入名单"), _("列入"), _("正在列入")
    done = _("已列入名单")

    person = forms.ChoiceField(label=_("人员"), widget=Picker, required=False)
    body = forms.ChoiceField(
        label=_("或整个单位"),
        widget=Picker,
        required=False,
        help_text=_("该单位现有任职人员一并列入"),
    )
    part = forms.ChoiceField(label=_("角色"), choices=Part.choices, initial=Part.PLAYER)
    may_be_mailed = forms.BooleanField(
        label=_("演练邮件可以发到本人登记的邮箱"),
        required=False,
        help_text=_("标题加【演练】。不勾选的只在平台内收到。"),
    )

    def __init__(self, *args: Any, drill: Drill, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in queries.can_be_enrolled(drill)}
        named = [(key, _named(one)) for key, one in self.people.items()]
        self.fields["person"].choices = [("", "—"), *named]  # type: ignore[attr-defined]
        self.bodies = {str(one.pk): one for one in organization.all_bodies()}
        units = [(key, one.name) for key, one in self.bodies.items()]
        self.fields["body"].choices = [("", "—"), *units]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """People instead of a person and a body."""
        values = super().arguments()
        chosen, body = self.people.get(values.pop("person")), values.pop("body")
        people = [chosen] if chosen else []
        if body:
            # Whoever is listed keeps the part that was given to them by name.
            people += [
                one
                for one in queries.people_of_body(self.bodies[body])
                if str(one.pk) in self.people and one != chosen
            ]
        return values | {"people": people}


class ButtonForm(DeedForm):
    """A deed that asks for nothing but the version of the drill that was seen."""

    expected_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class StartForm(ButtonForm):
    """The drill begins."""

    title, verb, busy = _("开始演练"), _("开始演练"), _("正在开始")
    done = _("演练已开始，时钟在走")


class PauseForm(ButtonForm):
    """Its clock stands."""

    title, verb = _("暂停演练"), _("暂停")
    done = _("已暂停，演练时钟停住")


class ResumeForm(ButtonForm):
    """Its clock goes on."""

    title, verb = _("继续演练"), _("继续")
    done = _("已继续")


class SpeedForm(ButtonForm):
    """Another speed."""

    title, verb = _("调整时钟倍速"), _("调整")
    done = _("时钟倍速已调整")

    rate = forms.IntegerField(label=_("时钟倍速"), min_value=1, max_value=FASTEST)


class EndForm(ButtonForm):
    """It is over."""

    dangerous = True
    title, verb, busy = _("结束演练"), _("结束演练"), _("正在结束")
    done = _("演练已结束，里面不能再写、再发")

    words = forms.CharField(
        label=_("结束说明"),
        widget=LONG,
        max_length=1000,
        help_text=_("结束后不能恢复；记录保留，可以查看和评估。"),
    )


class CallOffForm(ButtonForm):
    """It is not held."""

    dangerous = True
    title, verb = _("取消演练"), _("取消演练")
    done = _("演练已取消")

    reason = forms.CharField(label=_("取消原因"), widget=LONG, max_length=1000)


class StrikeForm(DeedForm):
    """Somebody takes part no more."""

    title, verb = _("移出名单"), _("移出")
    done = _("已移出名单")


def _named(person: Person) -> str:
    chairs = getattr(person, "now_at", [])
    post = chairs[0].post if chairs else None
    return f"{person.name}（{post.body.short_name} {post.title}）" if post else person.name
