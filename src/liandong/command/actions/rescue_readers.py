"""Who on the spot may read who is missing and whose household leaves: whoever commands there now."""

from typing import TypeVar

from liandong.command.models import EvacuationList, FieldPost, MissingPerson
from liandong.command.queries.incident import within

R = TypeVar("R", MissingPerson, EvacuationList)


def let_commander_read(field_post: FieldPost) -> None:
    """Let whoever commands on the spot read the registers of people, in place of whoever did before."""
    _readdress(MissingPerson, field_post)
    _readdress(EvacuationList, field_post)


def _readdress(model: type[R], field_post: FieldPost) -> None:
    rows: list[R] = list(model._base_manager.filter(within(field_post.incident)))
    for row in rows:
        others: set[str] = {scope for scope in row.audience if not scope.startswith("post:")}
        row.audience = sorted({*others, f"post:{field_post.commander_id}"})
    model._base_manager.bulk_update(rows, ["audience"], batch_size=500)
