"""The node's identity: how it is founded, and how it comes back from a backup."""

from enum import StrEnum

from django.utils.translation import gettext_noop

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.divisions import refuse_wrong
from liandong.kernel.events import Event, event
from liandong.kernel.identity import Node, this_node
from liandong.kernel.ids import uuid7
from liandong.kernel.permissions import Role, permitted
from liandong.kernel.problems import IllegalMove, Missing
from liandong.kernel.wording import gettext as _

MOVE, COPY = "move", "copy"


class Permission(StrEnum):
    """Kept in alphabetical order."""

    FOUND_NODE = "kernel:node:found"
    RESTORE_NODE = "kernel:node:restore"


permitted(Role.SYSTEM_ADMIN, Permission.FOUND_NODE, Permission.RESTORE_NODE)


@event("kernel.node_founded", about="kernel.node")
class NodeFounded(Event):
    """A county's node was made, with its key."""

    division_code: str
    county: str
    public_key: str
    is_demo: bool
    say = gettext_noop("建立节点：{county}（{division_code}）")


@event("kernel.node_restored", about="kernel.node")
class NodeRestored(Event):
    """A node came back from a backup: moved to another machine, or copied as a node of its own."""

    how: str
    former_node: str
    former_head: str
    epoch: int
    public_key: str
    say = gettext_noop("从备份恢复节点，进入第 {epoch} 纪元")


@action(Permission.FOUND_NODE)
def found_node(
    actor: Actor,
    *,
    division_code: str,
    name: str,
    public_key: str,
    is_demo: bool = False,
    idempotency_key: str = "",
) -> Node:
    """Make the one node of this database. Publishes ``NodeFounded``; refuses a second one."""
    if this_node():
        raise IllegalMove(
            _("这个数据库已有节点。"), remedy=_("一县一节点；另建节点请用另一个数据目录。")
        )
    refuse_wrong(division_code, name)
    node = Node.objects.create(
        division_code=division_code, name=name.strip(), public_key=public_key, is_demo=is_demo
    )
    founded = NodeFounded(
        subject_id=str(node.pk),
        division_code=division_code,
        county=node.name,
        public_key=public_key,
        is_demo=is_demo,
    )
    happened(founded, audience={"county", "audit"})
    return node


@action(Permission.RESTORE_NODE)
def record_restore(
    actor: Actor,
    *,
    how: str,
    public_key: str,
    former_head: str,
    idempotency_key: str = "",
) -> Node:
    """Enter a new epoch after a restore. Publishes ``NodeRestored``; refuses an empty database.

    ``move``: the same node elsewhere. ``copy``: a node of its own, with another id and key. Both
    open an epoch: a cursor or head of the former one can then never be taken for the present's.
    """
    node = Node.objects.select_for_update().first()
    if node is None:
        raise Missing(_("备份里没有节点。"), remedy=_("请换一份由 liandong backup 做的备份。"))
    former, epoch = str(node.pk), node.epoch + 1
    if how == COPY:
        values = {
            "division_code": node.division_code,
            "name": node.name,
            "is_demo": node.is_demo,
        }
        node.delete()
        node = Node.objects.create(id=uuid7(), public_key=public_key, epoch=epoch, **values)
    else:
        Node.objects.filter(pk=node.pk).update(epoch=epoch)
        node.refresh_from_db()
    restored = NodeRestored(
        subject_id=str(node.pk),
        how=how,
        former_node=former,
        former_head=former_head,
        epoch=epoch,
        public_key=node.public_key,
    )
    happened(restored, audience={"county", "audit"})
    return node
