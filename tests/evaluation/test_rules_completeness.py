import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.command.models import Order, OrderNote
from liandong.evaluation.rules.completeness import ASKED, pieces_of, pieces_of_order
from liandong.evaluation.rules.milestone import LABELS
from liandong.kernel import clock
from liandong.kernel.events import known
from tests.command import county as places
from tests.evaluation.drills import inside


def missing(name, **said):
    return [one.words for one in pieces_of(name, said) if not one.is_there]


def test_what_is_asked_stands_in_the_entries_and_is_something_players_do():
    for name, asked in ASKED.items():
        assert name in LABELS
        fields = known[name].__dataclass_fields__
        assert {part for _words, parts in asked for part in parts} <= set(fields)


def test_a_report_needs_its_figures_and_nought_is_one():
    told = {"dead": "0", "missing": "2", "signed_by": "王"}

    assert missing("command.report_sent", **told, injured="") == ["死亡、失联、受伤人数"]
    assert missing("command.report_sent", **told, injured="0") == []


def test_a_read_back_needs_words_that_agree():
    assert missing("command.order_read_back", text="", matches=False) == [
        "复诵内容",
        "内容一致",
    ]


def test_of_erased_words_nothing_is_said():
    assert pieces_of("command.report_sent", {}) == []


@given(st.dictionaries(st.sampled_from(["place", "source", "title"]), st.text(max_size=3)))
def test_a_piece_is_there_exactly_where_every_part_says_something(said):
    found = {one.words: one.is_there for one in pieces_of("command.incident_opened", said)}

    if said:
        assert found == {"地点": bool(said.get("place")), "信息来源": bool(said.get("source"))}


@pytest.fixture
def order(county, running):
    officer = inside(county.officer, running)
    made = places.order(officer, places.incident(officer), county.posts["water"])
    Order.objects.filter(pk=made.pk).update(needs_proof=["photo", "position"])
    made.refresh_from_db()
    return made


def test_an_order_asks_for_words_said_back_proof_and_figures(order):
    def lacks():
        fresh = Order.objects.get(pk=order.pk)
        return [one.words for one in pieces_of_order(fresh) if not one.is_there]

    before = lacks()
    Order.objects.filter(pk=order.pk).update(read_back="立即转移", amount_of=20)
    half = lacks()
    Order.objects.filter(pk=order.pk).update(amount=0)
    OrderNote.objects.create(order=order, kind="progress", files=["a.jpg"], at=clock.real())

    assert (before, half, lacks()) == (["复诵内容", "完成凭据"], ["完成凭据", "数字"], [])


def test_a_place_alone_proves_no_photograph(order):
    OrderNote.objects.create(
        order=order, kind="progress", lon="106.1", lat="29.1", at=clock.real()
    )

    found = pieces_of("command.order_finished", {"text": "已转移"}, order)

    assert [(one.words, one.is_there) for one in found] == [
        ("完成情况", True),
        ("完成凭据", False),
    ]
