"""Who this node is: one county, one node, one key."""

import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7

FRESH_SECONDS = 1.0


class Node(models.Model):
    """The county this database belongs to. One row. Its private key lies outside."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division_code = models.CharField(_("行政区划代码"), max_length=12)
    name = models.CharField(_("县名"), max_length=100)
    public_key = models.CharField(max_length=128)
    epoch = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(_("虚构示范"), default=False)

    def __str__(self) -> str:
        return self.name


def this_node() -> Node | None:
    """The node's row; None before ``init``."""
    return Node.objects.first()


_node: Node | None = None
_read_at = float("-inf")


def shown_node() -> Node | None:
    """The node as pages show it, reread at most once a second. Whoever writes asks ``this_node``."""
    global _node, _read_at
    if _node is None or time.monotonic() - _read_at > FRESH_SECONDS:
        _node, _read_at = this_node(), time.monotonic()
    return _node


def forget() -> None:
    """Read the node anew for the next page."""
    global _node  # noqa: PLW0603 -- a cache of this process
    _node = None


def present_epoch() -> int:
    """The epoch the node is in now; 1 before ``init``."""
    epoch = Node.objects.values_list("epoch", flat=True).first()
    return epoch or 1
