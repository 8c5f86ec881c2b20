from hypothesis import given
from hypothesis import strategies as st

from liandong.web.maps.labels import Sheet, width_of

PLACES = st.lists(
    st.tuples(
        st.floats(0, 400), st.floats(0, 300), st.text("城关站 12m", min_size=1, max_size=9)
    ),
    max_size=20,
)


@given(PLACES)
def test_no_label_lies_on_another_or_hangs_over_the_edge(places):
    sheet = Sheet(400, 300)

    found = [sheet.find((x, y), (width_of(words, 12) + 8, 18), 8) for x, y, words in places]

    boxes = [(one.x, one.y, one.x + one.width, one.y + one.height) for one in found if one]
    assert all(x >= 0 and y >= 0 and right <= 400 and low <= 300 for x, y, right, low in boxes)
    for n, (x, y, right, low) in enumerate(boxes):
        for x2, y2, right2, low2 in boxes[n + 1 :]:
            assert right <= x2 or right2 <= x or low <= y2 or low2 <= y


def test_a_label_goes_to_another_side_where_the_first_is_taken():
    sheet = Sheet(400, 300)
    sheet.take(205, 90, 100, 20)

    found = sheet.find((200, 100), (60, 18), 8)

    assert found.x + found.width <= 200


def test_a_hanzi_is_as_wide_as_its_type_and_a_figure_about_half():
    assert width_of("城关站", 12) == 36
    assert width_of("12", 12) < 15
