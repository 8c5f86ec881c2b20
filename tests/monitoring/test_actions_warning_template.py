from dataclasses import replace

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.monitoring import queries
from liandong.monitoring.actions import drop_warning_template, set_warning_template
from liandong.monitoring.models import Warning, WarningTemplate
from tests.monitoring.conftest import rained, send
from tests.people import duty_officer, office

pytestmark = pytest.mark.django_db
WORDS = {"category": "暴雨", "cautions": "当心山沟。", "measures": "上后山。"}


def lay_down(actor=None, **more):
    return set_warning_template(
        actor or office(), **{"hazard": "11B03", "level": "橙", **WORDS, **more}
    )


def test_the_countys_words_come_before_the_programs():
    before = queries.words_for("11B03", "橙")
    lay_down()

    assert before.cautions != "当心山沟。"
    assert queries.words_for("11B03", "橙").measures == "上后山。"
    assert queries.words_for("11B03", "红").measures != "上后山。"


def test_what_readings_propose_says_the_countys_words(signals, weather, work):
    lay_down()

    send(rained([20, 20, 20]))
    work()

    assert Warning.objects.get().measures == "上后山。"


def test_a_hazard_of_the_countys_own_is_offered_too():
    lay_down(hazard="11X01", category="山塘险情")

    offered = {one.hazard: one for one in queries.words_offered()}
    assert [level for level, _words, _own in offered["11X01"].levels] == ["橙"]
    assert offered["11X01"].category == "山塘险情"


def test_again_it_is_changed_not_doubled():
    lay_down()
    lay_down(measures="去学校。")

    assert WarningTemplate.objects.get().measures == "去学校。"
    assert Entry.objects.filter(name="monitoring.warning_template_set").count() == 2


@pytest.mark.parametrize("wrong", ["category", "cautions", "measures", "hazard", "level"])
def test_blanks_are_refused_by_field(wrong):
    with pytest.raises(Invalid) as refused:
        lay_down(**{wrong: " "})

    assert set(refused.value.fields) == {wrong}


def test_only_the_office_words_it_and_not_in_a_drill():
    with pytest.raises(Forbidden):
        lay_down(duty_officer())
    with pytest.raises(Forbidden):
        lay_down(replace(office(), realm="drill-1"))


def test_dropped_the_programs_words_are_back():
    row = lay_down()
    with pytest.raises(Stale):
        drop_warning_template(office(), template=row, expected_version=9)

    drop_warning_template(office(), template=row, expected_version=row.version)

    assert queries.words_for("11B03", "橙").measures != "上后山。"
