"""Choosing a file of records, and a name for goods."""

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.kernel.geo.systems import SYSTEMS, belts
from liandong.web.forms import DeedForm
from liandong.web.intake import SPREADSHEET, UploadForm

LAYERS = ".geojson,.json,.kml,.kmz,.zip"


class RegisterUploadForm(UploadForm):
    """选择表格或图层."""

    sheet = forms.FileField(
        label=_("填好的表格或图层"),
        help_text=_("Excel、CSV，或 GeoJSON、KML、KMZ、压缩的 Shapefile；5 MB、2000 条以内"),
        widget=forms.FileInput({"accept": f".xlsx,.csv,{LAYERS},{SPREADSHEET}"}),
    )
    system = forms.ChoiceField(
        label=_("坐标系"),
        required=False,
        help_text=_("经纬度从哪里来；图层文件自带坐标系的以文件为准"),
    )
    named_by = forms.CharField(
        label=_("图层里的名称列"),
        required=False,
        max_length=60,
        help_text=_("图层属性表里哪一列是名称，如 DZHNAME；表格不用填"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["system"].choices = [  # type: ignore[attr-defined]
            (one.key, one.title) for one in (*SYSTEMS.values(), *belts())
        ]


class UndoForm(DeedForm):
    """撤回导入."""

    title, verb, done = _("撤回这次导入"), _("撤回导入"), _("已撤回，各条恢复为导入之前。")
    dangerous = True
    skip_changed = forms.BooleanField(
        label=_("保留之后改过的"),
        required=False,
        help_text=_("导入之后又被改过的登记保持现状，其余各条撤回"),
    )


class GoodsNameForm(DeedForm):
    """物资别名."""

    title, verb, done = _("添加物资别名"), _("添加别名"), _("已添加。")
    name = forms.CharField(label=_("清单上的名称"), max_length=60)
    code = forms.CharField(
        label=_("物资编码"), max_length=7, help_text=_("GB/T 38565-2020，7 位，如 1010200 大米")
    )


class DropGoodsNameForm(DeedForm):
    """删去物资别名."""

    title, verb, done = _("删去物资别名"), _("删去"), _("已删去。")
