from dataclasses import replace

import pytest

from liandong.command.actions import file_with_congress, receive_congress_receipt
from liandong.command.models import CongressFiling
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from tests.command.test_actions_special_period import declared


@pytest.fixture
def filing(county):
    declared(county.office)
    return CongressFiling.objects.get()


def filed(actor, filing, **more):
    said = {"paper": "示府函〔2030〕5号", "expected_version": filing.version}
    return file_with_congress(actor, filing=filing, **(said | more))


def received(actor, filing, **more):
    said = {"receipt": "备〔2030〕1号", "received_by": "李秘书"}
    said["expected_version"] = filing.version
    return receive_congress_receipt(actor, filing=filing, **(said | more))


def test_a_decision_is_filed_and_its_receipt_kept(county, filing):
    received(county.officer, filed(county.office, filing))

    filing.refresh_from_db()
    names = list(Entry.objects.order_by("id").values_list("name", flat=True))
    assert (filing.paper, filing.receipt) == ("示府函〔2030〕5号", "备〔2030〕1号")
    assert filing.filed_at <= filing.received_at
    assert names[-2:] == ["command.congress_filed", "command.congress_filing_received"]
    assert str(filing) == "宣布森林禁火期（全县）的决定报人大常委会备案"


def test_nothing_is_filed_without_paper_or_received_without_receipt(county, filing):
    with pytest.raises(Invalid):
        filed(county.office, filing, paper=" ")
    filed(county.office, filing)
    for missing in ("receipt", "received_by"):
        with pytest.raises(Invalid):
            received(county.office, filing, **{missing: ""})


def test_each_is_done_once_and_in_its_order(county, filing):
    with pytest.raises(IllegalMove):
        received(county.office, filing)
    filed(county.office, filing)
    with pytest.raises(IllegalMove):
        filed(county.office, filing)
    received(county.office, filing)
    with pytest.raises(IllegalMove):
        received(county.office, filing)


def test_a_unit_neither_files_nor_receives(county, filing):
    for act in (filed, received):
        with pytest.raises(Forbidden):
            act(county.water, filing)


def test_of_two_at_once_the_second_is_told(county, filing):
    other, later = (CongressFiling.objects.get(pk=filing.pk) for _one in range(2))
    filed(county.office, filing)
    with pytest.raises(Stale):
        filed(county.officer, other)
    later.refresh_from_db()
    received(county.office, filing)

    with pytest.raises(Stale):
        received(county.officer, later)


def test_the_same_key_twice_is_once(county, filing):
    for _time in range(2):
        filed(county.office, filing, expected_version=1, idempotency_key="f")
    for _time in range(2):
        received(county.office, filing, expected_version=2, idempotency_key="r")

    assert Entry.objects.filter(name__startswith="command.congress_fil").count() == 3


def test_a_drill_does_not_file_what_is_real(county, filing):
    drill = replace(county.office, realm="drill-1")

    for act in (filed, received):
        with pytest.raises(Missing):
            act(drill, filing)
