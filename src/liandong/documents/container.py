"""What is in the file at all: a .docx that can be opened without harm, or a plain word why not."""

import io
import zipfile

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 120 * MEGABYTE  # with its pictures
MOST_XML = 32 * MEGABYTE
MOST_PARTS = 4000
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PACKED = b"PK\x03\x04"
OTHERS = {"xl/workbook.xml": "Excel", "ppt/presentation.xml": "PowerPoint"}
CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = b"wordprocessingml.document.main+xml"
MACROS = b"ms-word.document.macroEnabled.main+xml"


def demand_docx(content: bytes, name: str) -> None:
    """Refuse what is no .docx, what is locked, and what swells when it is opened."""
    if not content:
        raise refusal(name, _("文件是空的。"), _("请选择写好的 Word 文档。"))
    if len(content) > MOST_BYTES:
        raise refusal(
            name, _("文件超过 20 MB。"), _("请删去图片和附图，只留文字和表格，另存一份再传。")
        )
    if content.startswith(OLD_OFFICE):
        raise _old_or_locked(content, name)
    if b"%PDF-" in content[:1024]:
        raise refusal(
            name,
            _("这是 PDF 文件。"),
            _(
                "请传原来的 Word 文档；只有 PDF 的，用 Word 或 WPS 转成 .docx，扫描件要先做文字识别并校对。"
            ),
        )
    if not content.startswith(PACKED):
        raise refusal(
            name,
            _("不是 Word 文档（.docx）。"),
            _(
                "可能是网页、RTF 或文本改了扩展名。请用 Word 或 WPS 打开，另存为“Word 文档(.docx)”再传。"
            ),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _demand_sound(packed, name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as wrong:
        raise broken(name) from wrong


def broken(name: str) -> Invalid:
    """Say that a file cannot be opened."""
    return refusal(
        name, _("文件已损坏，打不开。"), _("请用 Word 或 WPS 打开后另存一份 .docx 再传。")
    )


def refusal(name: str, title: str, remedy: str) -> Invalid:
    """Say why a file is not taken, and what to do."""
    return Invalid(title, place=name[-80:], remedy=remedy, fields={"paper": f"{title}{remedy}"})


def _old_or_locked(content: bytes, name: str) -> Invalid:
    if ENCRYPTED in content:
        return refusal(name, _("文档设了打开密码。"), _("请在 Word 里取消密码，保存后再传。"))
    return refusal(
        name,
        _("这是旧的 .doc 格式。"),
        _("只改扩展名不行：请用 Word 或 WPS 打开，另存为“Word 文档(.docx)”再传。"),
    )


def _demand_sound(packed: zipfile.ZipFile, name: str) -> None:
    parts = packed.infolist()
    xml = [one for one in parts if one.filename.endswith((".xml", ".rels"))]
    if (
        len(parts) > MOST_PARTS
        or sum(one.file_size for one in parts) > MOST_UNPACKED
        or sum(one.file_size for one in xml) > MOST_XML
    ):
        raise refusal(
            name,
            _("文件解开后过大，没有打开。"),
            _("请把文字和表格复制到新文档，另存一份再传；整本汇编请一部一部导入。"),
        )
    if any(one.flag_bits & 1 for one in parts):
        raise refusal(name, _("文件加了密。"), _("请取消密码，保存后再传。"))
    names = set(packed.namelist())
    for part, program in OTHERS.items():
        if part in names:
            raise refusal(
                name,
                _("这是 %(program)s 文件，不是 Word 文档。") % {"program": program},
                _("请选择预案的 Word 文档（.docx）。"),
            )
    if CONTENT_TYPES not in names:
        raise refusal(
            name, _("这是压缩包，不是 Word 文档。"), _("请先解压，选其中的 .docx 文件。")
        )
    _demand_document(packed.read(CONTENT_TYPES), name)
    for one in xml:
        _demand_harmless(packed.read(one), name)


def _demand_document(types: bytes, name: str) -> None:
    if MACROS in types:
        raise refusal(
            name, _("文档带有宏，没有打开。"), _("请在 Word 里另存为不带宏的 .docx 再传。")
        )
    if DOCUMENT not in types:
        raise refusal(
            name,
            _("不是 Word 文档。"),
            _("请用 Word 或 WPS 另存为“Word 文档(.docx)”再传；模板（.dotx）也要另存。"),
        )


def _demand_harmless(xml: bytes, name: str) -> None:
    """No document type, in whatever encoding it might hide."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\x00" in xml:
        raise refusal(
            name, _("文件里有不该有的内容，没有打开。"), _("请用 Word 另存一份再传。")
        )
