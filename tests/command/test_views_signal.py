import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from liandong.command.actions import hand_to_leader, raise_signal, take_signal
from liandong.command.models import Signal
from liandong.command.states import SignalState
from liandong.kernel import clock
from liandong.kernel.files.models import File
from liandong.kernel.journal.models import Entry

pytestmark = pytest.mark.django_db
KEY = "01890000-0000-7000-8000-000000000001"


@pytest.fixture
def signal(county):
    return rings(county)


def rings(county, **more):
    said = {"channel": "phone", "caller": "河口镇值班室", "words": "堤脚冒浑水"} | more
    return raise_signal(county.riverside, **said)


def page(browser, path):
    return browser.get(path).content.decode()


def queries(browser, path):
    clock.forget()  # read anew once a second: let it be once each time
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


def test_the_bar_stands_on_every_page_until_somebody_takes_it(enter, county, signal):
    officer = enter("officer")

    before = page(officer, "/monitoring/stations/")
    take_signal(county.leader, signal=signal)
    after = page(officer, "/monitoring/stations/")

    assert "data-ring " in before
    assert "堤脚冒浑水" in before
    assert "响至 县应急局值班室 带班领导" in before
    assert "data-ring " not in after


def test_who_does_not_answer_telephones_has_no_bar_and_no_sound(enter, county, signal):
    unit = page(enter("water"), "/")

    assert 'id="ring"' not in unit
    assert "data-sound" not in unit


def test_it_sounds_at_the_leaders_only_once_it_has_climbed(enter, county, signal):
    leader = enter("leader")

    first = page(leader, "/command/signals/ring/")
    Signal.objects.update(rung=1)
    later = page(leader, "/command/signals/ring/")

    assert ("data-ring " in first, "data-sounds" in first) == (True, False)
    assert "data-sounds" in later


def test_what_was_handed_over_rings_at_the_leaders_alone(enter, county, signal):
    hand_to_leader(county.officer, signal=signal)

    assert "data-ring " not in page(enter("officer"), "/command/signals/ring/")
    assert "转您接听" in page(enter("leader"), "/command/signals/ring/")


def test_the_longest_waiting_comes_first_and_the_others_are_counted(enter, county, at):
    at("2026-07-14T04:07")
    rings(county)
    at("2026-07-14T04:08")
    rings(county, caller="石门镇值班室")
    rings(county, caller="新安镇值班室")

    bar = page(enter("officer"), "/command/signals/ring/")

    assert "河口镇值班室" in bar
    assert "其后 2 条" in bar


def test_a_page_with_three_signals_asks_no_more_than_with_one(enter, county):
    officer = enter("officer")
    rings(county)
    queries(officer, "/command/signals/ring/")  # whatever is asked once and remembered
    queries(officer, "/command/signals/")
    few = queries(officer, "/command/signals/ring/"), queries(officer, "/command/signals/")
    rings(county)
    rings(county)
    many = queries(officer, "/command/signals/ring/"), queries(officer, "/command/signals/")

    assert many == few


def test_answering_leads_to_the_desk_with_the_sheet_of_this_call(enter, county, signal):
    officer = enter("officer")

    answer = officer.post(f"/command/signals/{signal.pk}/take/")
    sheet = page(officer, answer["Location"])

    assert answer["Location"] == f"/?signal={signal.pk}"
    assert 'value="河口镇值班室"' in sheet
    assert "通话中" in sheet


def test_who_comes_second_is_told_who_was_first(enter, county, signal):
    take_signal(county.leader, signal=signal)

    answer = enter("officer").post(f"/command/signals/{signal.pk}/take/")

    assert answer.status_code == 409
    assert county.leader.label in answer.content.decode()


def test_a_strangers_signal_is_none(enter, county, signal):
    Signal.objects.update(realm="drill-1")

    answer = enter("officer").get(f"/command/signals/{signal.pk}/")

    assert answer.status_code == 404


def test_dismissing_asks_for_the_reason(enter, county, signal):
    officer, path = enter("officer"), f"/command/signals/{signal.pk}/dismiss/"

    refused = officer.post(path, {"reason": ""})
    done = officer.post(path, {"reason": "打错了"})

    signal.refresh_from_db()
    assert (refused.status_code, done.status_code) == (422, 303)
    assert (signal.state, signal.reason) == (SignalState.DISMISSED, "打错了")


def picture():
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    return SimpleUploadedFile("群聊.png", drawn.getvalue(), "image/png")


def test_what_is_pasted_is_kept_with_its_pictures_once(enter, county):
    officer = enter("officer")

    def sent():
        told = {"words": "老周：着火了", "idempotency_key": KEY, "attached": picture()}
        return officer.post("/command/signals/paste/", told)

    first, again = sent(), sent()

    shown = page(officer, first["Location"])
    assert again["Location"] == first["Location"]
    assert (Signal.objects.count(), File.objects.count()) == (1, 1)
    assert "<img" in shown
    assert "不会自动识别" in shown


def test_nothing_pasted_is_refused_and_nothing_is_written(enter, county):
    answer = enter("officer").post("/command/signals/paste/", {"words": " "})

    assert answer.status_code == 422
    assert not Entry.objects.filter(name="command.signal_pasted").exists()


def test_a_chats_page_marks_the_words_and_names_the_gaps(enter, county):
    officer = enter("officer")
    words = "张三：河口镇塌方，3人失联\n李四：失联5人"
    made = officer.post("/command/signals/paste/", {"words": words})

    shown = page(officer, made["Location"])

    assert "<mark" in shown
    assert "说法不一" in shown
    assert "未问到" in shown
    assert 'name="missing"' in shown
    assert 'value="5"' not in shown


def test_words_that_look_like_markup_stay_words(enter, county):
    officer = enter("officer")
    made = officer.post("/command/signals/paste/", {"words": "<script>alert(1)</script>起火"})

    assert "<script>alert" not in page(officer, made["Location"])


def test_the_desk_lists_what_was_taken_and_not_yet_written_down(enter, county, signal):
    take_signal(county.officer, signal=signal)

    assert "接听后待登记" in page(enter("officer"), "/command/desk/")
    assert "接听后待登记" not in page(enter("leader"), "/command/desk/")
