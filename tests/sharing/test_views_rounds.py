import io

import pytest
from docx import Document

from liandong.kernel.permissions import Role
from liandong.sharing.actions import RecordRow, take_records
from liandong.sharing.models import Return
from liandong.sharing.states import ReturnState
from tests.factories import organization as make
from tests.monitoring.counting import queries_of
from tests.sharing.people import keeper_of
from tests.sharing.rounds import entered, opened, return_of, submitted
from tests.sharing.test_views_record import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client, office):
    return signed_in(client, Role.HEADQUARTERS_OFFICE, office)


def test_a_board_costs_the_same_for_one_unit_and_for_many(clerk, office, land):
    one = opened(office, [land])
    units = [make.body(f"u{n}", name=f"县{n}局") for n in range(8)]
    many = opened(office, units, title="八家")
    for n, unit in enumerate(units):
        entered(unit, f"点{n}")
    clerk.get(f"/sharing/rounds/{one.pk}/")

    few = queries_of(clerk, f"/sharing/rounds/{one.pk}/")

    assert queries_of(clerk, f"/sharing/rounds/{many.pk}/") == few


def test_a_unit_sees_its_records_and_what_it_owes(client, office, land):
    entered(land)
    round_ = opened(office, [land])
    liaison = signed_in(client, Role.UNIT_LIAISON, land)

    page = liaison.get(f"/sharing/returns/{return_of(round_, land).pk}/").content.decode()
    listed = liaison.get("/sharing/rounds/").content.decode()
    desk = liaison.get("/").content.decode()

    assert "待核实" in page
    assert "本单位要办的" in listed
    assert "报送：二季度风险源报送" in desk


def test_a_return_page_says_how_many_records_it_does_not_show(
    client, office, land, monkeypatch
):
    monkeypatch.setattr("liandong.sharing.views.rounds.MOST", 1)
    values = {"kind": "reservoir", "grade": "2"}
    rows = [RecordRow(name=f"库{n}", body_id=str(land.pk), values=values) for n in range(3)]
    take_records(keeper_of(land), kind="risk_source", rows=rows, source="库")
    round_ = opened(office, [land])
    liaison = signed_in(client, Role.UNIT_LIAISON, land)

    page = liaison.get(f"/sharing/returns/{return_of(round_, land).pk}/").content.decode()

    assert "另有 2 条" in page


def test_a_return_page_costs_the_same_for_one_and_for_many(client, office, land):
    entered(land)
    round_ = opened(office, [land])
    liaison = signed_in(client, Role.UNIT_LIAISON, land)
    url = f"/sharing/returns/{return_of(round_, land).pk}/"
    liaison.get(url)
    one = queries_of(liaison, url)
    values = {"kind": "reservoir", "grade": "2"}
    rows = [RecordRow(name=f"库{n}", body_id=str(land.pk), values=values) for n in range(20)]
    take_records(keeper_of(land), kind="risk_source", rows=rows, source="库")

    assert queries_of(liaison, url) == one


def test_submitting_what_nobody_looked_at_is_refused_beside_the_box(client, office, land):
    entered(land)
    round_ = opened(office, [land])
    liaison = signed_in(client, Role.UNIT_LIAISON, land)
    mine = return_of(round_, land)

    answer = liaison.post(f"/sharing/returns/{mine.pk}/submit/", {"expected_version": "1"})

    assert answer.status_code == 422
    assert "请核实，或勾选这一项" in answer.content.decode()
    assert Return.objects.get().state == ReturnState.AWAITED


def test_a_round_that_asks_nothing_is_refused_and_what_was_typed_stays(clerk, office):
    answer = clerk.post("/sharing/rounds/new/", {"subject": "汛前报送", "office": office.pk})

    assert answer.status_code == 422
    assert 'value="汛前报送"' in answer.content.decode()


def test_a_stranger_reads_no_bulletin(client, office, committee_office, land, water):
    from tests.sharing.test_actions_bulletin import given

    made = given(office, committee_office, opened(office, [land]), [land])

    theirs = signed_in(client, Role.UNIT_LIAISON, water)
    assert theirs.get(f"/sharing/bulletins/{made.pk}/").status_code == 404
    mine = signed_in(client, Role.UNIT_LIAISON, land)
    assert mine.get(f"/sharing/bulletins/{made.pk}/").status_code == 200


def test_a_bulletin_is_a_paper_for_whoever_may_read_it(
    client, office, committee_office, land, water, monkeypatch
):
    """Everything, what differs from the last, and who signed; the page says what it leaves out."""
    from tests.sharing.test_actions_bulletin import given

    monkeypatch.setattr("liandong.sharing.views.bulletins.MOST_SHOWN", 1)
    entered(land, "后山滑坡")
    given(office, committee_office, opened(office, [land]), [land])
    entered(land, "前山滑坡")
    made = given(office, committee_office, opened(office, [land], title="三季度"), [land])
    url = f"/sharing/bulletins/{made.pk}/"

    mine = signed_in(client, Role.UNIT_LIAISON, land)
    page = mine.get(url).content.decode()
    paper = Document(io.BytesIO(mine.get(f"{url}word/").getvalue()))

    assert "这里列出前 1 条，其余见 Word 文件" in page
    differs, everything, receipts = paper.tables
    assert [cell.text for cell in differs.rows[1].cells][:2] == ["新增", "前山滑坡（FX-00002）"]
    assert {row.cells[0].text for row in everything.rows[1:]} == {"后山滑坡", "前山滑坡"}
    assert [cell.text for cell in receipts.rows[1].cells] == ["县自然资源局", "待签收", ""]
    assert "与上期相比，新增 1 条，变更 0 条，撤销 0 条" in "".join(
        one.text for one in paper.paragraphs
    )
    theirs = signed_in(client, Role.UNIT_LIAISON, water)
    assert theirs.get(f"{url}word/").status_code == 404


def test_no_such_round_is_a_page_that_says_so(clerk, office, land):
    submitted(opened(office, [land]), land, is_nil=True)
    nothing = "00000000-0000-0000-0000-000000000000"

    for url in ("rounds", "returns", "bulletins"):
        assert clerk.get(f"/sharing/{url}/{nothing}/").status_code == 404
