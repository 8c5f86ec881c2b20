"""A browser's own description of itself, in words a person knows it by."""

from liandong.kernel.wording import gettext as _

# The first word found decides: systems and browsers pass themselves off as their forebears.
SYSTEMS = (
    ("Kylin", "麒麟电脑"),
    ("UOS", "统信电脑"),
    ("OpenHarmony", "鸿蒙设备"),
    ("HarmonyOS", "鸿蒙设备"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Android", "安卓手机"),
    ("Windows", "Windows 电脑"),
    ("Mac OS X", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge"),
    ("QQBrowser", "QQ 浏览器"),
    ("360", "360 浏览器"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def browser_words(agent: str) -> str:
    """Say 麒麟电脑 · Firefox for a User-Agent header; 不明设备 for one that says nothing."""
    named = [
        next((name for word, name in table if word in agent), "")
        for table in (SYSTEMS, BROWSERS)
    ]
    return " · ".join(name for name in named if name) or _("不明设备")
