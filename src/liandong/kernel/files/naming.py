"""Names of files as people gave them, made harmless."""

import re
import unicodedata

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

LONGEST = 200
# Controls, and marks that turn the direction of writing so that "exe.jpg" hides "gpj.exe".
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
RESERVED = re.compile(r'[<>:"|?*]')


def clean_name(name: str) -> str:
    """The name without path, unseen characters and what no system takes; raises ``Invalid``."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(one for one in last if unicodedata.category(one) not in UNSEEN)
    plain = RESERVED.sub("_", seen).strip(" .")
    stem, dot, extension = plain.rpartition(".")
    if not (stem.strip() and dot and extension):
        raise Invalid(
            _("文件名“%(name)s”不对。") % {"name": last[:60]},
            place=_("文件名"),
            remedy=_("请写成“现场照片.jpg”的样子，带扩展名。"),
            fields={"name": _("要有名称和扩展名")},
        )
    return f"{stem[: LONGEST - len(extension) - 1]}.{extension.lower()}"
