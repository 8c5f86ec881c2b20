"""Input about an incident."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.queries import name_of
from liandong.command.rules.call import KINDS
from liandong.command.states import Severity
from liandong.organization import queries as organization
from liandong.organization.models import Post
from liandong.plans import queries as plans
from liandong.plans.language import AT, PLAN_LEVEL, base_name, dictionary
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker

LONG = forms.Textarea({"rows": 3})


class PostField(forms.ChoiceField):
    """A choice among the county's posts, named by body and title; cleans to the post."""

    widget = Picker

    def clean(self, value: Any) -> Post | None:
        """The post that was chosen; none when none was."""
        chosen = super().clean(value)
        return organization.all_posts().filter(pk=chosen).first() if chosen else None


class PostsField(forms.MultipleChoiceField):
    """A choice of several posts; cleans to them."""

    def clean(self, value: Any) -> list[Post]:
        """The posts that were chosen."""
        return list(organization.all_posts().filter(pk__in=super().clean(value)))


class PostsForm(DeedForm):
    """A form that offers posts: they are read when it is shown, not when the program starts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts: list[tuple[str, str]] = []
        for field in self.fields.values():
            if isinstance(field, PostField | PostsField):
                posts = posts or [
                    (str(one.pk), _label(one)) for one in organization.all_posts()
                ]
                hint = _("请选岗位") if field.required else "—"
                blank = [("", hint)] if isinstance(field, PostField) else []
                field.choices = [*blank, *posts]


def _label(post: Post) -> str:
    """A post by body and title; of a body that is no more, that it is none."""
    named = name_of(post)
    return str(_("%(post)s（已撤并）")) % {"post": named} if post.body.merged_into_id else named


class OpenIncidentForm(DeedForm):
    """An emergency, as it is told by telephone."""

    title = _("登记突发事件")
    verb = _("登记")
    busy = _("正在登记")
    done = _("已登记，首报时钟开始计时")
    widths: ClassVar[dict[str, str]] = {
        "hazard": "half",
        "source": "half",
        "received_at": "half",
        "occurred_at": "half",
        "discovered_at": "half",
        "leader_informed_at": "half",
    }

    name = forms.CharField(label=_("事件名称"), max_length=200)
    hazard = forms.ChoiceField(label=_("类别"), choices=list(KINDS.items()))
    source = forms.CharField(label=_("信息来源"), max_length=200)
    place = forms.CharField(label=_("地点"), max_length=300, required=False)
    received_at = forms.DateTimeField(
        label=_("接报时间"), required=False, help_text=_("留空即现在")
    )
    occurred_at = forms.DateTimeField(
        label=_("发生时间"), required=False, help_text=_("没问到的留空，以后可由报告补充")
    )
    discovered_at = forms.DateTimeField(label=_("发现时间"), required=False)
    leader_informed_at = forms.DateTimeField(label=_("负责人接报时间"), required=False)

    def arguments(self) -> dict[str, Any]:
        """The form's own ``title`` is its heading; the action's is the incident's name."""
        values = super().arguments()
        values["title"] = values.pop("name")
        values.pop("expected_version", None)
        return values


class SeverityForm(DeedForm):
    """How severe the incident is; blank while nobody can say."""

    signs = True
    title = _("定事件级别")
    verb = _("定级")
    busy = _("正在定级")

    severity = forms.TypedChoiceField(
        label=_("事件级别"),
        choices=[("", _("未定")), *Severity.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    known_at = forms.DateTimeField(
        label=_("得知时间"), required=False, help_text=_("报告时限从这时起算；留空即现在")
    )
    reason = forms.CharField(label=_("依据"), widget=LONG, max_length=1000)


class CloseForm(DeedForm):
    """That nothing is left to do."""

    signs = True
    title = _("结束事件")
    verb = _("结束事件")
    busy = _("正在结束")
    dangerous = True

    reason = forms.CharField(label=_("结束情况"), widget=LONG, max_length=1000)


class FactForm(DeedForm):
    """One fact that was asked for, and who said it."""

    title = _("登记核实情况")
    verb = _("登记")
    busy = _("正在登记")
    done = _("已登记，研判随即更新")

    fact = forms.ChoiceField(label=_("情况"))
    value = forms.CharField(
        label=_("是多少"), max_length=100, help_text=_("有或无的写“是”“否”；数量只写数字")
    )
    area = forms.ChoiceField(
        label=_("哪个乡镇"), required=False, help_text=_("说的是全县时不选")
    )
    source = forms.CharField(label=_("谁说的"), max_length=200)
    confirmed_by = forms.CharField(
        label=_("由谁认定"),
        max_length=200,
        required=False,
        help_text=_("会商研判或政府决定的事项必填，写姓名职务"),
    )
    reason = forms.CharField(
        label=_("核减原因"),
        max_length=500,
        required=False,
        help_text=_("死亡人数比这个人上次说的少时必填"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = kwargs.get("initial") or {}
        name, _at, area = str(initial.get("fact", "")).partition(AT)
        kwargs["initial"] = {**initial, "fact": base_name(name), "area": area}
        super().__init__(*args, **kwargs)
        # A plan's level is not told but looked up: it is that of its run.
        told = (fact for fact in dictionary().values() if fact.name != PLAN_LEVEL)
        choices = [(fact.name, fact.label) for fact in told]
        self.fields["fact"].choices = choices  # type: ignore[attr-defined]
        areas = list(plans.townships().items())
        self.fields["area"].choices = [("", _("全县")), *areas]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """One fact as the action takes several."""
        values = super().arguments()
        name, value = values.pop("fact"), values.pop("value").strip()
        told = {"是": True, "有": True, "否": False, "无": False}
        fact = dictionary()[name]
        name = f"{name}{AT}{area}" if (area := values.pop("area")) else name
        values["facts"] = {name: told.get(value, value) if fact.type == "boolean" else value}
        values.pop("expected_version", None)
        return values
