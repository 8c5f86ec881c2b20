from dataclasses import replace

import pytest

from liandong.command.actions import (
    add_report,
    answer_nil_return,
    ask_nil_round,
    compile_digest,
    destroy_copies,
    draft_report,
    edit_digest,
    send_report,
)
from liandong.command.models import Digest, NilReturn
from liandong.command.rules.casualties import Figures
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Missing
from liandong.kernel.upkeep.erasing import erase_payload
from liandong.kernel.worker import work_until_quiet
from tests.people import auditor

pytestmark = pytest.mark.django_db
GROUND = "《突发事件应对法》第八十五条"
GONE = "（内容已依法销毁）"
NODE = system_actor("node", "依法销毁", ACTUAL, "command:copy:destroy")


def erased(name, *, which=-1):
    work_until_quiet(epoch=1)
    entry = list(Entry.objects.filter(name=name).order_by("link__position"))[which]
    erase_payload(auditor(), entry=entry.pk, reason=GROUND)
    work_until_quiet(epoch=1)
    return entry


@pytest.fixture
def report(county, flood):
    row = add_report(
        county.officer, incident=flood, kind="first", channel="written", to="市应急管理局"
    )
    row = draft_report(
        county.officer,
        report=row,
        elements={"casualties": "李桂花遇难"},
        figures=Figures(dead=1),
        expected_version=row.version,
    )
    return send_report(
        county.officer, report=row, signed_by="何川", expected_version=row.version
    )


def test_a_report_loses_its_words_and_keeps_its_figures(report):
    entry = erased("command.report_sent")

    report.refresh_from_db()
    assert (report.text, report.elements, report.dead) == (GONE, {}, 1)
    assert (report.state, report.signed_by) == ("sent", "何川")
    told = Entry.objects.get(name="command.copies_destroyed")
    assert (told.subject_id, told.incident) == (str(entry.pk), str(report.incident_id))


@pytest.fixture
def answer(county, flood):
    ask_nil_round(
        county.officer,
        incident=flood,
        bodies=[county.bodies["riverside"]],
        minutes=60,
        question="险情",
    )
    return said(county, NilReturn.objects.get(), "李桂花家进水")


def said(county, row, text):
    return answer_nil_return(
        county.riverside, row=row, state="news", text=text, expected_version=row.version
    )


def test_a_nil_answer_loses_its_words_and_stays_an_answer(answer):
    erased("command.nil_return_answered")

    answer.refresh_from_db()
    assert (answer.text, answer.state) == (GONE, "news")


def test_what_was_said_since_stays(county, answer):
    said(county, answer, "水退了")

    erased("command.nil_return_answered", which=0)

    answer.refresh_from_db()
    assert answer.text == "水退了"
    assert not Entry.objects.filter(name="command.copies_destroyed").exists()


def test_a_digest_loses_lines_and_rows(county, at, report):
    now = at("2030-01-02T10:00")
    digest = compile_digest(county.officer, kind="weekly", day=now.date())
    erased("command.digest_compiled")

    digest.refresh_from_db()
    assert {one["text"] for one in digest.sections} == {GONE}
    assert [one["rows"] for one in digest.sections] == [[], []]
    assert digest.sections[0]["title"] == "突发事件台账"


def test_of_a_digest_the_last_words_count(county, at):
    at("2030-01-02T10:00")
    digest = compile_digest(county.officer, kind="daily")
    edit_digest(
        county.officer,
        digest=digest,
        texts={"calls": "改过"},
        expected_version=digest.version,
    )

    erased("command.digest_compiled")

    assert "改过" in str(Digest.objects.get().sections)


def test_what_no_register_keeps_and_what_is_still_said_change_nothing(county, report):
    work_until_quiet(epoch=1)
    sent = Entry.objects.get(name="command.report_sent")
    opened = erased("command.incident_opened")

    assert destroy_copies(NODE, entry=opened.pk) == opened
    with pytest.raises(Missing):
        destroy_copies(NODE, entry=sent.pk)
    with pytest.raises(Missing):
        destroy_copies(replace(NODE, realm="drill-1"), entry=opened.pk)
    with pytest.raises(Forbidden):
        destroy_copies(county.chief, entry=opened.pk)
    report.refresh_from_db()
    assert "李桂花" in report.text


def test_the_same_key_destroys_once(report):
    entry = erased("command.report_sent")

    for _ in range(2):
        destroy_copies(NODE, entry=entry.pk, idempotency_key="k")

    assert Entry.objects.filter(name="command.copies_destroyed").count() == 2
