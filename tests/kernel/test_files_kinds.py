import io

import pytest

from liandong.kernel.files.kinds import KINDS, recognize
from liandong.kernel.problems import Invalid
from tests.kernel.papers import GEOJSON, HEIC, M4A, MP4, PDF, office, packed, photograph, sound

GENUINE = {
    "jpg": photograph(),
    "jpeg": photograph(),
    "png": photograph("PNG"),
    "webp": photograph("WEBP"),
    "pdf": PDF,
    "docx": office(),
    "xlsx": office("xl/workbook.xml"),
    "txt": "三河镇雨量站\r\n".encode("gb18030"),
    "csv": "\ufeff站名,雨量\n三河,31\n".encode(),
    "geojson": GEOJSON,
    "kml": b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"/>',
    "kmz": packed("doc.kml"),
    "zip": packed("places.shp"),
    "pmtiles": b"PMTiles\x03" + bytes(120),
    "mp3": b"\xff\xfb\x90\x00" + b"\0" * 64,
    "m4a": M4A,
    "wav": sound(),
    "amr": b"#!AMR\n" + b"\0" * 32,
    "mp4": MP4,
}


@pytest.mark.parametrize("extension", sorted(KINDS))
def test_a_genuine_file_is_recognized_and_left_at_its_beginning(extension):
    content = io.BytesIO(GENUINE[extension])

    kind = recognize(f"a.{extension}", content)

    assert (kind, content.tell()) == (KINDS[extension], 0)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", PDF),
        ("a.png", photograph()),
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.docx", office("xl/workbook.xml")),
        ("a.docx", office("word/document.xml", "word/vbaProject.bin")),
        ("a.docx", b"PK\x03\x04 torn"),
        ("a.xlsx", GENUINE["docx"]),
        ("a.txt", b"MZ\x90\x00\x03\x00"),
        ("a.csv", "a,b\n".encode("utf-16")),
        ("a.geojson", b'{"type":"Elephant"}'),
        ("a.geojson", b"[" * 100_000),
        ("a.mp4", HEIC),
        ("a.mp3", photograph()),
        ("a.wav", photograph("WEBP")),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, content):
    with pytest.raises(Invalid) as refused:
        recognize(name, io.BytesIO(content))

    assert (refused.value.place, list(refused.value.fields)) == (name, ["content"])
    assert "不要只改扩展名" in refused.value.remedy


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.heic", "a.docm", "a"])
def test_other_kinds_are_refused_with_those_that_are_taken(name):
    with pytest.raises(Invalid, match="不收") as refused:
        recognize(name, io.BytesIO(b"x"))

    assert "jpeg、jpg、" in refused.value.remedy
