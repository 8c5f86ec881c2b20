"""Pictures that show plainly that they are of nothing real."""

import io

from PIL import Image, ImageDraw


def photograph(number: str) -> io.BytesIO:
    """A small picture that stands for a photograph from the place."""
    picture = Image.new("RGB", (320, 200), "#B5D3E6")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 130, 320, 200), fill="#CFE0C6")
    pen.text((12, 12), f"SAMPLE {number}", fill="#14212B")
    out = io.BytesIO()
    picture.save(out, "PNG")
    out.seek(0)
    return out
