"""The node's Ed25519 key: kept in the home, never in the database. Needs no Django."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from liandong.kernel.problems import Invalid, Missing


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


def sign(data: bytes, *, home: Path) -> str:
    """Sign as this node; hexadecimal."""
    return _private(home).sign(data).hex()


def check(public_key: str, data: bytes, signature: str) -> bool:
    """Say whether the holder of the key signed exactly these bytes. Needs no node and no database."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private(home: Path) -> Ed25519PrivateKey:
    path = key_path(home)
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        raise Missing(
            "找不到节点私钥。",
            place=str(path),
            remedy="请从备份中恢复该文件；没有它就不能签名。",
        ) from None
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise Invalid("节点私钥文件已损坏。", place=str(path), remedy="请从备份中恢复该文件。")
    return key


def _public(key: Ed25519PrivateKey) -> str:
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return key.public_key().public_bytes(*raw).hex()
