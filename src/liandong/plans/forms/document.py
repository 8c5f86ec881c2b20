"""Input of what a plan says of itself, apart from its levels."""

from collections.abc import Iterator
from typing import ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from liandong.plans.forms.place import KEY, PlaceForm, offer, put, wide
from liandong.plans.language import dictionary
from liandong.plans.language.editing import Edit
from liandong.plans.language.problems import Path
from liandong.plans.queries.outline import things
from liandong.web.pickers import Picker

KINDS = [
    ("overall", _("总体预案")),
    ("special", _("专项预案")),
    ("departmental", _("部门预案")),
    ("township", _("乡镇预案")),
    ("village", _("村（社区）预案")),
    ("unit", _("单位预案")),
    ("warning", _("预警措施")),
]


class HeadForm(PlaceForm):
    """文件信息."""

    kind = "head"
    STANDS = ((),)
    PATHS: ClassVar[dict[str, Path]] = {
        "title": ("title",),
        "plan": ("plan",),
        "plan_kind": ("kind",),
        "hazard": ("hazard",),
        "headquarters": ("headquarters",),
        "number": ("document", "number"),
        "replaces": ("document", "replaces"),
        "issued": ("document", "issued"),
        "in_force": ("document", "in_force"),
        "bounds": ("bounds",),
    }
    widths: ClassVar[dict[str, str]] = dict.fromkeys(PATHS, "half") | {"title": "full"}
    title = forms.CharField(label=_("名称"), max_length=200)
    plan = forms.CharField(label=_("代号"), max_length=64, validators=[KEY])
    plan_kind = forms.ChoiceField(label=_("类别"), choices=KINDS)
    hazard = forms.CharField(label=_("灾种（类别代码）"), max_length=64)
    number = forms.CharField(label=_("文号"), max_length=60, required=False)
    replaces = forms.CharField(label=_("代替哪份文件"), max_length=200, required=False)
    issued = forms.DateField(label=_("印发日期"), required=False)
    in_force = forms.DateField(label=_("施行日期"), required=False)
    bounds = forms.ChoiceField(
        label=_("“以上”“以下”怎样读"),
        required=False,
        choices=[
            ("half_open", _("以上含本数，以下不含本数")),
            ("closed", _("以上、以下均含本数")),
        ],
    )

    def lay_out(self) -> None:
        chosen = self.seen.get("headquarters")
        self.fields["headquarters"] = self.pick(chosen, _("由哪个指挥部指挥"))
        self.order_fields(list(self.PATHS))


class SourcesForm(PlaceForm):
    """引用的文件，一行一件."""

    kind = "sources"
    STANDS = (("sources",),)
    lines = forms.CharField(
        label=_("引用的文件"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("一行一件：简称：全称；条款出处里写简称"),
    )

    def lay_out(self) -> None:
        self.initial["lines"] = "\n".join(f"{key}：{one}" for key, one in self.seen.items())

    def clean_lines(self) -> dict[str, str]:
        """A short name and a paper a line."""
        found = {}
        for line in self.cleaned_data["lines"].splitlines():
            short, colon, paper = line.replace(":", "：", 1).partition("：")
            if not line.strip():
                continue
            if not (colon and short.strip() and paper.strip()):
                raise forms.ValidationError(
                    _("“%(line)s”写法不对，写成 简称：全称。"), params={"line": line}
                )
            found[short.strip()] = paper.strip()
        return found

    def further(self) -> Iterator[Edit]:
        if self.cleaned_data["lines"] != self.seen:
            yield put(self.path, self.cleaned_data["lines"], {"": self.seen or None}, ("",))


class PeriodForm(PlaceForm):
    """每年的一段日子，其间一个事实成立."""

    kind = "period"
    STANDS = (("periods", int),)
    PATHS: ClassVar[dict[str, Path]] = {
        "fact": ("fact",), "since": ("since",), "until": ("until",), "cite": ("cite",),
    }  # fmt: skip
    widths: ClassVar[dict[str, str]] = dict.fromkeys(("fact", "since", "until"), "third")
    DAY = RegexValidator(
        r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", _("写成 月-日，如 05-15。")
    )
    fact = forms.ChoiceField(label=_("哪个事实"), widget=Picker)
    since = forms.CharField(label=_("从（月-日）"), validators=[DAY])
    until = forms.CharField(label=_("到（月-日）"), validators=[DAY])
    cite = forms.CharField(label=_("条款"), required=False, max_length=500)

    def lay_out(self) -> None:
        facts = [
            (name, one.label) for name, one in dictionary().items() if one.type == "boolean"
        ]
        offer(self.fields["fact"], [("", _("请选事实")), *facts])

    def edits(self) -> list[Edit]:
        """A period is written whole."""
        if not self.changed_data:
            return []
        value = {
            name: self.cleaned_data[name] for name in self.PATHS if self.cleaned_data[name]
        }
        return [Edit(deed="put", path=self.path, value=value)]


class GroupForm(PlaceForm):
    """现场指挥部的一个工作组."""

    kind = "group"
    STANDS = (("field_post", "groups", int),)
    PATHS: ClassVar[dict[str, Path]] = {"name": ("name",), "leads": ("leads",)}
    widths: ClassVar[dict[str, str]] = {
        "name": "half",
        "leads": "half",
        **wide("member", "third"),
    }
    name = forms.CharField(label=_("名称"), required=False, max_length=60)

    def lay_out(self) -> None:
        self.fields["leads"] = self.pick(self.seen.get("leads"), _("谁牵头"))
        members = [str(one) for one in things(self.seen.get("members"))]
        self.lay_rows("member", members, _("成员单位"))

    def edits(self) -> list[Edit]:
        """A group is written whole; its key alone where nothing else is said."""
        if not self.changed_data:
            return []
        members = self.chosen("member")
        said = {word: self.cleaned_data[word] for word in self.PATHS if self.cleaned_data[word]}
        value = {
            "key": self.seen.get("key"),
            **said,
            **({"members": members} if members else {}),
        }
        alone = list(value) == ["key"]
        return [Edit(deed="put", path=self.path, value=value["key"] if alone else value)]
