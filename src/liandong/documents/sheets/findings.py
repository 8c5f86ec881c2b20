"""What is wrong with a spreadsheet, cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

MOST_NAMED = 20


@dataclass(frozen=True, order=True)
class Finding:
    """Something to put right at one place of the sheet; ``column`` is a letter, or empty."""

    row: int
    column: str
    text: str

    @property
    def place(self) -> str:
        """The place in words, as Excel counts."""
        if not self.column:
            return _("第 %(row)d 行") % {"row": self.row}
        return _("第 %(row)d 行 %(column)s 列") % {"row": self.row, "column": self.column}

    def __str__(self) -> str:
        return _("%(place)s：%(text)s") % {"place": self.place, "text": self.text}


class Unsound(Invalid):
    """A sheet with something to put right; ``findings`` is all of it, in the order of the sheet."""

    findings: tuple[Finding, ...] = ()


def refuse_findings(findings: Sequence[Finding]) -> None:
    """Raise ``Unsound`` that names the first of them, if there are any."""
    if not findings:
        return
    ordered = tuple(sorted(dict.fromkeys(findings)))
    named = listed(str(one) for one in ordered[:MOST_NAMED])
    problem = Unsound(
        _("表格里有 %(n)d 处要改，没有导入。") % {"n": len(ordered)},
        place=named,
        remedy=_("请在 Excel 里改好，保存后重新上传。"),
    )
    problem.findings = ordered
    raise problem
