"""What is found is what there is: noted with the action that changed it, written by the worker, or anew from the rows."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.ids import uuid7
from liandong.kernel.journal.sequencing import sequence
from liandong.kernel.problems import Invalid
from liandong.kernel.search import indexing
from liandong.kernel.search.finding import find
from liandong.kernel.search.models import SearchDue, SearchRow
from liandong.kernel.worker import work_until_quiet
from liandong.organization import actions
from tests.factories import organization as make
from tests.people import actor

pytestmark = pytest.mark.django_db


def found(text, who=None):
    work_until_quiet(epoch=1)
    return [(one.title, one.detail) for one in find(who or actor("duty_officer"), text)]


def test_what_an_action_changed_is_written_anew():
    body = make.body(name="县安全生产监督管理局", short_name="安监局")
    assert found("anjian") == [("县安全生产监督管理局", "安监局、成员单位")]

    actions.rename_body(
        make.maker(), body=body, name="县应急管理局", short_name="应急局", expected_version=1
    )

    assert found("应急") == [("县应急管理局", "应急局、成员单位")]
    assert found("安全生产") == [("县应急管理局", "应急局、成员单位")]  # its former board


def test_a_person_is_found_by_the_posts_held_now():
    body = make.body(name="县水利局", short_name="水利局")
    director = make.post(at=body, title="局长")
    person = make.person("单雄信", at=director)
    assert found("水利局 局长") == found("shanxx") == [("单雄信", "水利局 局长")]

    actions.rename_body(
        make.maker(), body=body, name="县水务局", short_name="水务局", expected_version=1
    )
    assert found("单") == [("单雄信", "水务局 局长")]

    actions.end_appointment(
        make.maker(), appointment=person.appointments.get(), expected_version=1
    )
    assert found("单") == [("单雄信", "")]


def test_what_was_refused_is_not_found():
    with pytest.raises(Invalid):
        actions.create_person(make.maker(), name=" ")

    work_until_quiet(epoch=1)
    assert SearchRow.objects.count() == 0


def test_many_changes_are_caught_up_with_in_few_queries():
    def counted(people):
        for number in range(people):
            make.person(f"丙{number}")
        sequence(epoch=1)
        before = SearchRow.objects.count()
        with CaptureQueriesContext(connection) as asked:
            indexing.catch_up()
        assert SearchRow.objects.count() == before + people
        return len(asked)

    counted(1)
    assert counted(20) == counted(2)


def test_an_event_that_cannot_be_followed_keeps_no_other_from_it(monkeypatch):
    bad = make.body(name="县农业局")
    make.body(name="县水利局")

    def affected(fact):
        if fact.subject_id == str(bad.pk):
            raise ValueError
        return [fact.subject_id]

    monkeypatch.setitem(
        indexing._after["organization.body_created"], "organization.body", affected
    )

    assert (found("水利"), found("农业")) == ([("县水利局", "成员单位")], [])


def test_what_cannot_be_read_is_found_by_nobody_and_stops_nothing(monkeypatch):
    good, bad = make.body(name="县水利局"), make.body(name="县农业局")
    work_until_quiet(epoch=1)
    source = indexing.sources["organization.body"]

    def read(row):
        if row.pk == bad.pk:
            raise ValueError
        return source.read(row)

    monkeypatch.setitem(indexing.sources, source.kind, replace(source, read=read))
    indexing.refresh(source.kind, [good.pk, bad.pk])
    work_until_quiet(epoch=1)

    assert (found("水利"), found("农业")) == ([("县水利局", "成员单位")], [])
    assert SearchDue.objects.get().is_stuck
    monkeypatch.undo()
    indexing.rebuild()
    assert len(found("农业")) == 1
    assert not SearchDue.objects.exists()


def test_writing_it_anew_changes_nothing_and_mends_everything():
    body = make.body(name="县水利局")
    make.person("李明", at=make.post(at=body))
    work_until_quiet(epoch=1)
    columns = ("kind", "subject", *indexing.WRITTEN)
    before = list(SearchRow.objects.order_by("kind", "subject").values(*columns))
    SearchRow.objects.filter(kind="organization.body").delete()
    SearchRow.objects.update(title="别的")
    for kind in ("organization.person", "gone.kind"):
        SearchRow(
            kind=kind,
            subject=str(uuid7()),
            title="没有的",
            names="",
            spelled="",
            terms=[],
            audience=[],
        ).save()

    heard = []
    count = indexing.rebuild(lambda done, of: heard.append((done, of)))

    assert list(SearchRow.objects.order_by("kind", "subject").values(*columns)) == before
    assert count == len(before) == 2
    assert heard[-1] == (2, 2)


def test_many_are_written_in_as_many_queries_as_few():
    make.person("甲")

    def counted():
        with CaptureQueriesContext(connection) as asked:
            indexing.rebuild()
        return len(asked)

    counted()  # sets the mark
    few = counted()
    for number in range(5):
        make.person(f"乙{number}")
    assert counted() == few
