"""``liandong basemap``: what it takes, what it tells, and what it refuses."""

import json

import pytest

from liandong.demo.ground import DRAWING
from tests.config.nodes import answer, liandong


def test_a_map_is_loaded_and_shown(home):
    loaded = answer("basemap", "load", DRAWING, home=home)
    shown = answer("basemap", "show", home=home)

    assert (loaded["kind"], loaded["counts"]["township"]) == ("geojson", 12)
    assert shown["basemaps"][0]["digest"] == loaded["digest"]


@pytest.mark.parametrize("more", [("--datum", "gcj02"), ("--datum", "bd09")])
def test_shifted_coordinates_are_refused(home, more):
    done = liandong("basemap", "load", DRAWING, *more, "--json", home=home)

    assert done.returncode == 1
    assert json.loads(done.stdout)["problem"]["code"] == "invalid"


def test_a_renamed_file_is_refused_in_words(home, tmp_path):
    file = tmp_path / "底图.pmtiles"
    file.write_bytes(b"PK\x03\x04" + bytes(300))

    done = liandong("basemap", "load", file, home=home)

    assert done.returncode == 1
    assert "不是 PMTiles" in done.stderr
