import io

from openpyxl import load_workbook

from liandong.evaluation.actions import plan_script
from liandong.evaluation.adapters.script_sheet import blank_script, read_script, script_workbook
from liandong.evaluation.queries import script_of
from tests.evaluation.drills import written
from tests.evaluation.scripts import HEADS


def test_the_blank_script_offers_what_there_is_and_reads_back_as_empty(county, db):
    content = blank_script()

    sheet = load_workbook(io.BytesIO(content))["演练脚本"]
    offered = {str(one.sqref).split("2:")[0] for one in sheet.data_validations.dataValidation}
    assert [cell.value for cell in sheet[1]] == HEADS
    assert {"A", "D", "F", "G", "I", "L"} <= offered
    assert read_script(content, "x.xlsx") == ([], [])


def test_a_script_that_goes_out_adds_nothing_when_it_comes_back(county, drill):
    call = {"kind": "call", "data": {"caller": "河口镇"}, "trigger": "time", "at_minutes": 95}
    written(county, drill, **call, expects="command.signal_taken", within_minutes=3)
    written(county, drill, trigger="event", condition="command.order_issued")
    written(county, drill, kind="fact", data={"fact": "deaths", "value": "2"})
    written(county, drill, kind="decline", to_post=county.posts["water"])

    content = script_workbook(script_of(drill))

    found = plan_script(drill, *read_script(content, "x.xlsx")).draft
    assert (found.findings, found.same, found.new) == ((), 4, 0)
