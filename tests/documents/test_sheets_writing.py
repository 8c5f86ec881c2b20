import io

from openpyxl import load_workbook

from liandong.documents.sheets import Column, Layout, blank_workbook, read_sheet

LAYOUT = Layout(
    sheet="人员",
    columns=(
        Column(key="unit", title="单位", required=True),
        Column(key="mobile", title="手机", hint="11 位"),
        Column(key="deputy", title="A/B角", choices=("A", "B")),
        Column(key="note", title="备注"),
    ),
    examples=({"unit": "县水利局", "mobile": "13900000000", "note": "示例"},),
    advice=("一人一行。",),
)


def opened(content):
    return load_workbook(io.BytesIO(content))


def test_a_blank_workbook_reads_back_as_empty():
    lines, findings = read_sheet(blank_workbook([LAYOUT]), "x.xlsx", LAYOUT)

    assert (lines, findings) == ([], [])


def test_known_rows_are_filled_in_and_read_back():
    content = blank_workbook([LAYOUT], {"人员": [{"unit": "=县水利局", "mobile": "0831"}]})

    lines, _ = read_sheet(content, "x.xlsx", LAYOUT)

    assert [(line["unit"], line["mobile"]) for line in lines] == [("=县水利局", "0831")]


def test_choices_are_offered_and_cells_are_text():
    book = opened(blank_workbook([LAYOUT]))
    sheet = book["人员"]

    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("C2:C2000", "选项!$A$1:$A$2")
    assert sheet["B2"].number_format == "@"
    assert book["选项"].sheet_state == "hidden"
    assert book["填写说明"]["B2"].value == "一人一行。"
