import pytest

from liandong.web.signs import (
    dots,
    meter,
    proportion,
    response_sign,
    roman,
    severity_bars,
    station_sign,
    warning_sign,
)


@pytest.mark.parametrize(
    ("said", "tone"),
    [("红", "red"), ("橙色", "orange"), ("yellow", "yellow"), ("BLUE", "blue")],
)
def test_each_warning_has_its_color_and_character(said, tone):
    html = warning_sign(said)

    assert f"sign-{tone}" in html
    assert {"red": "红", "orange": "橙", "yellow": "黄", "blue": "蓝"}[tone] in html


def test_the_four_warnings_have_four_shapes():
    shapes = {warning_sign(color).split('<path d="')[1].split('"')[0] for color in "红橙黄蓝"}

    assert len(shapes) == 4


@pytest.mark.parametrize("level", [None, "", "紫", "IV"])
def test_a_warning_without_a_color_is_undetermined(level):
    assert "未定" in warning_sign(level)


@pytest.mark.parametrize(
    ("level", "numeral"),
    [
        ("III", "Ⅲ"),
        ("Ⅲ", "Ⅲ"),
        (3, "Ⅲ"),
        ("3", "Ⅲ"),
        ("Ⅲ级", "Ⅲ"),
        ("iv", "Ⅳ"),
        ("V", ""),
        (None, ""),
        (0, ""),
    ],
)
def test_levels_are_read_however_they_are_written(level, numeral):
    assert roman(level) == numeral


def test_a_response_is_a_hexagon_with_its_numeral_and_no_color_of_a_warning():
    html = response_sign("II")

    assert 'data-level="II"' in html
    assert "Ⅱ" in html
    assert not any(tone in html for tone in ("red", "orange", "yellow", "blue"))


def test_an_unknown_response_is_undetermined():
    assert "未定" in response_sign(None)


@pytest.mark.parametrize(("level", "full"), [(1, 1), (4, 4), (0, 0), (None, 0), (9, 0)])
def test_severity_fills_as_many_bars(level, full):
    assert severity_bars(level).count('class="full"') == full


def test_severity_that_is_not_known_says_so():
    assert "未定" in severity_bars(None)


def test_a_station_over_its_mark_says_which():
    assert "超保证" in station_sign("guarantee")
    assert "正常" in station_sign("no such state")


def test_dots_count_what_is_done():
    assert dots(3).count('class="done"') == 3
    assert dots(3).count("<circle") == 4


def test_the_dot_that_failed_is_a_cross():
    html = dots(2, 4, 3)

    assert html.count("<circle") == 3
    assert html.count("<path") == 1
    assert "第 3 步没有办成" in html


@pytest.mark.parametrize(("percent", "width"), [(40, "40%"), (140, "100%"), (-3, "0%")])
def test_a_meter_stays_within_its_track(percent, width):
    assert f'class="full" width="{width}"' in meter(percent)


def test_a_proportion_lays_its_parts_end_to_end():
    html = proportion(1, 2, 1, said="有据 1")

    assert [part in html for part in ('x="0.0%"', 'x="25.0%"', 'x="75.0%"')] == [True] * 3
    assert (html.count('width="25.0%"'), html.count('width="50.0%"')) == (2, 1)
    assert 'aria-label="有据 1"' in html


def test_a_part_that_is_nothing_is_not_drawn():
    assert proportion(0, 3, 0, said="").count("part-") == 1
    assert proportion(0, 0, 0, said="").count("part-") == 0
