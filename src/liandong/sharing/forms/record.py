"""Entering and changing a record: one form for every register, made of its fields."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.sharing.actions import RecordRow
from liandong.sharing.forms.fields import HALF, first_value, form_field
from liandong.sharing.models import Record
from liandong.sharing.registers import Register
from liandong.sharing.states import Sensitivity
from liandong.web.forms import REQUIRED, DeedForm
from liandong.web.maps.picking import PlacedForm
from liandong.web.maps.tracing import TracedForm
from liandong.web.pickers import Picker

HEAD = ("name", "body", "division_code", "address", "sensitivity")
PLACE = ("lon", "lat", "read_from")


class RecordForm(PlacedForm):
    """登记: what all records have, where it stands, and the register's own fields."""

    must_be_placed = False
    verb = _("保存登记")
    done = _("已登记。")

    name = forms.CharField(label=_("名称"), max_length=200)
    body = forms.ModelChoiceField(
        label=_("责任单位"), queryset=organization.all_bodies(), widget=Picker
    )
    division_code = forms.ChoiceField(label=_("所在乡镇"), required=False)
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    sensitivity = forms.ChoiceField(
        label=_("知悉范围"),
        choices=Sensitivity.choices,
        initial=Sensitivity.INTERNAL,
        help_text=_("内部：姓名电话等只有责任单位、值班和指挥部办公室可见"),
    )

    def __init__(
        self, register: Register, bodies: Any, *args: Any, hidden: frozenset[str], **kwargs: Any
    ) -> None:
        """``hidden``: keys of fields that the writer does not see, and so does not change."""
        super().__init__(*args, **kwargs)
        self.register = register
        self.own = [one for one in register.fields if one.key not in hidden]
        towns = organization.bodies_by_kind(BodyKind.TOWNSHIP)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["division_code"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((one.division_code, one.short_name) for one in towns if one.division_code),
        ]
        if not register.shapes:
            for name in PLACE:
                del self.fields[name]
        for field in self.own:
            self.fields[field.key] = form_field(field)
            self.fields[field.key].error_messages["required"] = REQUIRED
        self.order_fields([*HEAD, *PLACE, *(field.key for field in self.own)])
        self.widths = {  # type: ignore[misc]  # each register has its own
            **dict.fromkeys(("body", "division_code", "lon", "lat"), "half"),
            **{one.key: "half" for one in self.own if one.kind in HALF},
        }

    def arguments(self) -> dict[str, Any]:
        """The row an action takes, with the key and the version that was seen."""
        said = super().arguments() if self.register.shapes else DeedForm.arguments(self)
        values = {
            one.key: value
            for one in self.own
            if (value := said.pop(one.key)) not in (None, "", [])
        }
        body = said.pop("body")
        place = {name: said.pop(name, None) for name in ("lon", "lat")}
        row = {name: said.pop(name) for name in HEAD if name != "body"}
        return {
            **said,
            "row": RecordRow(body_id=str(body.pk), values=values, **place, **row),
        }


class ChangeForm(RecordForm):
    """变更登记."""

    verb, done = _("保存变更"), _("变更已保存，原来的内容在历史里。")
    reason = forms.CharField(
        label=_("变更理由"), max_length=500, required=False, help_text=_("如“汛后复核”")
    )


def initial_of(record: Record, hidden: frozenset[str]) -> dict[str, Any]:
    """What stands in the form of a record that is there."""
    values: Mapping[str, Any] = record.values
    own = {
        one.key: first_value(one, values[one.key])
        for one in record.register.fields
        if one.key in values and one.key not in hidden
    }
    said = {name: getattr(record, name) for name in (*HEAD, "lon", "lat") if name != "body"}
    return {**said, **own, "body": record.body_id, "expected_version": str(record.version)}


class ConfirmForm(DeedForm):
    """核实."""

    title, verb, done = _("核实无变化"), _("核实无变化"), _("已核实。")


class WithdrawForm(DeedForm):
    """撤销登记."""

    title, verb, done = _("撤销登记"), _("撤销登记"), _("登记已撤销，可以恢复。")
    dangerous = True
    reason = forms.CharField(
        label=_("理由"), max_length=500, help_text=_("如“已治理销号”“重复登记”")
    )


class RestoreForm(DeedForm):
    """恢复登记."""

    title, verb, done = _("恢复登记"), _("恢复登记"), _("登记已恢复。")
    reason = forms.CharField(label=_("理由"), max_length=500)


class OutlineForm(TracedForm):
    """画范围."""

    title, verb, done = _("画影响范围"), _("保存范围"), _("范围已保存。")


class FileForm(DeedForm):
    """附照片、文件."""

    title, verb, done = _("附照片或文件"), _("上传"), _("已附上。")
    given = forms.FileField(
        label=_("文件"), help_text=_("照片会去掉拍摄地等隐含信息；不超过 20 MB")
    )
