"""A browser's own description of itself, in words a person knows it by."""

from django.utils.translation import gettext_lazy

from liandong.kernel.wording import gettext as _

# The first word found decides: systems and browsers pass themselves off as their forebears.
SYSTEMS = (
    ("Kylin", gettext_lazy("麒麟电脑")),
    ("UOS", gettext_lazy("统信电脑")),
    ("OpenHarmony", gettext_lazy("鸿蒙设备")),
    ("HarmonyOS", gettext_lazy("鸿蒙设备")),
    ("iPhone", gettext_lazy("苹果手机")),
    ("iPad", gettext_lazy("苹果平板")),
    ("Android", gettext_lazy("安卓手机")),
    ("Windows", gettext_lazy("Windows 电脑")),
    ("Mac OS X", gettext_lazy("苹果电脑")),
    ("Linux", gettext_lazy("Linux 电脑")),
)
BROWSERS = (
    ("MicroMessenger", gettext_lazy("微信")),
    ("DingTalk", gettext_lazy("钉钉")),
    ("Edg", "Edge"),
    ("QQBrowser", gettext_lazy("QQ 浏览器")),
    ("360", gettext_lazy("360 浏览器")),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def browser_words(agent: str) -> str:
    """Say 麒麟电脑 · Firefox for a User-Agent header; 不明设备 for one that says nothing."""
    named = [
        next((str(name) for word, name in table if word in agent), "")
        for table in (SYSTEMS, BROWSERS)
    ]
    return " · ".join(name for name in named if name) or _("不明设备")
