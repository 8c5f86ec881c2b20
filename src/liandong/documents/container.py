"""What is in the file at all: an office file that can be opened without harm, or a plain word why not."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

MEGABYTE = 1024 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PACKED = b"PK\x03\x04"
PROGRAMS = {
    "word/document.xml": "Word",
    "xl/workbook.xml": "Excel",
    "ppt/presentation.xml": "PowerPoint",
}
CONTENT_TYPES = "[Content_Types].xml"
CHUNK = MEGABYTE
# What is looked for in a part stands within so many bytes, or is cut by the edge of a chunk.
OVERLAP = 512


@dataclass(frozen=True, kw_only=True)
class Office:
    """One kind of office file: what it is called, what marks it, and how large it may be, in MB.

    ``field`` is the box of a form that an error is shown at, ``saved_as`` the entry in the program's
    own list of formats. ``larger`` says what to leave out of one that is too large.
    """

    program: str
    saved_as: str | Promise
    suffix: str
    old: str
    field: str
    main: bytes
    macros: bytes
    most: int
    most_unpacked: int
    most_xml: int
    most_parts: int
    larger: Callable[[], str]

    def refusal(self, name: str, title: str, remedy: str) -> Invalid:
        """Say why a file is not taken, and what to do."""
        return Invalid(
            title, place=name[-80:], remedy=remedy, fields={self.field: f"{title}{remedy}"}
        )

    def broken(self, name: str) -> Invalid:
        """Say that a file cannot be opened."""
        return self.refusal(name, _("文件已损坏，打不开。"), self._save_again())

    def _save_again(self) -> str:
        return _("请用 %(program)s 或 WPS 打开，另存为“%(kind)s”再传。") % {
            "program": self.program,
            "kind": self.saved_as,
        }

    def demand(self, content: bytes, name: str) -> None:
        """Refuse what is not of this kind, what is locked, and what swells when it is opened."""
        if not content:
            raise self.refusal(name, _("文件是空的。"), _("请选择填好、写好的文件。"))
        if len(content) > self.most * MEGABYTE:
            raise self.refusal(
                name, _("文件超过 %(most)d MB。") % {"most": self.most}, self.larger()
            )
        if content.startswith(OLD_OFFICE):
            raise self._old_or_locked(content, name)
        if b"%PDF-" in content[:1024]:
            raise self.refusal(
                name,
                _("这是 PDF 文件。"),
                _(
                    "请传原来的文件；只有 PDF 的，用 Word 或 WPS 转出文字和表格，扫描件要先做文字识别并校对。"
                ),
            )
        if not content.startswith(PACKED):
            raise self.refusal(
                name,
                _("不是 %(kind)s。") % {"kind": self.saved_as},
                _("可能是网页或文本改了扩展名。%(again)s") % {"again": self._save_again()},
            )
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                self._demand_sound(packed, name)
        except (
            zipfile.BadZipFile,
            EOFError,
            NotImplementedError,
            OSError,
            ValueError,
        ) as wrong:
            raise self.broken(name) from wrong

    def _old_or_locked(self, content: bytes, name: str) -> Invalid:
        if ENCRYPTED in content:
            return self.refusal(
                name,
                _("文件设了打开密码。"),
                _("请在 %(program)s 里取消密码，保存后再传。") % {"program": self.program},
            )
        return self.refusal(
            name,
            _("这是旧的 %(old)s 格式。") % {"old": self.old},
            _("只改扩展名不行。%(again)s") % {"again": self._save_again()},
        )

    def _demand_sound(self, packed: zipfile.ZipFile, name: str) -> None:
        parts = packed.infolist()
        xml = sum(one.file_size for one in parts if is_xml(one))
        if (
            len(parts) > self.most_parts
            or sum(one.file_size for one in parts) > self.most_unpacked * MEGABYTE
            or xml > self.most_xml * MEGABYTE
        ):
            raise self.refusal(name, _("文件解开后过大，没有打开。"), self.larger())
        if any(one.flag_bits & 1 for one in parts):
            raise self.refusal(name, _("文件加了密。"), _("请取消密码，保存后再传。"))
        names = set(packed.namelist())
        for part, program in PROGRAMS.items():
            if part in names and program != self.program:
                raise self.refusal(
                    name,
                    _("这是 %(program)s 文件，不是 %(kind)s。")
                    % {"program": program, "kind": self.saved_as},
                    _("请选择 %(kind)s。") % {"kind": self.saved_as},
                )
        if CONTENT_TYPES not in names:
            raise self.refusal(
                name,
                _("这是压缩包，不是 %(kind)s。") % {"kind": self.saved_as},
                _("请先解压，选其中的 %(suffix)s 文件。") % {"suffix": self.suffix},
            )
        self._demand_main(packed.read(CONTENT_TYPES), name)
        for one in parts:
            if is_xml(one):
                self._demand_harmless(packed, one, name)

    def _demand_main(self, types: bytes, name: str) -> None:
        if self.macros in types:
            raise self.refusal(
                name,
                _("文件带有宏，没有打开。"),
                _("请在 %(program)s 里另存为不带宏的 %(suffix)s 再传。")
                % {"program": self.program, "suffix": self.suffix},
            )
        if self.main not in types:
            raise self.refusal(
                name,
                _("不是 %(kind)s。") % {"kind": self.saved_as},
                _("模板等其他格式也要另存。%(again)s") % {"again": self._save_again()},
            )

    def _demand_harmless(
        self, packed: zipfile.ZipFile, part: zipfile.ZipInfo, name: str
    ) -> None:
        """No document type, in whatever encoding it might hide."""
        for piece in pieces(packed, part):
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece or b"\x00" in piece:
                raise self.refusal(
                    name, _("文件里有不该有的内容，没有打开。"), self._save_again()
                )


def is_xml(part: zipfile.ZipInfo) -> bool:
    """Say whether a part of the file is text that will be parsed."""
    return part.filename.lower().endswith((".xml", ".rels"))


def pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Read a part bit by bit; each begins with the end of the one before, so that nothing is cut."""
    rest = b""
    with packed.open(part) as unpacked:
        while chunk := unpacked.read(CHUNK):
            yield rest + chunk
            rest = chunk[-OVERLAP:]
