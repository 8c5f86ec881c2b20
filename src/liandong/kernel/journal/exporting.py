"""Taking a stretch of the journal out of the database, for a bundle."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from liandong.kernel.identity import this_node
from liandong.kernel.journal import bundle
from liandong.kernel.journal.models import Link
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _


def export(path: Path, *, sign: Callable[[bytes], str], incident: str = "") -> dict[str, Any]:
    """Write the whole journal, or up to an incident's last entry, as a signed bundle.

    The chain needs every envelope in between; of entries outside the incident the payload
    stays at home. Raises ``Missing`` when there is nothing to export.
    """
    links = Link.objects.select_related("entry__payload")
    if incident:
        last = links.filter(entry__incident=incident).last()
        if last is None:
            raise Missing(_("这个事件没有流水。"), remedy=_("请核对事件编号。"))
        links = links.filter(position__lte=last.position)
    node = this_node()
    told = (
        {"id": str(node.pk), "name": node.name, "public_key": node.public_key} if node else {}
    )
    return bundle.export(
        path,
        _rows(links.iterator(1000), incident),
        node=told,
        previous="",
        incident=incident,
        sign=sign,
    )


def _rows(links: Iterator[Link], incident: str) -> Iterator[dict[str, Any]]:
    for link in links:
        said = getattr(link.entry, "payload", None)
        mine = not incident or link.entry.incident == incident
        yield {
            "position": link.position,
            "epoch": link.epoch,
            "digest": link.digest,
            "envelope": link.entry.envelope(),
            "salt": said.salt if said and mine else None,
            "payload": said.text if said and mine else None,
        }
