"""What is in the file at all: an .xlsx that can be opened without harm, or a plain word why not."""

import io
import re
import zipfile

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_UNPACKED = 30 * MEGABYTE
MOST_PARTS = 2000
MOST_ROWS = 20_000
MOST_MERGED = 5000
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)\"")
ROW = re.compile(rb"<(?:\w+:)?row[\s>]")


def demand_workbook(content: bytes, name: str) -> None:
    """Refuse what is no .xlsx, what is locked, and what swells when it is opened."""
    if not content:
        raise _refusal(name, _("文件是空的。"), _("请选择填好的表格。"))
    if len(content) > MOST_BYTES:
        raise _refusal(
            name, _("文件超过 5 MB。"), _("请删去图片和多余的工作表，或分几次导入。")
        )
    if content.startswith(OLD_OFFICE):
        raise _old_or_locked(content, name)
    if not content.startswith(b"PK\x03\x04"):
        raise _refusal(
            name,
            _("不是 Excel 工作簿（.xlsx）。"),
            _(
                "可能是 CSV 或网页改了扩展名。请用 Excel 或 WPS 打开，另存为“Excel 工作簿(.xlsx)”再传。"
            ),
        )
    _demand_sound(content, name)


def _old_or_locked(content: bytes, name: str) -> Invalid:
    if ENCRYPTED in content:
        return _refusal(
            name, _("工作簿设了打开密码。"), _("请在 Excel 里取消密码，保存后再传。")
        )
    return _refusal(
        name,
        _("这是旧的 .xls 格式。"),
        _("只改扩展名不行：请用 Excel 或 WPS 打开，另存为“Excel 工作簿(.xlsx)”再传。"),
    )


def _demand_sound(content: bytes, name: str) -> None:
    broken = _refusal(name, _("文件已损坏，打不开。"), _("请用 Excel 打开后另存一份再传。"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
                raise _refusal(
                    name,
                    _("文件解开后过大，没有打开。"),
                    _("请只留要导入的工作表，另存一份再传。"),
                )
            if any(one.flag_bits & 1 for one in parts):
                raise _refusal(name, _("文件加了密。"), _("请取消密码，保存后再传。"))
            if "xl/workbook.xml" not in packed.namelist():
                raise _refusal(
                    name,
                    _("不是 Excel 工作簿。"),
                    _("请把表格另存为“Excel 工作簿(.xlsx)”再传。"),
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _demand_harmless(packed.read(part), name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as wrong:
        raise broken from wrong


def _demand_harmless(xml: bytes, name: str) -> None:
    """No document type, nothing merged across the whole sheet, no more rows than a county has."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise _refusal(
            name, _("文件里有不该有的内容，没有打开。"), _("请用 Excel 另存一份再传。")
        )
    if sum(1 for _row in ROW.finditer(xml)) > MOST_ROWS:
        raise _refusal(name, _("工作表的行数太多。"), _("请删去空行，或分几次导入。"))
    merged = MERGED.findall(xml)
    covered = sum(
        (int(b) - int(a) + 1) * (_number(y) - _number(x) + 1) for x, a, y, b in merged
    )
    if covered > MOST_MERGED:
        raise _refusal(name, _("合并单元格太多。"), _("请选中全表，取消合并，逐行填写后再传。"))


def _number(letters: bytes) -> int:
    count = 0
    for one in letters:
        count = count * 26 + one - 64
    return count


def _refusal(name: str, title: str, remedy: str) -> Invalid:
    return Invalid(title, place=name[-80:], remedy=remedy, fields={"sheet": f"{title}{remedy}"})
