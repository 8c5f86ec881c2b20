"""Words by which a plan stands in an official paper. What is written by them is read by them again."""

import re
from collections.abc import Mapping
from typing import Final

from liandong.documents import Span
from liandong.plans.language import DEED_LABELS, Status
from liandong.plans.language.document import Deed, Proof

PROOFS: Final[dict[Proof, str]] = {
    "photo": "照片",
    "video": "视频",
    "text": "文字",
    "list": "清单",
    "signature": "签名",
    "position": "定位",
}
DEEDS: Final[dict[Deed, str]] = {deed: f"〔{label}〕" for deed, label in DEED_LABELS.items()}
MARKS: Final[Mapping[Status, Span]] = {
    Status.ASSUMED: Span("〔假定〕", "doubtful"),
    Status.NOT_RECORDED: Span("〔未录〕", "missing"),
}
CONDITION_HEAD: Final = ("级别", "序号", "启动条件", "来源")
DECIDING_HEAD: Final = (
    "级别",
    "建议人",
    "决定人",
    "须经同意",
    "报告及时限",
    "终止决定人",
    "预计期限",
)
MEASURE_HEAD: Final = (
    "序号",
    "措施",
    "牵头、责任单位",
    "复诵时限",
    "完成时限",
    "前置",
    "凭据",
)
GROUP_HEAD: Final = ("工作组", "牵头单位", "成员单位")
CONTACT_HEAD: Final = ("单位、岗位", "任职人", "电话", "备注")
SOURCE_HEAD: Final = ("级别", "事项", "状态", "出处")
CONDITIONS, DECIDING = (
    "启动条件及审批权限表（一）启动条件",
    "启动条件及审批权限表（二）审批权限",
)
# A measure spoken of again in another chapter, with where it stands.
REFERENCE: Final = re.compile(r"级措施 ?\d+[)）]。?$")
UNREAD: Final = "原文未载启动条件"
ALTOGETHER, EITHER = "共同决定", "任一决定"
BOUNDS: Final = {
    "half_open": "本预案所称“以上”含本数，“以下”不含本数。",
    "closed": "本预案所称“以上”“以下”均含本数。",
}
KINDS: Final = {
    "overall": "总体应急预案",
    "special": "专项应急预案",
    "departmental": "部门应急预案",
    "township": "乡镇应急预案",
    "village": "村（社区）应急预案",
    "unit": "单位应急预案",
    "warning": "预警期措施",
}


def day_of_year(day: str) -> str:
    """A day of every year as papers write it: 02-01 is 2月1日."""
    month, number = day.split("-")
    return f"{int(month)}月{int(number)}日"
