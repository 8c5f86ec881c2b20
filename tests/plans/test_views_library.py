import pytest

from tests.plans.people import office_client

pytestmark = pytest.mark.django_db


def test_the_library_shows_what_the_county_has_not_taken(reader):
    page = reader.get("/plans/library/").content.decode()

    assert ("防汛抗旱应急预案" in page, "采用</a>" in page) == (True, False)


def test_a_plan_of_the_library_is_kept_as_a_draft_and_then_adopted():
    from liandong.kernel.identity import Node
    from liandong.plans.models import PlanVersion

    Node.objects.create(division_code="511523", name="江安县", public_key="")
    client = office_client()

    shown = client.get("/plans/library/flood/").content.decode()
    client.post("/plans/library/flood/", {"number": "江防指〔2026〕3号", "how": "draft"})
    draft = PlanVersion.objects.get()
    before = draft.state
    client.post(f"/plans/{draft.key}/1/adopt/", {"expected_version": "1"})

    draft.refresh_from_db()
    assert "没有人接的岗位" in shown
    assert (draft.title, before, draft.state) == ("江安县防汛抗旱应急预案", "draft", "in_force")


def test_a_plan_the_library_has_not_is_missing():
    assert office_client().get("/plans/library/volcano/").status_code == 404


def test_who_may_not_adopt_is_refused(reader):
    assert reader.get("/plans/library/flood/").status_code == 403
