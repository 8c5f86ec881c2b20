"""From bytes to text and to a tree: no document type, no entity, no network, and a limit to all."""

import codecs
import re
from typing import Any

from lxml import etree

from liandong.monitoring.exchange.faults import Fault

MAX_BYTES = 8 * 1024 * 1024
OFFICE = {
    b"\xd0\xcf\x11\xe0": "Word/Excel",
    b"PK\x03\x04": "Word/Excel/zip",
    b"%PDF": "PDF",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
}
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(
    rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*['"]([A-Za-z0-9._-]{1,40})['"]"""
)
# GB2312 files hold characters of its successors; the largest reads all of them.
KNOWN = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "cp936"), "gb18030"),
    **dict.fromkeys(("utf-8", "utf8", "us-ascii", "ascii"), "utf-8"),
    **{f"iso-8859-{n}": f"iso-8859-{n}" for n in (*range(1, 12), 13, 14, 15)},
    **{f"windows-125{n}": f"cp125{n}" for n in range(9)},
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "big5": "big5hkscs",
}
PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
ERRORS = etree.ErrorTypes
BY_TYPE = {
    ERRORS.ERR_DOCUMENT_END: "truncated",
    ERRORS.ERR_TAG_NOT_FINISHED: "truncated",
    ERRORS.ERR_GT_REQUIRED: "truncated",
    ERRORS.ERR_LTSLASH_REQUIRED: "truncated",
    ERRORS.ERR_TAG_NAME_MISMATCH: "tags",
    ERRORS.NS_ERR_UNDEFINED_NAMESPACE: "prefix",
    ERRORS.ERR_UNDECLARED_ENTITY: "entity",
    ERRORS.WAR_UNDECLARED_ENTITY: "entity",
    ERRORS.ERR_ENTITYREF_SEMICOL_MISSING: "entity",
    ERRORS.ERR_NAME_REQUIRED: "entity",
    ERRORS.ERR_INVALID_CHAR: "character",
    ERRORS.ERR_INVALID_CHARREF: "character",
}


def text_of(body: bytes) -> tuple[str, list[Fault]]:
    """The text, and what is wrong with the bytes; no text where they cannot be read."""
    if trouble := _trouble(body):
        return "", [trouble]
    encoding, guessed = _encoding(body)
    known = KNOWN.get(encoding.lower(), encoding if encoding == "utf-8-sig" else "")
    if not known:
        return "", [Fault("encoding-unknown", 1, values={"encoding": encoding})]
    try:
        text = body.decode(known)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        return "", [Fault("encoding", line, values={"encoding": encoding})]
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return "", [Fault("nul", line)]
    return text.removeprefix("\ufeff"), [Fault("encoding-guessed")] if guessed else []


def tree_of(text: str) -> tuple[Any, list[Fault]]:
    """The root of the tree, and what kept it from being read."""
    if line := _doctype(text):
        return None, [Fault("doctype", line)]
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(text.encode(), parser), []
    except etree.XMLSyntaxError as error:
        return None, [_malformed(error, text)]


def name_of(element: Any) -> str:
    """The name without its namespace."""
    return str(etree.QName(element).localname)


def namespace_of(element: Any) -> str:
    """The namespace alone."""
    return str(etree.QName(element).namespace or "")


def path_of(element: Any) -> str:
    """The way to an element by names, counted where there are several: alert/info[2]/urgency."""
    steps: list[str] = []
    while element is not None:
        parent, tag = element.getparent(), element.tag
        alike = [] if parent is None else [one for one in parent if one.tag == tag]
        number = f"[{alike.index(element) + 1}]" if len(alike) > 1 else ""
        steps.append(name_of(element) + number)
        element = parent
    return "/".join(reversed(steps))


def _trouble(body: bytes) -> Fault | None:
    if not body.strip():
        return Fault("empty")
    if len(body) > MAX_BYTES:
        return Fault("too-large", values={"most": str(MAX_BYTES)})
    for start, program in OFFICE.items():
        if body.startswith(start):
            return Fault("binary", values={"program": program})
    return None


def _encoding(body: bytes) -> tuple[str, bool]:
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return encoding, False
    if body.startswith((b"<\0", b"{\0", b"[\0")):
        return "utf-16le", False
    if body.startswith((b"\0<", b"\0{", b"\0[")):
        return "utf-16be", False
    if found := DECLARED.match(body[:400]):
        return found[1].decode(), False
    try:
        body.decode()
    except UnicodeDecodeError:
        return ("gb18030", True) if _is_chinese(body) else ("utf-8", False)
    return "utf-8", False


def _is_chinese(body: bytes) -> bool:
    try:
        return "预警" in body.decode("gb18030")
    except UnicodeDecodeError:
        return False


def _doctype(text: str) -> int:
    """The line of a document type declaration before the root, 0 if there is none."""
    at = 0
    while found := PROLOG.match(text, at):
        at = found.end()
    return text.count("\n", 0, at) + 1 if text[at : at + 9].upper() == "<!DOCTYPE" else 0


def _malformed(error: etree.XMLSyntaxError, text: str) -> Fault:
    line = error.lineno or 0
    said = str(error)
    if any(word in said for word in ("depth", "too long", "huge", "MAX_")):
        return Fault("too-deep", line)
    code = BY_TYPE.get(error.code, "malformed")
    if "Premature end" in said or (code == "tags" and text.rstrip()[-1:] != ">"):
        code = "truncated"
    return Fault(code, line)
