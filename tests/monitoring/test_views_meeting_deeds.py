import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from liandong.kernel.permissions import Role
from tests.monitoring.met import called, decided, fresh, opened, seat_of
from tests.sharing.test_views_record import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


def test_a_meeting_from_the_invitation_to_the_receipt(client, office, cdc, water):
    meeting = called(office, [cdc, water])
    home = f"/monitoring/meetings/{meeting.pk}/"
    seat = f"/monitoring/meetings/seats/{seat_of(meeting, cdc).pk}/"

    def did(url, **said):
        version = seat_of(meeting, cdc).version if "seats" in url else fresh(meeting).version
        answer = client.post(url, {"expected_version": version, **said})
        assert answer.status_code == 303, answer.content.decode()
        return answer

    signed_in(client, Role.UNIT_LIAISON, cdc)
    did(f"{seat}answer/", answer="comes", delegate="王工")
    paper = SimpleUploadedFile("形势.txt", "流感".encode())
    did(f"{home}topic/", subject="流感形势", minutes="5", paper=paper)
    signed_in(client, Role.HEADQUARTERS_OFFICE, office)
    did(f"{home}freeze/")
    did(f"{home}open/")
    did(f"{seat}arrive/", who="王工")
    did(f"{seat}opinion/", words="注意学校", who="王工")
    did(f"{home}decide/", text="停课预案", owner=cdc.pk, due_on="2026-07-20")
    did(f"{home}close/")
    did(f"{home}minutes/", chair="张副县长", situation="甲", findings="乙")
    assert "形势.txt" in client.get(home).content.decode()
    signed_in(client, Role.HEADQUARTERS_OFFICE, office)  # another than whoever wrote them
    did(f"{home}sign/")
    signed_in(client, Role.UNIT_LIAISON, cdc)
    assert "请签收" not in client.get(home).content.decode()
    did(f"{seat}receive/")

    assert fresh(meeting).state == "signed"
    assert seat_of(meeting, cdc).received_at


def test_what_was_decided_from_the_receipt_to_the_end(client, office, cdc, water):
    meeting = opened(office, [cdc])
    row, other = decided(meeting, cdc), decided(meeting, cdc, "另一件")
    home = "/monitoring/meetings/decisions"
    signed_in(client, Role.UNIT_LIAISON, cdc)

    accepted = client.post(f"{home}/{row.pk}/accept/", {"expected_version": 1})
    paper = SimpleUploadedFile("结果.txt", "好".encode())
    done = client.post(
        f"{home}/{row.pk}/finish/",
        {"outcome": "已办", "paper": paper, "expected_version": 2},
    )
    assert "撤销" not in client.get(f"/monitoring/meetings/{meeting.pk}/").content.decode()
    signed_in(client, Role.HEADQUARTERS_OFFICE, office)
    gone = client.post(
        f"{home}/{other.pk}/withdraw/", {"reason": "重复", "expected_version": 1}
    )
    off = client.get(f"/monitoring/meetings/{called(office, [cdc]).pk}/cancel/")

    codes = [one.status_code for one in (accepted, done, gone, off)]
    assert codes == [303, 303, 303, 200]
    row.refresh_from_db()
    assert (row.state, row.file.name) == ("done", "结果.txt")
