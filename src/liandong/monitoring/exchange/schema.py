"""CAP's own schemas, and what they say put into codes.

The three files are the standard's, unchanged: copyright OASIS Open, carried as its notice permits.
"""

import copy
import re
from importlib.resources import files
from threading import local
from typing import Any

from lxml import etree

from liandong.monitoring.exchange.faults import Fault
from liandong.monitoring.exchange.xml_text import name_of, namespace_of, path_of

VERSIONS = {
    "urn:oasis:names:tc:emergency:cap:1.2": "1.2",
    "urn:oasis:names:tc:emergency:cap:1.1": "1.1",
    "http://www.incident.com/cap/1.0": "1.0",
}
DSIG = "http://www.w3.org/2000/09/xmldsig#"
NAMES = re.compile(r"\{[^}]*\}(\w+)")
VALUE = re.compile(r"The value '([^']{0,2000})'")
SET = re.compile(r"set \{(.*)\}", re.DOTALL)
TYPES = etree.ErrorTypes
FORMATS = {
    TYPES.SCHEMAV_CVC_PATTERN_VALID,
    TYPES.SCHEMAV_CVC_DATATYPE_VALID_1_2_1,
    TYPES.SCHEMAV_CVC_DATATYPE_VALID_1_2_2,
    TYPES.SCHEMAV_CVC_MININCLUSIVE_VALID,
    TYPES.SCHEMAV_CVC_MAXINCLUSIVE_VALID,
}
MOST = 50
# What no alert, info, area or pair may be without.
REQUIRED = {
    *("identifier", "sender", "sent", "status", "msgType", "scope"),
    *("category", "event", "urgency", "severity", "certainty"),
    *("areaDesc", "resourceDesc", "mimeType", "valueName", "value"),
}
# A schema's list of errors is its own: each thread has a schema for itself.
_kept = local()


def faults_of(alert: Any, number: int | None = None) -> list[Fault]:
    """What the schema of its version has against an alert that lies anywhere in a tree."""
    root = alert if _is_alone(alert) else _alone(alert)
    schema = _schema(VERSIONS[namespace_of(alert)])
    if schema.validate(root):
        return []
    top = "" if root is alert else path_of(alert).rpartition("/")[0]
    return [_fault(error, root, top, number) for error in list(schema.error_log)[:MOST]]


def _is_alone(alert: Any) -> bool:
    return alert.getparent() is None and alert.find(f"{{{DSIG}}}Signature") is None


def _alone(alert: Any) -> Any:
    """A copy without signatures, which the schema of 1.1 does not know of."""
    root = copy.deepcopy(alert)
    root.tail = None
    for signature in root.findall(f"{{{DSIG}}}Signature"):
        root.remove(signature)
    return root


def _schema(version: str) -> Any:
    schemas: dict[str, Any] = _kept.__dict__.setdefault("schemas", {})
    if version not in schemas:
        text = files(__package__).joinpath(f"schema/cap{version.replace('.', '')}.xsd")
        schemas[version] = etree.XMLSchema(etree.fromstring(text.read_bytes()))
    return schemas[version]


def _fault(error: Any, root: Any, top: str, number: int | None) -> Fault:
    element = _at(error.path, root)
    path = "/".join(part for part in (top, path_of(element)) if part)
    said = str(error.message)
    code, values = _meaning(error.type, said, element)
    return Fault(code, element.sourceline or error.line, path, values, number)


def _at(path: str | None, root: Any) -> Any:
    """The element an error is about; its path says prefixes as the message does."""
    prefixes = {name: uri for one in root.iter() for name, uri in one.nsmap.items() if name}
    try:
        found = root.xpath(path or ".", namespaces=prefixes)
    except etree.XPathError:
        return root
    return found[0] if found and etree.iselement(found[0]) else root


def _meaning(kind: int, said: str, element: Any) -> tuple[str, dict[str, str]]:
    name = name_of(element)
    if kind == TYPES.SCHEMAV_ELEMENT_CONTENT:
        return _misplaced(NAMES.findall(said.partition("Expected is")[2]), said, element)
    value = VALUE.search(said) or re.search(r"'([^']{0,200})' is not a valid value", said)
    given = {"name": name, "value": (value[1] if value else "")[:60]}
    if kind == TYPES.SCHEMAV_CVC_ENUMERATION_VALID:
        allowed = SET.search(said)
        listed = (allowed[1] if allowed else "").replace("'", "").replace(", ", "、")
        return "choice", {**given, "expected": listed}
    return ("format", given) if kind in FORMATS else ("schema", {"name": name})


def _misplaced(expected: list[str], said: str, element: Any) -> tuple[str, dict[str, str]]:
    """What comes too early shows what is missing; the schema names only what it had wanted there."""
    if "Missing child" in said:
        return "missing", {"where": name_of(element), "name": expected[0] if expected else "—"}
    parent = element.getparent()
    there = set(REQUIRED) if parent is None else {name_of(one) for one in parent}
    for name in expected:
        if name in REQUIRED and name not in there:
            return "missing", {"where": name_of(parent), "name": name}
    wanted = "、".join(f"<{name}>" for name in expected)
    return "unexpected", {"name": name_of(element), "expected": wanted or "—"}
