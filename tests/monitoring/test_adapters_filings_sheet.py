import pytest

from liandong.kernel.problems import Invalid
from liandong.monitoring.adapters.filings_sheet import layout_of, read_filings
from tests.monitoring.filed import laid_down

pytestmark = pytest.mark.django_db


def test_the_columns_are_the_items_of_the_form(office, cdc):
    layout = layout_of(laid_down(office, [cdc]))

    assert [one.title for one in layout.columns] == [
        "单位",
        "起始日期",
        "流感样病例（例）",
        "隔离床位（张）",
        "值班是否到位",
        "情况说明",
        "零报告",
        "迟报或更正原因",
        "备注",
    ]


def test_what_is_no_such_sheet_is_refused(office, cdc):
    with pytest.raises(Invalid):
        read_filings("甲,乙\n1,2".encode(), "x.csv", laid_down(office, [cdc]), [])
