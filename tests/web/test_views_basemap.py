import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from liandong.kernel.basemaps.actions import load_basemap
from liandong.kernel.basemaps.models import Basemap
from liandong.kernel.basemaps.permissions import Permission
from liandong.kernel.files.permissions import Permission as Files
from liandong.kernel.problems import Forbidden, Missing
from liandong.web.views import basemap
from tests.kernel.grounds import archive, collection, township
from tests.people import allowed, duty_officer
from tests.web.asking import ask, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    backend = settings.STORAGES["default"]["BACKEND"]
    options = {"location": str(tmp_path), "base_url": None}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": backend, "OPTIONS": options},
    }


def admin():
    return allowed(Permission.LOAD_BASEMAP, Files.STORE_FILE)


@pytest.fixture
def tiles():
    return load_basemap(admin(), name="县.pmtiles", content=archive())


def content_of(response):
    """All of it; whatever was opened is closed, as a server closes it."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return body


def part(row, asked, **more):
    request = ask()
    request.META["HTTP_RANGE"] = asked
    request.META.update(more)
    response = basemap.tiles(request, row.file.digest)
    return response, content_of(response)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-6", 0, 6),
        ("bytes=100-", 100, None),
        ("bytes=-40", -40, None),
        ("bytes=0-99999999", 0, None),
        ("bytes=-99999999", 0, None),
    ],
)
def test_a_range_of_tiles_is_given(tiles, asked, first, last):
    whole, size = archive().read(), tiles.file.size

    response, body = part(tiles, asked)

    expected = whole[first : last + 1 if last is not None else None]
    start = first if first >= 0 else size + first
    assert (response.status_code, body) == (206, expected)
    assert response["Content-Range"] == f"bytes {start}-{start + len(body) - 1}/{size}"
    assert response["Content-Length"] == str(len(body))


@pytest.mark.parametrize("asked", ["bytes=9999-", "bytes=-0", "bytes=9-3", "bytes=9999-10000"])
def test_a_range_beyond_the_end_is_refused(tiles, asked):
    response, _body = part(tiles, asked)

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{tiles.file.size}"


@pytest.mark.parametrize("asked", ["", "bytes=0-1,3-4", "items=0-1", "bytes=-", "bytes=a-b"])
def test_what_is_no_single_range_asks_for_the_whole(tiles, asked):
    response, body = part(tiles, asked)

    assert (response.status_code, body) == (200, archive().read())
    assert response["Accept-Ranges"] == "bytes"


def test_a_range_of_another_version_asks_for_the_whole(tiles):
    response, _body = part(tiles, "bytes=0-6", HTTP_IF_RANGE='"other"')

    assert response.status_code == 200


def test_a_map_that_was_replaced_is_missing(tiles):
    with pytest.raises(Missing):
        basemap.tiles(ask(), "0" * 64)


def test_the_drawing_is_given_to_be_kept():
    row = load_basemap(admin(), name="县.geojson", content=collection(township()))

    response = basemap.drawing(ask(), row.file.digest)

    assert "河口镇" in content_of(response).decode()
    assert "immutable" in response["Cache-Control"]


def test_lost_bytes_are_told_and_no_error(tiles, settings, tmp_path):
    (tmp_path / tiles.file.place).unlink()

    with pytest.raises(Missing):
        basemap.tiles(ask(), tiles.file.digest)


def sent(datum="wgs84", content=None):
    file = SimpleUploadedFile("县.geojson", content or collection(township()).read())
    return ask(method="post", data={"file": file, "datum": datum}, actor=admin())


def test_the_administrator_loads_a_map():
    response = basemap.manage(sent())

    assert response.status_code == 303
    assert Basemap.objects.get().counts == {"township": 1}


@pytest.mark.parametrize("datum", ["gcj02", "bd09", ""])
def test_shifted_coordinates_are_not_taken_in_silence(datum):
    response = basemap.manage(sent(datum))

    assert response.status_code == 422
    assert Basemap.objects.count() == 0


def test_a_broken_file_is_refused_with_its_reason():
    response = basemap.manage(sent(content=b'{"type":"FeatureCollection","features":[]}'))

    assert response.status_code == 422
    assert "里面没有任何要素" in text(response)


def test_nobody_else_comes_here():
    with pytest.raises(Forbidden):
        basemap.manage(ask(actor=duty_officer()))
