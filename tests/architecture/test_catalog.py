import inspect
import re
import typing

import pytest

from liandong.kernel.actions import catalog
from liandong.kernel.events import Event, known
from tests.architecture.tree import TESTS

IRREGULAR = {
    "begun", "bound", "chosen", "come", "cut", "done", "drawn", "driven", "fallen", "found", "frozen", "given", "gone",
    "heard", "held", "kept", "laid", "left", "lent", "lost", "made", "met", "paid", "put", "ran",
    "read", "reset", "risen", "seen", "sent", "set", "shown", "shut", "spent", "taken", "told", "withdrawn",
    "won", "written", "fell", "rose",
}  # fmt: skip
ACTIONS = sorted(catalog)
EVENTS = sorted(known)
# What no clause of the mechanism asks for may be tried out in tests under this name only.
OF_THE_APPS = [name for name in ACTIONS if catalog[name].run.__module__.startswith("liandong.")]


def source(name):
    return inspect.unwrap(catalog[name].run)


@pytest.mark.parametrize("name", OF_THE_APPS)
def test_every_action_explains_itself(name):
    assert inspect.getdoc(source(name))


@pytest.mark.parametrize("name", OF_THE_APPS)
def test_every_action_takes_its_actor_first_and_the_rest_by_keyword(name):
    first, *rest = inspect.signature(source(name)).parameters.values()

    assert first.name == "actor"
    assert {p.kind for p in rest} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("name", OF_THE_APPS)
def test_every_action_can_be_repeated_without_harm(name):
    assert "idempotency_key" in inspect.signature(source(name)).parameters


@pytest.mark.parametrize("name", OF_THE_APPS)
def test_every_action_asks_for_a_permission_of_its_own_app(name):
    assert re.fullmatch(rf"{name.split('.')[0]}:[a-z_]+:[a-z_]+", catalog[name].permission)


@pytest.mark.parametrize("name", OF_THE_APPS)
def test_every_action_is_tried_by_a_test_of_its_app(name):
    app, deed = name.split(".")
    tests = "".join(path.read_text() for path in sorted((TESTS / app).rglob("test_*.py")))

    assert re.search(rf"\b{deed}\(", tests), f"no test in tests/{app} calls {deed}"


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_is_said_in_the_past_tense(name):
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", name)
    assert any(
        word in IRREGULAR or word.endswith("ed") for word in name.split(".")[1].split("_")
    )


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_explains_when_it_is_said(name):
    assert (known[name].__dict__.get("__doc__") or "").startswith(known[name].__name__) is False
    assert inspect.getdoc(known[name])


@pytest.mark.parametrize("name", EVENTS)
def test_no_event_carries_a_float(name):
    hints = typing.get_type_hints(known[name])

    assert [field for field, kind in hints.items() if "float" in str(kind)] == []


def test_every_event_is_registered():
    declared = {kind for kind in Event.__subclasses__() if "name" in kind.__dict__}

    assert set(Event.__subclasses__()) - declared == set()
