"""What every record has, whatever it is a record of: columns of the record itself, not of its values."""

from django.utils.translation import gettext_lazy as _

from liandong.sharing.registers.field import Field, Kind

COMMON = (
    Field(
        key="number",
        title=_("编号"),
        also=("序号编号", "登记编号"),
        hint=_("新登记的留空，由系统编号"),
    ),
    Field(key="name", title=_("名称"), required=True, listed=True, also=("姓名", "单位名称")),
    Field(
        key="body",
        title=_("责任单位"),
        kind=Kind.BODY,
        required=True,
        also=("主管单位", "报送单位", "所属单位", "管理单位", "归口单位"),
        hint=_("对这条记录负责、按期核实的单位"),
    ),
    Field(
        key="division_code",
        title=_("所在乡镇"),
        kind=Kind.CODE,
        codes="division",
        also=("乡镇", "乡镇（街道）", "所属乡镇", "行政区划代码"),
    ),
    Field(
        key="address", title=_("地址"), also=("地点", "详细地址", "位置", "驻地", "存放地点")
    ),
    Field(key="lon", title=_("经度"), kind=Kind.DECIMAL, unit="°", also=("东经", "X", "lng")),
    Field(key="lat", title=_("纬度"), kind=Kind.DECIMAL, unit="°", also=("北纬", "Y")),
)
