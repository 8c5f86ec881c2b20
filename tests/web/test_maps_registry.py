import pytest
from shapely import Point

from liandong.kernel.problems import Forbidden, Missing
from liandong.web.maps.features import Feature, Sign
from liandong.web.maps.registry import Asked, forget, gather, layer, layer_for, layers
from tests.people import allowed, visitor
from tests.web.asking import ask

SECRET = "tests:secret:read"


@pytest.fixture(autouse=True)
def clean():
    yield
    for key in ("test-one", "test-two"):
        forget(key)


def show(key="test-one", permission="", features=None, **more):
    given = {"group": "试", "sign": Sign.PLACE, **more}
    found = features or [Feature(key="a", shape=Point(112, 27), label="甲")]
    return layer(key, "试", permission=permission, **given)(lambda request, asked: found)


def ours(actor):
    return [one.key for one in layers(actor) if one.key.startswith("test-")]


def test_layers_stand_in_their_order():
    show("test-two", order=10)
    show("test-one", order=20)

    assert ours(visitor()) == ["test-two", "test-one"]


def test_a_layer_is_kept_from_whoever_may_not_see_it():
    show(permission=SECRET)

    assert ours(visitor()) == []
    assert ours(allowed(SECRET)) == ["test-one"]
    with pytest.raises(Forbidden):
        layer_for(visitor(), "test-one")


def test_an_unknown_layer_is_missing():
    with pytest.raises(Missing):
        layer_for(visitor(), "test-none")


def test_only_layers_that_are_shown_at_first_are_gathered_unless_named():
    show("test-one", shown=False)
    show("test-two")

    by_default = [one.key for one, _found in gather(ask(), Asked())]
    named = [one.key for one, _found in gather(ask(), Asked(), ["test-one"])]
    assert ("test-one" in by_default, "test-two" in by_default) == (False, True)
    assert named == ["test-one"]


def test_a_layer_that_fails_is_empty_and_the_others_stand():
    @layer("test-two", "坏", group="试", sign=Sign.PLACE)
    def broken(request, asked):
        raise ValueError("broken")

    show()

    found = gather(ask(), Asked(), ["test-one", "test-two"])

    assert {one.key: len(some) for one, some in found} == {"test-one": 1, "test-two": 0}
