"""The spreadsheet of a script: its columns with what may stand in them, its rows, and a script as such a sheet."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from liandong.documents.sheets import (
    Column,
    Finding,
    Layout,
    Line,
    blank_workbook,
    listed_workbook,
    read_sheet,
)
from liandong.evaluation.models import Inject
from liandong.evaluation.rules.script_words import ScriptWords, post_words, script_words
from liandong.kernel.wording import recorded

SHEET = "演练脚本"


def layout_of(words: ScriptWords | None = None) -> Layout:
    """The sheet; with ``words``, what may stand in each column is offered in a drop-down."""
    offered = {} if words is None else {
        "kind": tuple(words.kinds),
        "trigger": tuple(words.triggers),
        "deed": tuple(words.deeds),
        "post": tuple(name for name, post in words.posts.items() if post),
        "fact": tuple(words.facts),
        "series": tuple(words.series),
    }  # fmt: skip

    def get(kind: str) -> tuple[str, ...]:
        return offered.get(kind, ())

    return Layout(
        sheet=SHEET,
        also=("脚本", "情景注入"),
        columns=(
            Column(key="kind", title="方式", required=True, choices=get("kind"), width=14),
            Column(key="title", title="标题", required=True, width=24),
            Column(key="text", title="内容", required=True, width=48, hint=gettext_lazy("参演人员看到、听到的话；方式是“单位不能办”的，写原因")),
            Column(key="trigger", title="何时注入", required=True, choices=get("trigger"), width=14),
            Column(key="at", title="开始后第几分钟", width=14, hint=gettext_lazy("按演练时钟，写成 90 或 1:30；“到时”的必填")),
            Column(key="condition", title="满足什么条件", choices=get("deed"), width=16, hint=gettext_lazy("“满足条件时”的必填")),
            Column(key="post", title="岗位", choices=get("post"), width=28, hint=gettext_lazy("“上级来文”写收文岗位，“单位不能办”写答复的岗位")),
            Column(key="caller", title="来电人", width=16, hint=gettext_lazy("“来电报告”的必填")),
            Column(key="fact", title="情况", choices=get("fact"), width=20, hint=gettext_lazy("“核实情况”的必填")),
            Column(key="series", title="测站和测项", choices=get("series"), width=28, hint=gettext_lazy("“测站读数”的必填")),
            Column(key="value", title="数值", width=12, hint=gettext_lazy("情况是多少，或读数是多少")),
            Column(key="expects", title="应有的动作", choices=get("deed"), width=16),
            Column(key="within", title="限几分钟内", width=12, hint=gettext_lazy("有应有的动作才有限时")),
            Column(key="expects_words", title="动作要求", width=28, hint=gettext_lazy("评估时对照")),
            Column(key="note", title="备注", width=20),
        ),
        examples=(
            {"kind": "来电报告", "title": "漫水桥被淹", "text": "桥面水深 40 厘米，两岸各有车辆滞留。", "trigger": "到时", "at": "0:10", "caller": "河口镇值班室", "expects": "接听来电", "within": "3", "expects_words": "问清被困人数和位置", "note": "示例，导入时跳过"},
        ),
        advice=(
            gettext_lazy("一行一条情景。脚本里已有的、写得一模一样的，不会写两遍。"),
            gettext_lazy("改了字的算新的一条；原来那条请在演练页上取消。"),
        ),
    )  # fmt: skip


def read_script(content: bytes, name: str) -> tuple[list[Line], list[Finding]]:
    """Read the sheet; raises ``Invalid`` for what is no such workbook."""
    return read_sheet(content, name, layout_of())


def blank_script() -> bytes:
    """A workbook to fill in, with this county's posts and stations to choose from."""
    with recorded():
        return blank_workbook([layout_of(script_words())])


def script_workbook(script: Iterable[Inject]) -> bytes:
    """A script as such a sheet; reading it back adds nothing."""
    words = script_words()
    deeds = {name: label for label, name in words.deeds.items()}
    facts = {name: label for label, name in words.facts.items()}
    series = {place: label for label, place in words.series.items()}
    columns = layout_of().columns

    def cells(one: Inject) -> list[str]:
        data = one.data
        said = {
            "kind": str(one.get_kind_display()),
            "title": one.title,
            "text": one.text,
            "trigger": str(one.get_trigger_display()),
            "at": "" if one.at_minutes is None else str(one.at_minutes),
            "condition": deeds.get(one.condition, ""),
            "post": post_words(one.to_post) if one.to_post else "",
            "caller": data.get("caller", ""),
            "fact": facts.get(data.get("fact", ""), ""),
            "series": series.get((data.get("station", ""), data.get("quantity", "")), ""),
            "value": data.get("value", ""),
            "expects": deeds.get(one.expects, ""),
            "within": "" if one.within_minutes is None else str(one.within_minutes),
            "expects_words": one.expects_words,
        }
        return [said.get(column.key, "") for column in columns]

    with recorded():
        rows = [cells(one) for one in script]
        return listed_workbook(SHEET, [one.title for one in columns], rows)
