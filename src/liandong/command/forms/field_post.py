"""Input about command on the spot."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG, PostField, PostsForm
from liandong.command.models import FieldPost
from liandong.command.states import FieldPostKind
from liandong.organization import queries as organization
from liandong.organization.models import Body
from liandong.plans.language import GROUP_LABELS
from liandong.web.forms import DeedForm


class BodiesField(forms.MultipleChoiceField):
    """A choice of several bodies; cleans to them."""

    def clean(self, value: Any) -> list[Body]:
        """The bodies that were chosen."""
        return list(organization.all_bodies().filter(pk__in=super().clean(value)))


class OpenFieldPostForm(PostsForm):
    """Where command on the spot is set up, and who has it."""

    signs = True
    title = _("设立现场指挥部")
    verb = _("设立现场指挥部")
    busy = _("正在设立")
    done = _("已设立，已通知现场指挥长和各组组长")
    widths: ClassVar[dict[str, str]] = {
        "commander": "half",
        "place": "half",
        "lon": "third",
        "lat": "third",
        "name": "third",
    }

    kind = forms.ChoiceField(
        label=_("形式"),
        choices=[
            (FieldPostKind.HEADQUARTERS, _("成立现场指挥部，按预案编组")),
            (FieldPostKind.COMMISSIONER, _("指派特派员一人到现场，以后可以扩大为现场指挥部")),
        ],
        widget=forms.RadioSelect,
        initial=FieldPostKind.HEADQUARTERS,
        required=False,
    )
    commander = PostField(label=_("现场指挥长"))
    place = forms.CharField(
        label=_("地点"), max_length=300, help_text=_("写到能找着的地方，如东岭乡鹰嘴岩林场场部")
    )
    lon = forms.DecimalField(
        label=_("经度"),
        max_digits=9,
        decimal_places=6,
        required=False,
        help_text=_("WGS-84，度"),
    )
    lat = forms.DecimalField(label=_("纬度"), max_digits=8, decimal_places=6, required=False)
    name = forms.CharField(
        label=_("名称"), max_length=120, required=False, help_text=_("留空按事件取名")
    )

    def arguments(self) -> dict[str, Any]:
        """What is yet to be has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        values["kind"] = values["kind"] or FieldPostKind.HEADQUARTERS
        return values


class ExpandFieldPostForm(DeedForm):
    """That one who was sent is not enough."""

    signs = True
    title = _("扩大为现场指挥部")
    verb = _("扩大为现场指挥部")
    busy = _("正在设立")
    done = _("已扩大为现场指挥部，已通知各组组长")

    reason = forms.CharField(label=_("理由"), widget=LONG, max_length=1000)


class FieldCommanderForm(PostsForm):
    """Who has command on the spot from now on."""

    signs = True
    title = _("更换现场指挥长")
    verb = _("更换现场指挥长")
    busy = _("正在更换")
    done = _("已更换，已通知新任现场指挥长")

    commander = PostField(label=_("现场指挥长"))
    reason = forms.CharField(label=_("更换原因"), widget=LONG, max_length=1000)


class FieldGroupForm(PostsForm):
    """Who leads a group, and which bodies work in it."""

    title = _("现场编组")
    verb = _("确定编组")
    busy = _("正在编组")
    done = _("已编组，已通知组长")

    group = forms.ChoiceField(label=_("工作组"))
    leader = PostField(label=_("组长"))
    members = BodiesField(
        label=_("成员单位"), required=False, widget=forms.SelectMultiple({"size": 10})
    )

    def __init__(self, field_post: FieldPost, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {group.key: group.name for group in field_post.groups.all()}
        self.fields["group"].choices = list(  # type: ignore[attr-defined]
            (
                named | {key: named.get(key, label) for key, label in GROUP_LABELS.items()}
            ).items()
        )
        self.fields["members"].choices = [  # type: ignore[attr-defined]
            (str(body.pk), body.short_name) for body in organization.all_bodies()
        ]


class FieldAdjustmentForm(DeedForm):
    """What is done on the spot otherwise than was ordered."""

    title = _("报现场调整")
    verb = _("报指挥部")
    busy = _("正在报送")
    done = _("已报指挥部")

    text = forms.CharField(
        label=_("调整了什么"),
        widget=LONG,
        max_length=1000,
        help_text=_("动作、对象、地点、时间"),
    )
    reason = forms.CharField(label=_("为什么"), widget=LONG, max_length=1000)
    told = forms.DateTimeField(
        label=_("电话口述时间"),
        required=False,
        help_text=_("值班员代录时填写，现场自己报的留空"),
    )

    def arguments(self) -> dict[str, Any]:
        """A report changes no row, so it has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class CloseFieldPostForm(DeedForm):
    """That nobody has to command on the spot any more."""

    signs = True
    title = _("撤销现场指挥部")
    verb = _("撤销现场指挥部")
    busy = _("正在撤销")
    dangerous = True

    reason = forms.CharField(label=_("撤销情况"), widget=LONG, max_length=1000)
