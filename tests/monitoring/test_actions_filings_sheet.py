import io

import pytest
from openpyxl import load_workbook

from liandong.documents.sheets import blank_workbook
from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.monitoring.actions import plan_filings, take_filings
from liandong.monitoring.adapters.filings_sheet import known_rows, layout_of, read_filings
from liandong.monitoring.queries import fileable_by
from tests.factories import organization as make
from tests.monitoring.filed import GOOD, asked, clerk_of, filed, filing_of, liaison_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


@pytest.fixture
def health(db):
    return make.body("health", name="县卫健局")


@pytest.fixture
def form(office, cdc, health):
    return asked(office, [cdc, health])


def sheet(form, actor, lines):
    """The blank sheet of a form, filled in below its head."""
    layout = layout_of(form)
    rows = known_rows(one for one in fileable_by(actor, form))
    book = load_workbook(io.BytesIO(blank_workbook([layout], {layout.sheet: rows})))
    page = book[layout.sheet]
    for number, line in enumerate(lines, 2):
        for key, text in line.items():
            at = next(n for n, one in enumerate(layout.columns, 1) if one.key == key)
            page.cell(number, at, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(form, actor, lines):
    content = sheet(form, actor, lines)
    return read_filings(content, "周报.xlsx", form, fileable_by(actor, form))


def cells(**more):
    return {f"v_{key}": value for key, value in (GOOD | more).items()}


def test_the_blank_sheet_names_who_files_for_which_period(form, office):
    rows, findings = read(form, clerk_of(office), [cells(), {"is_nil": "是"}])

    assert findings == []
    assert [one.is_nil for one in rows] == [False, True]
    assert rows[0].values == GOOD


def test_every_line_is_filed_or_none(form, office, cdc, health):
    clerk = clerk_of(office)
    rows, _none = read(form, clerk, [cells(), cells(flu="太多")])
    with pytest.raises(Invalid):
        take_filings(clerk, form=form, rows=rows, seen="")
    assert not filing_of(form, cdc).is_filed

    rows, _none = read(form, clerk, [cells(), cells(flu="7")])
    take_filings(clerk, form=form, rows=rows, seen=plan_filings(form, rows).fingerprint)

    assert [filing_of(form, one).values["flu"] for one in (cdc, health)] == ["12", "7"]


def test_what_is_filed_already_is_passed_over_and_what_changed_since_is_told(form, office, cdc):
    clerk = clerk_of(office)
    filed(form, cdc)
    rows, _none = read(form, clerk, [cells(), cells()])
    planned = plan_filings(form, rows)
    assert (planned.same, planned.new) == (1, 1)

    filed(form, cdc, GOOD | {"flu": "13"}, reason="漏一例")

    with pytest.raises(Stale):
        take_filings(clerk, form=form, rows=rows, seen=planned.fingerprint)


def test_a_unit_files_only_its_own_lines(form, office, cdc):
    lines = [cells() | {"body": "县卫健局"}, cells() | {"from_on": "七月"}]

    _rows, findings = read(form, liaison_of(cdc), lines)

    assert [one.text for one in findings] == [
        "“单位”没有填。",
        "没有这个单位这一期要报的，或不归您报。",
        "日期请写成 2026-07-06。",
    ]


def test_the_same_line_twice_is_said(form, cdc):
    one = {"body": "县疾控中心", "from_on": "2026/7/6", **cells()}

    _rows, findings = read(form, liaison_of(cdc), [one, one])

    assert [one.text for one in findings] == ["和第 2 行是同一单位同一期。"]


def test_never_in_a_drill(form, office):
    with pytest.raises(Forbidden):
        take_filings(clerk_of(office, realm="drill:1"), form=form, rows=[], seen="")
