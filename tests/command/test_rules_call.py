import pytest

from liandong.command.rules.call import kind_name


@pytest.mark.parametrize(
    ("hazard", "name"),
    [
        ("11A01", "暴雨洪涝"),
        ("11B03", "暴雨洪涝"),
        ("11B04", "低温雨雪冰冻"),
        ("11B21", "低温雨雪冰冻"),
        ("11B06", "其他自然灾害"),
        ("12", "事故灾难"),
        ("13C", "公共卫生事件"),
        ("20", "20"),
    ],
)
def test_an_emergency_is_called_after_its_family(hazard, name):
    assert kind_name(hazard) == name
