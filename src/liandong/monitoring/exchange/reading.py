"""The one door in: bytes of any shape to what they say and what is wrong with them."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cryptography import x509

from liandong.monitoring.exchange import chinese, feeds, national, schema
from liandong.monitoring.exchange.alerts import Understood
from liandong.monitoring.exchange.cap import read_cap
from liandong.monitoring.exchange.faults import Fault
from liandong.monitoring.exchange.signing import SIGNATURE, signature_of
from liandong.monitoring.exchange.xml_text import (
    name_of,
    namespace_of,
    path_of,
    text_of,
    tree_of,
)

KEPT_WORD = 60


def read(body: bytes, trusted: Sequence[x509.Certificate] = ()) -> Understood:
    """Understand a message. Never raises for what is in it: all that is wrong is in ``problems``.

    ``trusted``: the certificates of those whose signature counts.
    """
    text, faults = text_of(body)
    if not text:
        return Understood("unknown", problems=tuple(faults))
    found = _read(text, trusted)
    return Understood(found.kind, found.alerts, found.entries, (*faults, *found.problems))


def digest_of(body: bytes) -> str:
    """What tells one message from another, byte for byte."""
    return hashlib.sha256(body).hexdigest()


def _read(text: str, trusted: Sequence[x509.Certificate]) -> Understood:
    start = text.lstrip()[:1]
    if start == "<":
        return _read_xml(text.lstrip(), trusted)
    if start in {"{", "["}:
        return chinese.read_json(text)
    if any(word in text for word in ("预警", "警报")):
        return chinese.read_text(text)
    values = {"root": text.strip()[:KEPT_WORD]}
    return Understood("unknown", problems=(Fault("not-a-warning", 1, values=values),))


def _read_xml(text: str, trusted: Sequence[x509.Certificate]) -> Understood:
    root, faults = tree_of(text)
    if faults:
        return Understood("xml", problems=tuple(faults))
    if national.is_national(root):
        alert, wrong = national.read_national(root)
        return Understood("12379", (alert,), (), tuple(wrong))
    if name_of(root) == "alert":
        found = _read_alert(root)
        signed = found.alerts and root.find(f".//{SIGNATURE}") is not None
        return _signed(found, text, trusted) if signed else found
    reader = feeds.reader_of(root)
    if reader is None:
        return _unknown(root, "not-a-warning", root=f"<{name_of(root)[:KEPT_WORD]}>")
    return reader(root)


def _read_alert(root: Any) -> Understood:
    version = schema.VERSIONS.get(namespace_of(root))
    if version is None:
        return _unknown(root, "namespace", namespace=namespace_of(root)[:200] or "—")
    alert, faults = read_cap(root)
    return Understood(f"cap-{version}", (alert,), (), tuple(faults))


def _signed(found: Understood, text: str, trusted: Sequence[x509.Certificate]) -> Understood:
    """What was read, with what its signature is worth. One inside a feed is not looked at."""
    alert = found.alerts[0]
    signature = signature_of(text, sent=alert.sent, trusted=trusted)
    alert = replace(alert, signature=signature.state, signer=signature.signer)
    values = {"value": signature.algorithm}
    told = [Fault(signature.fault, values=values, alert=0)] if signature.fault else []
    problems = [*found.problems, *told]
    return replace(found, alerts=(alert,), problems=tuple(problems))


def _unknown(root: Any, code: str, /, **values: str) -> Understood:
    fault = Fault(code, root.sourceline or 0, path_of(root), values)
    return Understood("unknown", problems=(fault,))
