from datetime import UTC, datetime

from liandong.web import cells


def test_the_first_cell_leads_to_the_rows_page():
    name, flow = cells.opening("名称", numeric=False), cells.opening("流量", numeric=True)

    drawn = cells.row([(name, "城关站"), (flow, "3088")], "/a/")

    assert drawn == (
        '<tr data-row><td data-label="名称"><a href="/a/" data-open>城关站</a></td>'
        '<td data-label="流量" class="number">3088</td></tr>'
    )


def test_what_people_wrote_is_escaped_and_what_was_drawn_is_not():
    written = (cells.opening('"名"', numeric=False), "<b>1</b>")
    drawn = (cells.opening("站码", numeric=False), cells.code(None, "<9>"))

    assert cells.row([written, drawn], "") == (
        '<tr data-row><td data-label="&quot;名&quot;">&lt;b&gt;1&lt;/b&gt;</td>'
        '<td data-label="站码"><span class="code">&lt;9&gt;</span></td></tr>'
    )


def test_a_moment_is_the_countys_and_none_is_a_dash():
    at = datetime(2026, 7, 13, 21, 36, 10, tzinfo=UTC)

    assert cells.moment(None, at) == (
        '<time class="nowrap" datetime="2026-07-14T05:36:10+08:00">2026年7月14日 05:36:10</time>'
    )
    assert cells.moment(None, None) == '<span class="muted">—</span>'
