from datetime import date

import pytest

from liandong.kernel.problems import Invalid
from liandong.plans import queries
from liandong.plans.actions import file_version, publish_version
from liandong.plans.states import DutyKind
from tests.people import office
from tests.plans import lives

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-09-28T10:00")


def owed(version):
    return {one.what: one.due_on for one in queries.owed_of(version)}


def file(version, **more):
    said = {
        "filed_with": "市林业局",
        "papers": "文本",
        "sent_on": queries.today(),
        "expected_version": version.version,
    }
    return file_version(office(), version=version, **(said | more))


def publish(version, **more):
    said = {
        "openness": "full",
        "published_on": queries.today(),
        "address": "网站",
        "expected_version": version.version,
    }
    return publish_version(office(), version=version, **(said | more))


def test_filing_and_publication_are_owed_within_twenty_working_days():
    version = lives.issued()

    assert owed(version)[DutyKind.FILING] == date(2026, 10, 30)
    assert owed(version)[DutyKind.PUBLICATION] == date(2026, 10, 30)


def test_a_plan_is_filed_when_the_receipt_has_come():
    version = lives.issued()

    file(version, paper="江林函 9 号")
    assert DutyKind.FILING in owed(version)
    file(version, filed_on=queries.today(), receipt="备〔2026〕3号")

    assert DutyKind.FILING not in owed(version)
    assert list(version.filings.order_by("at").values_list("receipt", flat=True)) == [
        "",
        "备〔2026〕3号",
    ]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"sent_on": date(2026, 9, 27)}, {"sent_on": "不能早于印发日期（2026-09-28）"}),
        ({"sent_on": date(2026, 9, 29)}, {"sent_on": "不能晚于今天"}),
        ({"filed_on": date(2026, 9, 20)}, {"filed_on": "不能早于报送日期（2026-09-28）"}),
    ],
)
def test_file_version_refuses_days_that_cannot_be(said, wrong):
    with pytest.raises(Invalid) as refused:
        file(lives.issued(), **said)

    assert refused.value.fields == wrong


def test_what_was_published_is_owed_no_longer():
    version = lives.published(lives.issued())

    assert DutyKind.PUBLICATION not in owed(version)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"address": ""}, "网址或载体"),
        ({"openness": "abridged"}, "不公开或只公开简本的理由"),
        ({"openness": "withheld", "address": ""}, "不公开或只公开简本的理由"),
    ],
)
def test_publish_version_asks_where_or_on_what_ground_not(said, wrong):
    with pytest.raises(Invalid, match=wrong):
        publish(lives.issued(), **said)


def test_what_is_not_made_public_says_on_what_ground():
    version = lives.issued()

    publish(version, openness="withheld", address="", ground="涉密，保密审查 3 号")

    assert DutyKind.PUBLICATION not in owed(version)
