"""Which county: its division code and name. Needs no Django, so that ``init`` can ask before it acts."""

import re

from liandong.kernel.problems import Invalid

CODE = re.compile(r"[1-9]\d{5}(\d{6})?", re.ASCII)
LONGEST_NAME = 100


def refuse_wrong(division_code: str, name: str) -> None:
    """Refuse what cannot be a county's division code or name; every wrong field is named."""
    fields = {}
    if not CODE.fullmatch(division_code):
        fields["division_code"] = "行政区划代码应为 6 位或 12 位数字"
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        fields["name"] = f"名称不能为空，也不能超过 {LONGEST_NAME} 字"
    if fields:
        raise Invalid(
            f"节点的代码或名称不对：{'；'.join(fields.values())}。",
            remedy="请改正后重新执行。",
            fields=fields,
        )
