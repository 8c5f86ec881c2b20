import re
from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template

from tests.architecture.tree import SRC

NOW = datetime(2026, 7, 13, 21, 36, 10, tzinfo=UTC)


def draw(source, **context):
    return Template("{% load web %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ t|clock }}", "05:36"),
        ("{{ t|moment }}", "7月14日 05:36"),
        ("{{ t|full_moment }}", "2026年7月14日 05:36:10"),
        ("{{ t|day }} {{ t|weekday }}", "7月14日 周二"),
        ("{{ t|machine }}", "1783978570000"),
        ("{{ nothing|clock }}{{ none|moment }}{{ none|machine }}", ""),
    ],
)
def test_moments_in_the_countys_time(source, said):
    assert draw(source, t=NOW, none=None, nothing=None) == said


def test_a_name_that_is_no_icon_is_found_when_the_template_is_read():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load web %}{% icon 'no-such-thing' %}")


def test_an_icon_is_silent_unless_it_is_labeled():
    assert 'aria-hidden="true"' in draw("{% icon 'bell' %}")
    assert 'aria-label="响铃"' in draw("{% icon 'bell' label='响铃' %}")


def test_an_icon_named_by_data_never_breaks_a_page():
    assert "icons.svg#point" in draw("{% icon name %}", name="no-such-thing")


def test_a_state_is_icon_word_and_color():
    html = draw("{% state_tag 'overdue' %}")

    assert "tag-red" in html
    assert "超时" in html
    assert "icons.svg#clock" in html


def test_a_states_word_may_be_the_callers():
    assert "已逾期" in draw("{% state_tag 'overdue' '已逾期' %}")


def test_an_unheard_of_state_is_shown_by_its_word():
    assert draw("{% state_tag 'odd' '怪' %}") == '<span class="tag">怪</span>'


@pytest.mark.parametrize(
    ("left", "row"),
    [
        (timedelta(minutes=24), ""),
        (timedelta(seconds=110), "soon"),
        (timedelta(seconds=-1), "overdue"),
    ],
)
def test_a_row_knows_how_urgent_it_is(left, row):
    source = "{% countdown_state due now as state %}{{ state }}"

    assert draw(source, due=NOW + left, now=NOW) == row


def test_a_countdown_says_what_is_left():
    html = draw("{% countdown due now %}", due=NOW + timedelta(seconds=110), now=NOW)

    assert "剩 01:50" in html
    assert 'data-state="soon"' in html


def test_no_deadline_no_countdown():
    assert draw("{% countdown due now %}", due=None, now=NOW) == ""


@pytest.mark.parametrize(
    ("value", "said"), [(12000, "12\u2009000"), (20, "20"), ("未知", "未知")]
)
def test_thousands_are_set_apart(value, said):
    assert draw("{{ v|figure }}", v=value) == said


def test_a_card_has_title_note_and_body():
    html = draw("{% card '指令' note='共 14 条' id='orders' %}<p>正文</p>{% endcard %}")

    assert '<section class="card" id="orders">' in html
    assert "<h2>指令</h2>" in html
    assert "<p>正文</p>" in html


def test_a_cards_title_is_escaped():
    assert "<b>" not in draw("{% card title %}{% endcard %}", title="<b>")


@pytest.mark.parametrize("path", sorted((SRC / "web/templates").rglob("*.html")), ids=str)
def test_every_template_of_the_chrome_can_be_read(path):
    assert get_template(str(path.relative_to(SRC / "web/templates")))


def test_a_timeline_names_each_day_before_today():
    told = [
        {"at": NOW - timedelta(hours=hours), "sentence": f"{hours} 小时前"}
        for hours in (0, 6, 7, 30)
    ]
    timeline = get_template("web/components/timeline.html")

    page = timeline.render({"entries": told, "realm_now": NOW})

    days = re.findall(r'entry-day">(.*?)</li>|class="fact">(.*?)</p>', page)
    assert ["".join(one) for one in days] == [
        *("0 小时前", "7月13日 周一", "6 小时前", "7 小时前"),
        *("7月12日 周日", "30 小时前"),
    ]
