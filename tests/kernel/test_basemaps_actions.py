import io
import json
import zipfile
from decimal import Decimal

import pytest

from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.basemaps.actions import load_basemap, record_basemap
from liandong.kernel.basemaps.models import Basemap
from liandong.kernel.basemaps.permissions import Permission
from liandong.kernel.basemaps.reading import area_of, drawn, in_use, outline, townships
from liandong.kernel.files.models import File
from liandong.kernel.files.permissions import Permission as Files
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid
from tests.kernel.grounds import SQUARE, archive, collection, feature, township

EMPTY = b'{"type":"FeatureCollection","features":[]}'


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    backend = settings.STORAGES["default"]["BACKEND"]
    options = {"location": str(tmp_path), "base_url": None}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": backend, "OPTIONS": options},
    }


def admin():
    return system_actor("node", "系统管理员", ACTUAL, Permission.LOAD_BASEMAP, Files.STORE_FILE)


@pytest.mark.django_db
def test_a_geojson_map_is_kept_and_told():
    row = load_basemap(
        admin(),
        name="底图.geojson",
        content=collection(feature("county", [SQUARE]), township()),
    )

    entry = Entry.objects.get(name="kernel.basemap_loaded")
    said = json.loads(entry.payload.text)
    assert row.bounds == (112.0, 27.0, 112.2, 27.2)
    assert row.counts == {"county": 1, "township": 1}
    assert (said["digest"], said["bounds"][0]) == (row.file.digest, "112.000000")
    assert entry.audience == ["county"]


@pytest.mark.django_db
def test_an_archive_of_tiles_is_kept_beneath():
    actor = admin()
    load_basemap(actor, name="县.json", content=collection(township()))
    load_basemap(actor, name="影像.pmtiles", content=archive())
    last = load_basemap(actor, name="新.geojson", content=collection(township(), township()))

    assert [one.kind for one in in_use()] == ["pmtiles", "geojson"]
    assert in_use()[1] == last


@pytest.mark.django_db
def test_townships_are_found_by_code_and_by_name():
    load_basemap(
        admin(),
        name="底图.geojson",
        content=collection(feature("county", [SQUARE]), township()),
    )

    lying = drawn()
    assert area_of(lying, ["990101101"]).equals(outline(lying))
    assert area_of(lying, ["河口镇", "没有的乡"]).equals(outline(lying))
    assert area_of(lying, ["没有的乡"]) is None
    assert [one.name for one in townships(lying)] == ["河口镇"]


@pytest.mark.django_db
def test_without_a_map_nothing_is_drawn():
    assert (in_use(), drawn(), area_of((), ["河口镇"]), outline(())) == ([], (), None, None)


def zipped():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "a" * 500)
    packed.seek(0)
    return packed


BAD = {
    "wrong JSON": ("a.geojson", io.BytesIO(b'{"type": "FeatureCollection", "features": [')),
    "no collection": ("a.geojson", io.BytesIO(b'{"type": "Point", "coordinates": [112, 27]}')),
    "no features": ("a.geojson", io.BytesIO(EMPTY)),
    "a list": ("a.json", io.BytesIO(b"[]")),
    "a number in its place": (
        "a.geojson",
        io.BytesIO(b'{"type": "FeatureCollection", "features": 3}'),
    ),
    "huge coordinates": ("a.geojson", collection(feature("place", [1e300, 27], "Point"))),
    "no number": ("a.geojson", collection(feature("place", [float("nan"), 27], "Point"))),
    "empty shape": ("a.geojson", collection(feature("place", [], "Polygon"))),
    "words for numbers": ("a.geojson", collection(feature("place", ["东", 27], "Point"))),
    "meters": ("a.geojson", collection(feature("place", [512345.0, 3067890.0], "Point"))),
    "exchanged": ("a.geojson", collection(feature("place", [27.8, 112.4], "Point"))),
    "elsewhere": ("a.geojson", collection(feature("place", [-0.1, 51.5], "Point"))),
    "gcj": ("a.geojson", collection(township(), crs={"properties": {"name": "GCJ-02"}})),
    "amap": ("a.geojson", collection(township(), source="高德地图")),
    "renamed archive": ("a.pmtiles", zipped()),
    "renamed picture": ("a.geojson", io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(100))),
    "cut in the head": ("a.pmtiles", archive(size=60)),
    "cut in the tiles": ("a.pmtiles", archive(size=150)),
    "tiles elsewhere": ("a.pmtiles", archive(bounds=(-180, -85, 180, 85))),
    "tiles of nothing": ("a.pmtiles", archive(tiles=0)),
    "shifted tiles": ("a.pmtiles", archive(metadata=b'{"attribution": "amap gcj02"}')),
    "a table": ("a.xlsx", zipped()),
    "no ending": ("底图", collection(township())),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", BAD.values(), ids=BAD.keys())
def test_what_is_no_map_of_china_is_refused_and_nothing_kept(case):
    name, content = case

    with pytest.raises(Invalid) as refused:
        load_basemap(admin(), name=name, content=content)

    assert refused.value.remedy != ""
    assert (Basemap.objects.count(), File.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_only_the_system_administrator_loads_a_map():
    actor = system_actor("person", "值班员", ACTUAL, Files.STORE_FILE)

    with pytest.raises(Forbidden):
        load_basemap(actor, name="底图.geojson", content=collection(township()))


@pytest.mark.django_db
def test_the_same_key_twice_loads_once():
    for _time in range(2):
        load_basemap(
            admin(), name="底图.geojson", content=collection(township()), idempotency_key="k"
        )

    assert (Basemap.objects.count(), File.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_recorded_twice_under_one_key_is_once():
    file = load_basemap(admin(), name="县.json", content=collection(township())).file
    figures = {
        "kind": "geojson",
        "bounds": [Decimal(112), Decimal(27), Decimal(113), Decimal(28)],
        "counts": {"township": 1},
    }

    first = record_basemap(admin(), file=file, **figures, idempotency_key="again")
    second = record_basemap(admin(), file=file, **figures, idempotency_key="again")

    assert first == second
    assert Basemap.objects.count() == 2
