import io
import struct
import zlib

import pytest
from PIL import Image

from liandong.kernel.files.images import without_traces
from liandong.kernel.problems import Invalid
from tests.kernel.papers import photograph


def clean(content, media_type="image/jpeg"):
    return without_traces("a", media_type, io.BytesIO(content))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_loses_its_exif_and_stands_upright(form):
    made = clean(photograph(form), f"image/{form.lower()}")

    raw = made.read()
    with Image.open(io.BytesIO(raw)) as picture:
        assert (picture.format, picture.size) == (form, (40, 60))
        assert dict(picture.getexif()) == {}
        assert picture.convert("RGB").getpixel((20, 5))[1] < 60
    assert b"SECRETPHONE" not in raw


def test_texts_inside_a_png_are_dropped():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "SECRETPHONE")
    made = io.BytesIO()
    Image.new("RGB", (4, 4)).save(made, "PNG", pnginfo=notes)

    assert b"SECRETPHONE" not in clean(made.getvalue(), "image/png").read()


def test_the_same_picture_gives_the_same_bytes():
    assert clean(photograph()).read() == clean(photograph()).read()


def test_a_torn_picture_is_refused():
    with pytest.raises(Invalid, match="图片不完整或已损坏"):
        clean(photograph()[:400])


@pytest.mark.parametrize("side", [9_000, 50_000])
def test_a_decompression_bomb_is_refused_before_it_is_unpacked(side):
    def chunk(kind, data):
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    )

    with pytest.raises(Invalid, match="图片过大"):
        clean(bomb, "image/png")


def test_a_moving_picture_is_refused():
    frames = [Image.new("RGB", (4, 4), color) for color in ("red", "blue")]
    made = io.BytesIO()
    frames[0].save(made, "WEBP", save_all=True, append_images=frames[1:])

    with pytest.raises(Invalid, match="不收动图"):
        clean(made.getvalue(), "image/webp")


def test_the_first_picture_of_a_phones_pair_is_kept():
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    made = io.BytesIO()
    frames[0].save(made, "MPO", save_all=True, append_images=frames[1:])

    with Image.open(clean(made.getvalue())) as picture:
        assert (picture.format, picture.getpixel((4, 4))[0] > 200) == ("JPEG", True)
