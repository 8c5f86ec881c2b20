"""Classes of emergencies that registers speak of: beginnings of the codes of GB/T 35561."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from liandong.sharing.registers.reading import Word

HAZARDS: Mapping[str, Word] = {
    "11A": _("水旱灾害"),
    "11B": _("气象灾害"),
    "11C": _("地震灾害"),
    "11D": _("地质灾害"),
    "11F": _("生物灾害"),
    "11G": _("森林草原火灾"),
    "12A": _("生产安全事故"),
    "12B": _("火灾"),
    "12C": _("交通运输事故"),
    "12D": _("公共设施和设备事故"),
    "12F": _("环境污染和生态破坏"),
    "13A": _("传染病疫情"),
    "13C": _("食品药品安全"),
    "13D": _("动物疫情"),
    "14A": _("社会安全事件"),
}
