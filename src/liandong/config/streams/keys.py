"""What the broker and the intake know each other by, and what a device is let in with. Needs no Django."""

import base64
import binascii
import hashlib
import json
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from liandong.kernel.problems import Invalid

NAME = "nats.json"
ACCOUNT = 0  # what makes a public key of an account begin with an A
HEAD = {"typ": "JWT", "alg": "ed25519-nkey"}


@dataclass(frozen=True)
class Keys:
    """The issuer, who vouches for devices, and the passwords of the node's own connections."""

    seed: bytes
    intake: str
    system: str
    route: str

    def __repr__(self) -> str:
        return "Keys()"

    @property
    def issuer(self) -> str:
        """The issuer's public key as the broker writes it."""
        raw = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        plain = bytes([ACCOUNT]) + raw
        check = binascii.crc_hqx(plain, 0).to_bytes(2, "little")
        return base64.b32encode(plain + check).decode()

    def token(self, claims: Mapping[str, Any]) -> str:
        """Sign claims in the broker's way: a JWT under Ed25519, named by its own digest."""
        said = {**claims, "iss": self.issuer, "iat": int(time.time())}
        digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).digest()
        said["jti"] = base64.b32encode(digest).decode().rstrip("=")
        text = f"{_part(HEAD)}.{_part(said)}"
        return f"{text}.{_base64(self._private.sign(text.encode()))}"

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def key_file(home: Path) -> Path:
    """Where a home keeps them; every machine that serves the same broker needs the same file."""
    return home / "keys" / NAME


def keys_of(home: Path) -> Keys:
    """Read the home's keys; make them where there are none yet."""
    path = key_file(home)
    if not path.exists():
        _make(path)
    try:
        said = json.loads(path.read_text())
        return Keys(
            bytes.fromhex(said["issuer"]), said["intake"], said["system"], said["route"]
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(
            "遥测总线的密钥文件已损坏。",
            place=str(path),
            remedy="请从备份中恢复该文件；或删去后重新启动，各台机器用同一份。",
        ) from error


def claims_of(token: str) -> dict[str, Any]:
    """What a token of the broker says. It came over the node's own connection, and is believed."""
    middle = token.split(".")[1]
    said: dict[str, Any] = json.loads(
        base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4))
    )
    return said


def _make(path: Path) -> None:
    made = {name: secrets.token_urlsafe(32) for name in ("intake", "system", "route")}
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({"issuer": secrets.token_hex(32), **made}, file)
        file.flush()
        os.fsync(file.fileno())


def _part(said: Mapping[str, Any]) -> str:
    return _base64(json.dumps(said).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
