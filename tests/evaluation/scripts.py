"""Scripts as spreadsheets."""

from liandong.evaluation.adapters.script_sheet import layout_of, read_script
from liandong.evaluation.rules.script_words import post_words
from tests.documents.workbooks import workbook

HEADS = [one.title for one in layout_of().columns]
CALL = {
    "方式": "来电报告",
    "标题": "漫水桥被淹",
    "内容": "桥面水深 40 厘米。",
    "何时注入": "到时",
    "开始后第几分钟": "1:30",
    "来电人": "河口镇值班室",
    "应有的动作": "接听来电",
    "限几分钟内": "3",
    "动作要求": "问清人数",
}
FACT = {
    "方式": "核实情况",
    "标题": "卫健局核实",
    "内容": "死亡 1 人。",
    "何时注入": "满足条件时",
    "满足什么条件": "登记事件",
    "情况": "死亡（人）",
    "数值": "1",
}


def letter_to(county):
    return {
        "方式": "上级来文",
        "标题": "市局来文",
        "内容": "请加强值守。",
        "何时注入": "导调手动",
        "岗位": post_words(county.posts["water"]),
    }


def sheet(*rows):
    lines = [[row.get(head, "") for head in HEADS] for row in rows]
    return workbook(HEADS, *lines, sheet="演练脚本")


def read(*rows):
    return read_script(sheet(*rows), "脚本.xlsx")
