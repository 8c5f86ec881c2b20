import pytest

from liandong.kernel.identity import Node
from liandong.plans import queries
from liandong.plans.models import PlanVersion
from liandong.plans.queries import shipped_text
from tests.plans.people import adopted, office_client

pytestmark = pytest.mark.django_db


def test_the_library_shows_what_the_county_has_not_taken(reader):
    page = reader.get("/plans/library/").content.decode()

    assert ("防汛抗旱应急预案" in page, "采用</a>" in page) == (True, False)


def test_a_plan_of_the_library_is_kept_as_a_draft_and_then_adopted():
    Node.objects.create(division_code="511523", name="江安县", public_key="")
    client = office_client()

    shown = client.get("/plans/library/flood/").content.decode()
    client.post("/plans/library/flood/", {"number": "江防指〔2026〕3号", "how": "draft"})
    draft = PlanVersion.objects.get()
    before = draft.state
    client.post(
        f"/plans/{draft.key}/1/adopt/", {"expected_version": "1", "issued_on": "2026-03-01"}
    )

    draft.refresh_from_db()
    assert "没有人接的岗位" in shown
    assert (draft.title, before, draft.state) == ("江安县防汛抗旱应急预案", "draft", "in_force")


def test_the_library_and_a_plans_page_say_how_much_was_read(reader):
    adopted(shipped_text("flood"))

    library = reader.get("/plans/library/").content.decode()
    page = reader.get("/plans/flood-drought/").content.decode()

    assert library.count('class="proportion"') == 4 * len(queries.shipped_plans())
    assert page.count('class="proportion"') == 4
    shares = dict(next(one for one in queries.shipped_plans() if one.name == "flood").shares)
    said = f"有据 {shares['III'].recorded} · 假定 {shares['III'].assumed}"
    assert (said in library, said in page) == (True, True)


@pytest.mark.parametrize("shipped", queries.shipped_plans(), ids=lambda one: one.name)
def test_every_plan_of_the_library_can_be_taken_and_then_read(shipped):
    Node.objects.create(division_code="511523", name="江安县", public_key="")
    client = office_client()

    shown = client.get(f"/plans/library/{shipped.name}/")
    sent = {"number": "江府办〔2026〕3号", "how": "in_force"}
    client.post(f"/plans/library/{shipped.name}/", sent)
    taken = PlanVersion.objects.get()
    page = client.get(f"/plans/{taken.key}/").content.decode()

    assert (shown.status_code, taken.key, taken.state) == (200, shipped.key, "in_force")
    assert taken.title.startswith("江安县")
    is_response = shipped.key != "warning-measures"
    assert ("Ⅳ级响应" in page, "示例县" in page) == (is_response, False)


def test_a_plan_the_library_has_not_is_missing():
    assert office_client().get("/plans/library/volcano/").status_code == 404


def test_who_may_not_adopt_is_refused(reader):
    assert reader.get("/plans/library/flood/").status_code == 403
