from dataclasses import replace
from datetime import date, timedelta

import pytest

from liandong.command.actions import (
    add_report,
    compile_digest,
    draft_report,
    edit_digest,
    issue_digest,
    send_report,
)
from liandong.command.models import Digest
from liandong.command.rules.casualties import Figures
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.messaging.models import Message
from tests.command import county as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def digest(county, at):
    at("2030-01-02T09:00")
    return compile_digest(county.officer, kind="daily")


def texts(digest):
    return {one["key"]: one["text"] for one in digest.sections}


def reported(county, incident, **more):
    row = add_report(
        county.officer, incident=incident, kind="first", channel="written", to="市应急管理局"
    )
    row = draft_report(
        county.officer,
        report=row,
        elements={"place": "清溪河"},
        figures=Figures(dead=1),
        expected_version=row.version,
    )
    return send_report(
        county.officer, report=row, signed_by="何川", expected_version=row.version
    )


def test_a_day_on_which_nothing_was_says_so(digest):
    said = texts(digest)

    assert {said[key] for key in ("calls", "warnings", "incidents", "orders", "reports")} == {
        "无"
    }
    assert (digest.title, digest.edition) == ("值班日报（2030年1月1日）", 1)
    assert Entry.objects.filter(name="command.digest_compiled").count() == 1


def test_a_day_is_told_from_eight_to_eight(county, at):
    at("2030-01-01T07:59")
    places.incident(county.officer, title="前一天的滑坡")
    at("2030-01-01T20:00")
    flood = places.incident(county.officer, place="河口段")
    order = places.order(county.office, flood, county.posts["water"])
    places.accepted(county.water, order)
    reported(county, flood)
    at("2030-01-02T08:30")
    places.incident(county.officer, title="后一天的火")

    said = texts(compile_digest(county.officer, kind="daily"))

    assert "清溪河洪水" in said["incidents"]
    assert "前一天的滑坡" in said["incidents"]  # it goes on
    assert "后一天的火" not in said["incidents"]
    assert said["orders"].startswith("下达 1 条，办结 0 条，在办 1 条")
    assert said["reports"] == "1月1日 20:00 清溪河洪水首报（书面）报市应急管理局"
    assert "清溪河洪水" in said["open"]


def test_a_bulletin_tells_what_was_chosen_by_its_last_report(county, at):
    at("2030-01-02T09:00")
    flood = places.incident(county.officer)
    places.incident(county.officer, title="别的事")
    reported(county, flood)
    at("2030-01-02T10:00")

    made = compile_digest(county.officer, kind="bulletin", incidents=[flood])

    assert [one["title"] for one in made.sections] == ["清溪河洪水"]
    assert "地点：清溪河" in made.sections[0]["text"]


def test_a_week_is_a_register_of_incidents_and_reports(county, at):
    at("2030-01-01T09:00")
    flood = places.incident(county.officer)
    reported(county, flood)
    now = at("2030-01-01T10:00")

    made = compile_digest(county.officer, kind="weekly", day=now.date())

    incidents, reports = made.sections
    assert [row[1] for row in incidents["rows"]] == ["清溪河洪水"]
    assert incidents["rows"][0][-1] == "1/—/—"
    assert [row[1] for row in reports["rows"]] == ["首报"]
    assert (len(incidents["heads"]), len(reports["heads"])) == (9, 8)


def test_what_went_up_after_the_span_is_told_in_the_next(county, at):
    at("2030-01-01T09:00")
    flood = places.incident(county.officer)
    at("2030-01-02T09:00")
    reported(county, flood)
    at("2030-01-03T09:00")

    before = compile_digest(
        county.officer,
        kind="bulletin",
        incidents=[flood],
        day=date(2030, 1, 1),
    )
    after = compile_digest(
        county.officer, kind="bulletin", incidents=[flood], day=date(2030, 1, 2)
    )

    assert "地点：清溪河" not in before.sections[0]["text"]
    assert "地点：清溪河" in after.sections[0]["text"]


def test_a_week_knows_the_figures_of_its_end(county, at):
    at("2030-01-02T09:00")
    flood = places.incident(county.officer)
    at("2030-01-08T09:00")
    reported(county, flood)
    at("2030-01-15T09:00")

    weeks = [
        compile_digest(county.officer, kind="weekly", day=date(2030, 1, day))
        for day in (2, 7, 14)
    ]

    assert [one.sections[0]["rows"][0][-1] for one in weeks] == ["—/—/—", "1/—/—", "1/—/—"]


@pytest.mark.parametrize("kind", ["daily", "weekly"])
def test_it_asks_as_often_for_three_as_for_one(kind, county, at, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    now = at("2030-01-01T09:00")
    for _turn in range(2):
        flood = places.incident(county.officer)
        places.order(county.office, flood, county.posts["water"])
        reported(county, flood)
        with CaptureQueriesContext(connection) as asked:
            compile_digest(county.officer, kind=kind, day=now.date())
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_compiled_again_it_is_the_next_edition(county, digest):
    again = compile_digest(county.officer, kind="daily")

    assert (again.edition, again.title) == (2, "值班日报（2030年1月1日）第 2 版")
    assert Digest.objects.count() == 2


def test_it_is_put_in_other_words_until_it_is_issued(county, digest):
    call = {"digest": digest, "texts": {"calls": "接报 2 起", "warnings": " "}}

    edited = edit_digest(county.officer, **call, expected_version=1)

    assert (texts(edited)["calls"], texts(edited)["warnings"]) == ("接报 2 起", "无")
    with pytest.raises(Invalid):
        edit_digest(county.officer, **call, expected_version=2)
    with pytest.raises(Invalid):
        edit_digest(county.officer, digest=edited, texts={"nothing": "x"}, expected_version=2)
    with pytest.raises(Stale):
        edit_digest(county.officer, digest=edited, texts={"calls": "x"}, expected_version=1)


def issue(county, digest, **more):
    call = {
        "digest": digest,
        "signed_by": "何川",
        "posts": [county.posts["chief"]],
        "expected_version": digest.version,
    }
    return issue_digest(county.officer, **(call | more))


def test_it_is_signed_and_sent_with_a_message_to_each(county, digest):
    gone = issue(county, digest, posts=[county.posts["chief"], county.posts["water"]])

    assert (gone.state, gone.signed_by) == ("issued", "何川")
    assert f"post:{county.posts['water'].pk}" in gone.audience
    assert set(Message.objects.values_list("to_post", "subject_id")) == {
        (county.posts["chief"].pk, str(gone.pk)),
        (county.posts["water"].pk, str(gone.pk)),
    }
    assert Entry.objects.filter(name="command.digest_issued").count() == 1
    with pytest.raises(IllegalMove):
        issue(county, gone)
    with pytest.raises(IllegalMove):
        edit_digest(
            county.officer, digest=gone, texts={"calls": "x"}, expected_version=gone.version
        )


def test_issuing_refuses_no_signer_no_receiver_and_older_versions(county, digest):
    for wrong in ({"signed_by": " "}, {"posts": []}):
        with pytest.raises(Invalid):
            issue(county, digest, **wrong)
    with pytest.raises(Stale):
        issue(county, digest, expected_version=9)

    digest.refresh_from_db()
    assert digest.state == "compiled"
    assert not Message.objects.exists()


def test_digests_are_refused_to_units_and_across_realms(county, digest):
    drill = replace(county.officer, realm="drill-1")

    with pytest.raises(Forbidden):
        compile_digest(county.water, kind="daily")
    with pytest.raises(Forbidden):
        edit_digest(county.water, digest=digest, texts={}, expected_version=1)
    with pytest.raises(Forbidden):
        issue_digest(county.water, digest=digest, signed_by="x", posts=[], expected_version=1)
    with pytest.raises(Missing):
        edit_digest(drill, digest=digest, texts={"calls": "x"}, expected_version=1)
    with pytest.raises(Missing):
        issue_digest(
            drill,
            digest=digest,
            signed_by="x",
            posts=[county.posts["chief"]],
            expected_version=1,
        )


def test_the_same_key_twice_is_one_digest_and_one_message(county, at):
    at("2030-01-02T09:00")
    first = compile_digest(county.officer, kind="daily", idempotency_key="k1")
    again = compile_digest(county.officer, kind="daily", idempotency_key="k1")
    issue(county, first, idempotency_key="k2")
    issue(county, again, expected_version=1, idempotency_key="k2")

    assert (Digest.objects.count(), Message.objects.count()) == (1, 1)


def test_tomorrow_is_refused(county, at):
    now = at("2030-01-02T09:00")

    with pytest.raises(Invalid):
        compile_digest(county.officer, kind="daily", day=date(2030, 1, 2) + timedelta(days=1))
    assert now
