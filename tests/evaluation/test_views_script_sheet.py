from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liandong.evaluation.models import Inject
from tests.evaluation.drills import written
from tests.evaluation.scripts import CALL, FACT, sheet


def url(name, *args):
    return reverse(f"evaluation:{name}", args=args)


@pytest.fixture
def office(enter):
    return enter("office")


def sent(client, drill, *rows):
    upload = SimpleUploadedFile("脚本.xlsx", sheet(*rows))
    return client.post(url("script_sheet", drill.pk), {"sheet": upload})


def test_a_script_is_looked_at_and_then_taken_in(office, drill):
    answer = sent(office, drill, CALL, FACT)
    check = office.get(answer["Location"])
    page = check.content.decode()
    before = Inject.objects.count()

    done = office.post(answer["Location"], {"seen": check.context["form"]["seen"].value()})

    assert (answer.status_code, before, done.status_code) == (303, 0, 303)
    assert "漫水桥被淹" in page
    assert done["Location"] == f"{url('drill', drill.pk)}#script"
    assert Inject.objects.count() == 2


def test_what_is_wrong_is_shown_and_given_back_at_its_cell(office, drill):
    answer = sent(office, drill, CALL, FACT | {"数值": "许多"})

    page = office.get(answer["Location"]).content.decode()
    marked = office.get(f"{answer['Location']}&marked=1")

    assert "第 3 行 K 列" in page
    assert "脚本（已标出）" in unquote(marked["Content-Disposition"])
    assert Inject.objects.count() == 0


def test_template_and_script_are_handed_out_to_whoever_writes_it(office, enter, county, drill):
    written(county, drill)

    blank, out = (
        office.get(url("script_blank", drill.pk)),
        office.get(url("script_out", drill.pk)),
    )

    assert "演练脚本模板.xlsx" in unquote(blank["Content-Disposition"])
    assert "清溪河防汛演练脚本.xlsx" in unquote(out["Content-Disposition"])
    assert "从表格导入" in office.get(url("drill", drill.pk)).content.decode()
    player = enter("officer")
    for name in ("script_sheet", "script_blank", "script_out"):
        assert player.get(url(name, drill.pk)).status_code == 403


def test_the_look_costs_the_same_for_one_row_and_for_three(office, drill):
    def cost(*rows):
        place = sent(office, drill, *rows)["Location"]
        with CaptureQueriesContext(connection) as asked:
            office.get(place)
        return len(asked)

    one = cost(CALL)

    assert cost(CALL, FACT, CALL | {"标题": "又一个"}) == one
