import pytest

from liandong.monitoring.forms import AreasField


@pytest.mark.parametrize(
    "parted", ["东岭乡、河口镇", "东岭乡，河口镇", "东岭乡；河口镇", "东岭乡 , 河口镇;"]
)
def test_places_are_parted_by_whatever_people_part_them_with(parted):
    assert AreasField().clean(parted) == ["东岭乡", "河口镇"]
