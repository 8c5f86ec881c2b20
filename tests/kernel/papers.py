"""Real files, made on the spot: a photograph with a place in it, office documents, sound."""

import io
import wave
import zipfile

from PIL import Image

GPS, ORIENTATION, MAKE, TURNED_LEFT = 0x8825, 0x0112, 0x010F, 6


def photograph(form="JPEG", size=(60, 40), **options):
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = TURNED_LEFT, "SECRETPHONE"
    exif.get_ifd(GPS).update({1: "N", 2: (29.0, 36.0, 0.0), 3: "E", 4: (114.0, 0.0, 0.0)})
    made = io.BytesIO()
    picture.save(made, form, exif=exif, **options)
    return made.getvalue()


def office(part="word/document.xml", *more):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in ("[Content_Types].xml", part, *more):
            packed.writestr(name, "<x/>")
    return made.getvalue()


def sound():
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\0\0" * 800)
    return made.getvalue()


def packed(part):
    """A zip file with one part."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(part, "<x/>")
    return made.getvalue()


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
GEOJSON = b'{"type":"Point","coordinates":[114.0,29.6]}'
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 64
M4A = b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42" + b"\0" * 64
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64
