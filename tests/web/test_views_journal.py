from datetime import UTC, datetime

import pytest

from liandong.kernel.problems import Forbidden, Missing
from liandong.web.views.journal import entries, entry, erase
from tests.people import auditor, duty_officer, visitor
from tests.web.asking import ask, text
from tests.web.journal_rows import note

pytestmark = pytest.mark.django_db(transaction=True)


def page(query="", actor=None):
    return text(entries(ask(f"/journal/{query}", actor=actor or duty_officer())))


def test_the_newest_entry_stands_first_with_its_sentence_and_who():
    note("水位上涨")
    note("开闸")

    html = page()

    assert html.index("记下：开闸") < html.index("记下：水位上涨")
    assert "值班员甲" in html


def test_told_and_entered_time_stand_apart():
    note("水位上涨", told=datetime(2026, 7, 13, 20, 2, tzinfo=UTC))

    assert "2026年7月14日 04:02:00" in page()


def test_what_one_may_not_see_is_not_there():
    note("公开的")
    note("审计的", audience=("audit",))

    assert "审计的" not in page()
    assert "审计的" in page(actor=auditor())


def test_a_drill_and_reality_do_not_see_each_other():
    note("演练的", realm="drill-1")
    note("真的")

    assert "演练的" not in page()
    assert "真的" not in page(actor=duty_officer(realm="drill-1"))


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?name=test.sample", True),
        ("?name=command.", False),
        ("?incident=i-1", True),
        ("?incident=i-2", False),
        ("?who=值班员", True),
        ("?who=总指挥", False),
    ],
)
def test_the_list_narrows_by_name_incident_and_actor(query, left):
    note("水位上涨", incident="i-1")

    assert ("记下：水位上涨" in page(query)) is left


def test_the_head_of_the_chain_is_shown():
    link = note("水位上涨")

    html = page()

    assert link.digest in html


def test_without_the_permission_there_is_no_journal():
    with pytest.raises(Forbidden):
        entries(ask("/journal/", actor=visitor()))


def test_a_page_costs_as_many_queries_with_three_entries_as_with_one(
    django_assert_max_num_queries,
):
    for words in ("一", "二", "三"):
        note(words)
        with django_assert_max_num_queries(5):
            page()


def test_an_entry_with_a_field_called_items_is_shown_as_any_other():
    html = text(entry(ask(actor=duty_officer()), note("水位上涨").position))

    assert '<dt class="code">items</dt>' in html


def test_an_entry_shows_envelope_words_promise_and_check():
    link = note("水位上涨", incident="i-1")

    html = text(entry(ask(actor=duty_officer()), link.position))

    assert all(
        said in html
        for said in (
            "记下：水位上涨",
            link.entry.commitment,
            link.digest,
            "校验通过",
            "test.sample_noted",
            "i-1",
        )
    )


@pytest.mark.parametrize("position", [0, 99, 2**63, 10**30])
def test_an_entry_that_is_not_there_is_missing(position):
    with pytest.raises(Missing):
        entry(ask(actor=duty_officer()), position)


def test_an_entry_one_may_not_see_is_missing():
    link = note("审计的", audience=("audit",))

    with pytest.raises(Missing):
        entry(ask(actor=duty_officer()), link.position)


def test_who_may_destroys_what_was_said_and_says_why():
    link = note("王某的住址", audience=("audit",))
    form = {"reason": "应急结束，个人信息到期", "idempotency_key": "k"}

    before = text(entry(ask(actor=auditor()), link.position))
    erase(ask("/", form, method="post", actor=auditor()), link.position)
    after = text(entry(ask(actor=auditor()), link.position))

    assert "记下：王某的住址" in before
    assert "依据和批准人" in before
    assert "记下：王某的住址" not in after
    assert "内容已依法销毁" in after
    assert "依据和批准人" not in after


def test_nothing_is_destroyed_without_a_reason_or_by_others():
    link = note("公开的")

    refused = erase(ask("/", {"reason": " "}, method="post", actor=auditor()), link.position)

    assert refused.status_code == 422
    with pytest.raises(Forbidden):
        erase(ask("/", {"reason": "x"}, method="post", actor=duty_officer()), link.position)
    assert "公开的" in text(entry(ask(actor=duty_officer()), link.position))
