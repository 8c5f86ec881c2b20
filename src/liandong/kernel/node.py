"""The node's identity: how it is founded, signs, and comes back from a backup."""

import os
import re
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings
from django.utils.translation import gettext as _

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.events import Event, event
from liandong.kernel.identity import Node, this_node
from liandong.kernel.ids import uuid7
from liandong.kernel.permissions import Role, permitted
from liandong.kernel.problems import IllegalMove, Invalid, Missing

MOVE, COPY = "move", "copy"
DIVISION = re.compile(r"[1-9]\d{5}(\d{6})?", re.ASCII)


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
    say = "建立节点:{county}({division_code})"


@event("kernel.node_restored", about="kernel.node")
class NodeRestored(Event):
    """A node came back from a backup: moved to another machine, or copied as a node of its own."""

    how: str
    former_node: str
    former_head: str
    epoch: int
    public_key: str
    say = "从备份恢复节点,进入第 {epoch} 纪元"


def key_path(home: Path) -> Path:
    """Where a home keeps the private key."""
    return home / "keys" / "node.ed25519"


def make_key(home: Path) -> str:
    """Make the home's private key, which must not exist yet; its public half in hexadecimal."""
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = key_path(home)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return _public(key)


def public_key(home: Path) -> str:
    """The public half of the home's key, in hexadecimal."""
    return _public(_private(home))


def sign(data: bytes, *, home: Path | None = None) -> str:
    """Sign as this node; hexadecimal."""
    return _private(home or settings.LIANDONG_HOME).sign(data).hex()


def check(public_key: str, data: bytes, signature: str) -> bool:
    """Say whether the holder of the key signed exactly these bytes. Needs no node and no database."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


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
            _("这个数据库已有节点。"), remedy=_("一县一节点;另建节点请用另一个数据目录。")
        )
    _refuse_wrong(division_code, name)
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
    actor: Actor, *, how: str, public_key: str, former_head: str, idempotency_key: str = ""
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


def _refuse_wrong(division_code: str, name: str) -> None:
    fields = {}
    if not DIVISION.fullmatch(division_code):
        fields["division_code"] = _("行政区划代码应为 6 位或 12 位数字")
    if not name.strip() or len(name.strip()) > 100:
        fields["name"] = _("名称不能为空,也不能超过 100 字")
    if fields:
        raise Invalid(
            _("节点的代码或名称不对:%(what)s。") % {"what": ";".join(fields.values())},
            fields=fields,
        )


def _private(home: Path) -> Ed25519PrivateKey:
    path = key_path(home)
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        raise Missing(
            _("找不到节点私钥。"),
            place=str(path),
            remedy=_("请从备份中恢复该文件;没有它就不能签名。"),
        ) from None
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise Invalid(
            _("节点私钥文件已损坏。"), place=str(path), remedy=_("请从备份中恢复该文件。")
        )
    return key


def _public(key: Ed25519PrivateKey) -> str:
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return key.public_key().public_bytes(*raw).hex()
