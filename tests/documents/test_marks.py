import io

import docx
from openpyxl import load_workbook

from liandong.documents import Title, marked, write_docx
from liandong.documents.sheets import listed_workbook, write_commas
from tests.documents.test_writing import NOW


def paper():
    return write_docx([Title("会商纪要")], title="会商纪要", made_at=NOW)


def test_a_marked_paper_says_so_at_the_head_of_every_page_and_in_its_title():
    with marked("演练") as mark:
        document = docx.Document(io.BytesIO(paper()))

    section = document.sections[0]
    heads = [one.paragraphs[0].text for one in (section.header, section.even_page_header)]
    assert (heads, document.core_properties.title) == (["演练", "演练"], "【演练】会商纪要")
    assert mark.was_written


def test_outside_nothing_is_marked():
    with marked("演练"):
        pass

    document = docx.Document(io.BytesIO(paper()))

    assert (
        document.sections[0].header.is_linked_to_previous,
        document.core_properties.title,
    ) == (
        True,
        "会商纪要",
    )


def test_a_marked_list_says_so_on_its_tab_and_where_it_is_printed_and_its_rows_are_the_same():
    with marked("演练"):
        content = listed_workbook("值班日报", ["姓名"], [["王"]])

    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert (sheet.title, sheet.oddHeader.center.text) == ("演练 值班日报", "演练")
    assert [[cell.value for cell in row] for row in sheet] == [["姓名"], ["王"]]


def test_rows_of_text_stay_what_they_are_and_are_to_be_named_so():
    with marked("演练") as mark:
        lines = write_commas(["姓名"], [["王"]])

    assert ("".join(lines), mark.was_written) == ("\ufeff姓名\r\n王\r\n", True)


def test_where_no_paper_was_written_there_is_none_to_name():
    with marked("演练") as mark:
        pass

    assert not mark.was_written
