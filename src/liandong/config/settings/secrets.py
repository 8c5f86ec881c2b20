"""The key that signs sessions: kept beside the node's other keys, never in the code."""

import os
import secrets
from pathlib import Path


def secret_key(home: Path | None) -> str:
    """Read the key, or make one and keep it. Without a home it lives as long as the process."""
    if home is None:
        return secrets.token_hex(32)
    path = home / "keys" / "django.key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(
                os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
            ) as file:
                file.write(secrets.token_hex(32))
        except FileExistsError:
            pass  # another process of the same node was faster
    return path.read_text(encoding="ascii")
