"""Merkle trees as in RFC 6962: one digest over many rows, and a short proof for each of them."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final

LEAF: Final = b"\x00"
NODE: Final = b"\x01"
ALGORITHMS: Final = ("sha256", "sm3")


def root(rows: Sequence[bytes], *, algorithm: str = "sha256") -> str:
    """Return the root over rows in their order, in hexadecimal."""
    digest = _digest(algorithm)
    level = [digest(LEAF + row) for row in rows]
    if not level:
        return digest(b"").hex()
    while len(level) > 1:
        level = _above(level, digest)
    return level[0].hex()


def proof(rows: Sequence[bytes], index: int, *, algorithm: str = "sha256") -> list[str]:
    """Return the siblings, lowest first, that lead from one row to the root."""
    if not 0 <= index < len(rows):
        raise IndexError(f"row {index} of {len(rows)}")
    digest = _digest(algorithm)
    level = [digest(LEAF + row) for row in rows]
    path = []
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling].hex())
        level = _above(level, digest)
        index //= 2
    return path


def is_included(
    row: bytes,
    *,
    index: int,
    count: int,
    path: Sequence[str],
    head: str,
    algorithm: str = "sha256",
) -> bool:
    """Say whether a row stood at a place among so many under this root."""
    if not 0 <= index < count:
        return False
    digest = _digest(algorithm)
    here, left = digest(LEAF + row), list(path)
    while count > 1:
        if index ^ 1 < count:
            if not left:
                return False
            sibling = bytes.fromhex(left.pop(0))
            here = digest(NODE + (sibling + here if index % 2 else here + sibling))
        index, count = index // 2, (count + 1) // 2
    return not left and here.hex() == head


def _above(level: list[bytes], digest: Callable[[bytes], bytes]) -> list[bytes]:
    """Join neighbors; an odd last one rises unchanged, which is RFC 6962's split by powers of two."""
    joined = [digest(NODE + a + b) for a, b in zip(level[::2], level[1::2], strict=False)]
    return joined + level[-1:] if len(level) % 2 else joined


def _digest(algorithm: str) -> Callable[[bytes], bytes]:
    if algorithm == "sha256":
        return lambda data: hashlib.sha256(data).digest()
    if algorithm == "sm3":
        return lambda data: hashlib.new("sm3", data).digest()
    raise ValueError(f"no digest called {algorithm}; known: {', '.join(ALGORITHMS)}")
