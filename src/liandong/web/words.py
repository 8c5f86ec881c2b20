"""What the scripts of the chrome say: a script takes its words from the page it runs in."""

from functools import cache

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "again": _("重新登录"),
    "at_form": _("{who} 正在填写同一张单子（{since} 起）"),
    "changes": _("有 {n} 条变化，点此更新"),
    "changed_meanwhile": _("另一人 {time} 已改此条，请先看差异"),
    "close": _("关闭"),
    "comma": _("，"),
    "copied": _("已复制"),
    "curve": _("{quantity}过程线"),
    "days": _("{days} 天 {time}"),
    "ended": _("会话已结束"),
    "ended_long": _("会话已结束，页面不再更新。填过的内容还在，登录后自动取回。"),
    "fault": _(
        "这一步没有办成，系统已记下。填过的内容还在，请再试一次；仍不行时先用电话办理。"
    ),
    "forecast": _("预测"),
    "here": _("用本机位置"),
    "here_within": _("本机位置，误差约 {meters} 米"),
    "highest": _("预测最高 {value}"),
    "hour_of_day": _("{day}日 {hour}"),
    "key_list": _("这张表"),
    "key_move": _("上下移动"),
    "key_open": _("打开"),
    "key_search": _("搜索"),
    "key_submit": _("提交"),
    "keyboard": _("键盘"),
    "latest": _("最近实测 {value}"),
    "left": _("剩 {time}"),
    "level": _("水位"),
    "locating": _("正在定位"),
    "not_allowed_here": _("浏览器没有获准使用位置。请在浏览器设置里允许，或在图上点选。"),
    "not_copied": _("浏览器不让复制，正文已选中，请按 Ctrl C。"),
    "not_located": _("没有得到本机位置。请到开阔处再试，或在图上点选。"),
    "now": _("现在"),
    "observed": _("实测"),
    "over": _("超时 {time}"),
    "peak": _("峰 {value} {time}"),
    "press_ctrl_enter": _("Ctrl 回车"),
    "press_enter": _("回车"),
    "rain": _("雨量"),
    "reconnecting": _("正在重连，第 {n} 次"),
    "restored": _("已取回上次填的内容"),
    "saved": _("已自动保存"),
    "stream": _("数据流"),
    "stream_dead": _("数据流断开"),
    "stream_gone": _("数据流断开 {time}，页面停在 {stopped}"),
    "unsent": _("没有发出去：网络或服务中断。填过的内容还在，请稍后再办。"),
}


def spoken() -> dict[str, str]:
    """Each word in the reader's language."""
    return _spoken_in(get_language() or "")


@cache
def _spoken_in(_language: str) -> dict[str, str]:
    """Asked of the catalog once for each language."""
    return {name: str(word) for name, word in WORDS.items()}
