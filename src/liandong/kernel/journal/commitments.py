"""Canonical text and digests: what an entry promises about a payload it does not hold."""

import hashlib
import json
from typing import Any

ALGORITHMS = ("sha256", "sm3")
LARGEST = 2**53


def canonical(value: Any) -> str:
    """Write a value as RFC 8785 does. No floats, so numbers need no more than ``str``.

    RFC 8785 §3.2.3 sorts names by UTF-16 code units; ours are ASCII, where that is the same.
    Raises ``TypeError`` for a float, a number beyond 2^53 or a name that is not ASCII.
    """
    _check(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(*parts: str, algorithm: str) -> str:
    """Hash texts one after another, in UTF-8; hexadecimal."""
    return hashlib.new(algorithm, "".join(parts).encode()).hexdigest()


def _check(value: Any) -> None:
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= LARGEST):
        raise TypeError("no floats, no number beyond 2^53: count in small units, or write text")
    if isinstance(value, dict):
        for name, inner in value.items():
            if not (isinstance(name, str) and name.isascii()):
                raise TypeError("names are ASCII text")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
