"""The signed bundle: a stretch of the journal with what it said, to be checked by anybody, offline.

A ZIP file: ``manifest.json`` (node, public key, range, head, digests of the parts, signature) and
``entries.jsonl`` (one link a line: position, epoch, digest, envelope, salt and payload).
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from liandong.kernel.journal.commitments import canonical, digest

FORMAT = "liandong-journal-1"


class BadBundleError(Exception):
    """The file is not a bundle at all."""


@dataclass
class Checked:
    """What checking a bundle found."""

    node: str = ""
    entries: int = 0
    erased: int = 0
    withheld: int = 0
    head: str = ""
    troubles: list[str] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """True when nothing is wrong."""
        return not self.troubles


def export(
    path: Path,
    rows: Iterator[dict[str, Any]],
    *,
    node: dict[str, str],
    previous: str,
    incident: str,
    sign: Callable[[bytes], str],
) -> dict[str, Any]:
    """Write a bundle of ``rows``; ``previous`` is the digest before the first. Returns the manifest.

    With an ``incident``, what entries of others say is withheld on purpose, and the manifest tells.
    """
    part = path.with_suffix(".entries")
    whole, count, first, last = hashlib.sha256(), 0, "", {}
    try:
        with part.open("wb") as file:
            for row in rows:
                line = (canonical(row) + "\n").encode()
                whole.update(line)
                file.write(line)
                count, last = count + 1, row
                first = first or f"{row['epoch']}:{row['position']}"
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "node": node,
            "previous": previous,
            "incident": incident,
            "first": first,
            "head": f"{last['epoch']}:{last['position']}:{last['digest']}" if last else "",
            "entries": count,
            "entries_sha256": whole.hexdigest(),
        }
        manifest["signature"] = sign(canonical(manifest).encode())
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("manifest.json", canonical(manifest))
            bundle.write(part, "entries.jsonl")
    finally:
        part.unlink(missing_ok=True)
    return manifest


def check(path: Path, *, signed: Callable[[str, bytes, str], bool]) -> Checked:
    """Check a bundle with nothing but the file: signature, chain, and what each entry said.

    ``signed(public_key, message, signature)`` answers for the signature. Raises
    ``BadBundleError`` when the file is no bundle.
    """
    try:
        with zipfile.ZipFile(path) as bundle:
            manifest = json.loads(bundle.read("manifest.json"))
            return _check(manifest, bundle, signed)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as trouble:
        raise BadBundleError(str(trouble)) from trouble


def _check(
    manifest: dict[str, Any], bundle: zipfile.ZipFile, signed: Callable[[str, bytes, str], bool]
) -> Checked:
    if manifest.get("format") != FORMAT:
        raise BadBundleError(str(manifest.get("format")))
    found = Checked(node=manifest["node"]["name"])
    plain = {key: value for key, value in manifest.items() if key != "signature"}
    key = manifest["node"]["public_key"]
    if not signed(key, canonical(plain).encode(), manifest["signature"]):
        found.troubles.append("签名不符：清单被改动，或不是这个节点签发")
    whole, previous = hashlib.sha256(), manifest["previous"]
    incident = manifest.get("incident", "")  # what was exported before told nothing of it
    with bundle.open("entries.jsonl") as lines:
        for line in lines:
            whole.update(line)
            previous = _entry(json.loads(line), previous, incident, found)
    if whole.hexdigest() != manifest["entries_sha256"]:
        found.troubles.append("流水文件与清单所记的摘要不符")
    if found.entries != manifest["entries"]:
        found.troubles.append(f"应有 {manifest['entries']} 条，实有 {found.entries} 条")
    if found.head != manifest["head"]:
        found.troubles.append("末条与清单所记的链头不符")
    return found


def _entry(row: dict[str, Any], previous: str, incident: str, found: Checked) -> str:
    place, envelope = f"{row['epoch']}:{row['position']}", row["envelope"]
    algorithm = envelope["algorithm"]
    if digest(previous, canonical([place, envelope]), algorithm=algorithm) != row["digest"]:
        found.troubles.append(f"第 {row['position']} 条被改动")
    if row["payload"] is None and incident not in {"", envelope["incident"]}:
        found.withheld += 1
    elif row["payload"] is None:
        found.erased += 1
    elif digest(row["salt"], row["payload"], algorithm=algorithm) != envelope["commitment"]:
        found.troubles.append(f"第 {row['position']} 条的内容被改动")
    found.entries += 1
    found.head = f"{place}:{row['digest']}"
    return str(row["digest"])
