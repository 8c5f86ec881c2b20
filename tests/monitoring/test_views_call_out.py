import pytest

from liandong.kernel.permissions import Role
from liandong.messaging.models import CallOut
from tests.factories import organization as make
from tests.messaging.callees import listed
from tests.monitoring.test_actions_call_out import TOWN, in_force
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    return entered(make.holder(Role.DUTY_OFFICER, name="值班员", title="值班员"))


def test_the_desk_and_the_warning_offer_to_call_and_one_button_does(weather, desk, noon_after):
    listed("本镇", area=f"{TOWN}201")
    warning = in_force(weather, areas=[])
    url = f"/monitoring/warnings/{warning.pk}/call-out/"

    at_desk = desk.get("/").content.decode()
    page = desk.get(f"/monitoring/warnings/{warning.pk}/").content.decode()
    form = desk.get(url)
    done = desk.post(
        url, {"text": form.context["form"].initial["text"], "idempotency_key": "k"}
    )

    made = CallOut.objects.get()
    assert "叫应 1 人" in at_desk
    assert "叫应 1 人" in page
    assert "没有写明乡镇，按全县叫" in form.content.decode()
    assert (done.status_code, done.url) == (303, f"/messages/call-outs/{made.pk}/")
    after = desk.get(f"/monitoring/warnings/{warning.pk}/").content.decode()
    assert f"/messages/call-outs/{made.pk}/" in after
    assert "叫应 1 人" not in desk.get("/monitoring/panels/to-call/").content.decode()


def test_what_cannot_be_said_keeps_what_was_typed(weather, desk, noon_after):
    listed("本镇", area=f"{TOWN}201")
    warning = in_force(weather)

    answer = desk.post(
        f"/monitoring/warnings/{warning.pk}/call-out/",
        {"text": "长" * 601, "idempotency_key": "k"},
    )

    assert answer.status_code == 422
    assert "长长长" in answer.content.decode()


def test_others_are_offered_nothing(weather, noon_after):
    listed("本镇", area=f"{TOWN}201")
    warning = in_force(weather)
    expert = entered(make.holder(Role.EXPERT, name="专家", title="专家"))

    assert expert.get(f"/monitoring/warnings/{warning.pk}/call-out/").status_code == 403
    assert "叫应 1 人" not in expert.get(f"/monitoring/warnings/{warning.pk}/").content.decode()
