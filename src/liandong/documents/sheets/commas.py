"""Text with commas (CSV), as Excel and WPS save it here: UTF-8 or GBK, and what they would take for a formula."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from liandong.documents.marks import words_in_head
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

LEADING = ("=", "+", "-", "@", "\t", "\r", "'")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?$")
SEPARATORS = ",\t;，"
LONGEST_CELL = 32_767  # as in Excel


def safe(text: str) -> str:
    """Text that a spreadsheet will not take for a formula: an apostrophe before it, as Excel writes it."""
    return f"'{text}" if text.startswith(LEADING) and not NUMBER.match(text) else text


def bare(text: str) -> str:
    """What ``safe`` made safe, as it was."""
    return text[1:] if text.startswith("'") and text[1:].startswith(LEADING) else text


def read_commas(content: bytes, name: str) -> Iterator[Sequence[str]]:
    """Give the rows of a file, whatever parts its cells; raises ``Invalid`` for what is no such text."""
    text = decoded(content, name)
    head = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    csv.field_size_limit(LONGEST_CELL * 4)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in rows:
            yield [bare(cell) for cell in row]
    except csv.Error as wrong:
        raise Invalid(
            _("第 %(row)d 行读不懂，引号可能没有成对。") % {"row": rows.line_num},
            place=name[-80:],
            remedy=_("请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”再传。"),
            fields={"sheet": _("第 %(row)d 行读不懂") % {"row": rows.line_num}},
        ) from wrong


def decoded(content: bytes, name: str) -> str:
    """Text of UTF-8, UTF-16 with its mark, or GBK; raises ``Invalid`` naming the line that is none of them."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    line = 1
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as wrong:
            line = max(line, content.count(b"\n", 0, wrong.start) + 1)
        else:
            if "\0" not in text:
                return text
    raise Invalid(
        _("第 %(line)d 行的文字编码读不懂。") % {"line": line},
        place=name[-80:],
        remedy=_("请用 Excel 或 WPS 打开，另存为“CSV UTF-8”或“Excel 工作簿（.xlsx）”再传。"),
        fields={"sheet": _("第 %(line)d 行的文字编码读不懂") % {"line": line}},
    )


def write_commas(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Write rows under their heads, line by line, so that Excel reads them as text.

    A mark has no place in it that a program would not read as a row: the file's name carries it.
    """
    words_in_head()
    return _written(heads, rows)


def _written(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow(heads))
    for row in rows:
        yield str(writer.writerow([safe(cell) for cell in row]))


class _Echo:
    """A file that hands back what is written."""

    def write(self, text: str) -> str:
        return text
