"""Word files for the tests: made as an office would, then bent."""

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def packed(document):
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def paper(*lines):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return packed(document)


def bent(content, **parts):
    """The same file with parts put in, replaced or (None) left out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for one in before.infolist():
            if one.filename not in parts:
                after.writestr(one, before.read(one), zipfile.ZIP_DEFLATED)
        for name, part in parts.items():
            if part is not None:
                after.writestr(name, part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as packed_:
        return packed_.read(name)


def with_body(xml):
    """A document whose body is this XML."""
    document = docx.Document()
    for element in parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    return packed(document)


def encrypted(content):
    """Mark every part as locked, as zip programs do."""
    data = bytearray(content)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(sign, start)) >= 0:
            data[start + at] |= 1
            start += 4
    return bytes(data)
