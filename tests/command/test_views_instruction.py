import pytest
from django.urls import reverse

from liandong.command.actions import record_instruction
from liandong.command.models import Instruction, Order

pytestmark = pytest.mark.django_db
WORDS = "全力搜救，务必在天黑前把人转移出来"


def url(name, *args):
    return reverse(f"command:{name}", args=args)


@pytest.fixture
def instruction(county, flood):
    return record_instruction(
        county.officer, incident=flood, leader="孙县长", channel="phone", words=WORDS
    )


def test_an_instruction_is_taken_down_ordered_and_answered(enter, county, flood):
    client = enter("officer")

    first = client.post(
        url("record_instruction", flood.pk),
        {
            "leader": "孙县长",
            "channel": "voice",
            "words": WORDS,
            "to_posts": [str(county.posts["water"].pk)],
        },
    )
    row = Instruction.objects.get()
    page = client.get(url("instruction", row.pk)).content.decode()
    owed = client.post(
        url("instruction_answer", row.pk), {"answer": "已办", "expected_version": 1}
    )

    assert (first.status_code, first.url) == (303, url("instruction", row.pk))
    assert Order.objects.get().instruction == row
    for said in (WORDS, "未复述", "落实孙县长批示"):
        assert said in page
    assert owed.status_code == 409
    assert "还没有办完" in owed.content.decode() or "没有办完" in owed.content.decode()


def test_the_register_lists_what_is_owed_and_what_was_answered(enter, county, instruction):
    client = enter("officer")
    before = client.get(url("instructions")).content.decode()

    client.post(
        url("instruction_read_back", instruction.pk), {"text": "天黑前", "expected_version": 1}
    )
    client.post(
        url("instruction_answer", instruction.pk),
        {"answer": "63 人全部转移", "expected_version": 2},
    )
    after = client.get(url("instructions")).content.decode()

    assert "未复述" in before
    assert "反馈：63 人全部转移" in after


def test_a_unit_reads_no_instructions(enter, flood, instruction):
    client = enter("water")

    assert client.get(url("instructions")).status_code == 403
    assert client.get(url("record_instruction", flood.pk)).status_code == 403
    assert client.get(url("instruction", instruction.pk)).status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_the_register_asks_as_often_for_three_as_for_one(
    many, enter, county, flood, django_assert_max_num_queries
):
    for _one in range(many):
        record_instruction(
            county.officer, incident=flood, leader="孙县长", channel="paper", words=WORDS
        )
    client = enter("officer")
    client.get(url("instructions"))

    with django_assert_max_num_queries(10):
        client.get(url("instructions"))
