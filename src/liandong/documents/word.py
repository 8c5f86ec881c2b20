"""Word files: what marks them, and how large one may be."""

from django.utils.translation import gettext_lazy

from liandong.documents.container import MEGABYTE, Office
from liandong.kernel.wording import gettext as _

MOST_BYTES = 20 * MEGABYTE

WORD = Office(
    program="Word",
    saved_as=gettext_lazy("Word 文档（.docx）"),
    suffix=".docx",
    old=".doc",
    field="paper",
    main=b"wordprocessingml.document.main+xml",
    macros=b"ms-word.document.macroEnabled.main+xml",
    most=MOST_BYTES // MEGABYTE,
    most_unpacked=120,  # with its pictures
    most_xml=32,
    most_parts=4000,
    larger=lambda: _(
        "请删去图片和附图，只留文字和表格，另存一份再传；整本汇编请一部一部导入。"
    ),
)
