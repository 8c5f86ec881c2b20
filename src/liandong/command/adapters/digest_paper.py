"""A digest as a Word file, to be printed and filed, and its registers as workbooks."""

from collections.abc import Iterator

from liandong.command.models import Digest
from liandong.documents import Grid, Heading, Line, Part, Text, Title, chinese, write_docx
from liandong.documents.sheets import listed_workbook
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.web.times import full_moment


def digest_docx(digest: Digest, *, county: str) -> bytes:
    """Write a digest as it stands: its span, its sections, its registers, who signed.

    It leaves the county and is Chinese. Clause 二(二)2.
    """
    with recorded():
        parts = [*_front(digest, county)]
        for number, one in enumerate(digest.sections, start=1):
            parts.append(Heading(f"{chinese(number)}、{one['title']}"))
            parts += [Text(line) for line in one["text"].splitlines() if line.strip()]
            if one.get("rows"):
                heads = one["heads"]
                parts.append(Grid("", heads, [1] * len(heads), one["rows"]))
        parts.append(
            Line(
                _("编制：%(by)s　签发：%(signed)s")
                % {"by": digest.compiled_by, "signed": digest.signed_by or _("未签发")},
                align="left",
            )
        )
        title = digest.title
    return write_docx(
        parts, title=title, author=county, made_at=digest.issued_at or digest.compiled_at
    )


def register_xlsx(digest: Digest, key: str) -> bytes:
    """Write one register of a digest as a workbook; raises ``Missing`` where it has none by that name."""
    for one in digest.sections:
        if one["key"] == key and one.get("heads"):
            return listed_workbook(one["title"], one["heads"], one["rows"])
    raise Missing(
        _("“%(digest)s”没有这张表。") % {"digest": digest}, remedy=_("请从页面下载。")
    )


def _front(digest: Digest, county: str) -> Iterator[Part]:
    yield Title(digest.title)
    yield Line(
        _("%(county)s　%(start)s至%(end)s")
        % {
            "county": county,
            "start": full_moment(digest.from_at),
            "end": full_moment(digest.until_at),
        }
    )
