import pytest

pytestmark = pytest.mark.django_db


def test_the_dictionary_says_whom_to_ask(reader):
    page = reader.get("/plans/facts/").content.decode()

    assert ("过火面积" in page, "过火面积多少公顷（不是受害森林面积）" in page) == (True, True)
