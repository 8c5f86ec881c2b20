"""What we send is valid, and is the same when it is read again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.monitoring.exchange import (
    Alert,
    Area,
    Circle,
    Info,
    Reference,
    Resource,
    read,
    write_cap,
    write_feed,
    write_national,
)
from liandong.monitoring.exchange.cap import hazard_of, level_of
from liandong.monitoring.exchange.levels import stage_of
from liandong.monitoring.exchange.writing import category_of, clean
from tests.monitoring.alerts import cap

KINDS = ["Alert", "Update", "Cancel"]
SENT = datetime(2026, 7, 13, 21, tzinfo=UTC)
words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]),
    min_size=1, max_size=30,
)  # fmt: skip
names = st.text("abcdefghijkl0123456789-.@:", min_size=1, max_size=30)
moments = st.integers(946_684_800, 4_102_444_800).map(lambda n: datetime.fromtimestamp(n, UTC))
lons = st.floats(-179, 179).map(lambda value: round(value, 5))
lats = st.floats(-72, 72).map(lambda value: round(value, 5))
pairs = st.lists(st.tuples(words, words), max_size=2).map(tuple)


@st.composite
def rings(draw):
    points = draw(st.lists(st.tuples(lons, lats), min_size=3, max_size=6, unique=True))
    return (*points, points[0])


areas = st.builds(
    Area,
    description=words,
    polygons=st.lists(rings(), max_size=2).map(tuple),
    circles=st.lists(
        st.builds(Circle, lons, lats, st.floats(0, 500).map(lambda n: round(n, 2))), max_size=1
    ).map(tuple),
    geocodes=pairs,
    altitude=st.just(""),
    ceiling=st.just(""),
)


@st.composite
def infos(draw):
    starts = draw(moments)
    info = Info(
        language=draw(st.sampled_from(["zh-CN", "en", ""])),
        categories=("Met",),
        event=draw(words),
        responses=draw(st.sampled_from([(), ("Prepare",), ("Execute", "Monitor")])),
        urgency="Immediate",
        severity=draw(st.sampled_from(["Extreme", "Unknown"])),
        certainty="Likely",
        event_codes=draw(pairs),
        effective=starts,
        onset=draw(st.none() | moments),
        expires=draw(st.none() | st.just(starts + timedelta(hours=3))),
        sender_name=draw(words),
        headline=draw(words),
        description=draw(words),
        instruction=draw(words),
        parameters=draw(pairs),
        resources=tuple(
            draw(st.lists(st.builds(Resource, words, st.just("image/png")), max_size=1))
        ),
        areas=tuple(draw(st.lists(areas, max_size=2))),
    )  # fmt: skip
    return replace(
        info,
        hazard=hazard_of(info.event, info.event_codes),
        level=level_of(info.headline, info.parameters),
    )


@st.composite
def alerts(draw):
    several = tuple(draw(st.lists(infos(), min_size=1, max_size=2)))
    kind = draw(st.sampled_from(KINDS))
    return Alert(
        identifier=draw(names),
        sender=draw(names),
        sent=draw(moments),
        status=draw(st.sampled_from(["Actual", "Exercise"])),
        kind=kind,
        scope="Public",
        note=draw(words),
        references=() if kind == "Alert" else (Reference(draw(names), draw(names), SENT),),
        infos=several,
        stage=stage_of(*(one.headline for one in several)),
    )


@given(alerts())
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_valid_and_reads_the_same(alert):
    found = read(write_cap(alert))

    assert (found.kind, found.errors) == ("cap-1.2", ())
    assert found.alerts == (alert,)


def test_what_was_read_is_written_and_reads_the_same():
    alert = read(cap()).alerts[0]

    assert read(write_cap(alert)).alerts == (alert,)


def test_a_feed_leads_to_each_alert():
    alert = read(cap()).alerts[0]
    address = "https://node/api/monitoring/warnings/1/cap.xml"

    found = read(
        write_feed(
            [(alert, address)], identifier="https://node/feed", title="示例县预警", updated=SENT
        )
    )

    entry = found.entries[0]
    assert (found.kind, found.outcome) == ("atom", "ok")
    assert (entry.title, entry.link, entry.is_cap) == (alert.info.headline, address, True)


def test_an_empty_feed_is_a_feed():
    found = read(write_feed([], identifier="x", title="示例县预警", updated=SENT))

    assert (found.outcome, found.entries) == ("ok", ())


def test_the_sheet_for_12379_reads_as_one_of_12379():
    alert = replace(read(cap()).alerts[0], sender_code="34990141600000")

    found = read(write_national(alert))

    again = found.alerts[0]
    assert (found.kind, found.outcome) == ("12379", "ok")
    assert (again.level, again.hazard, again.kind) == ("橙", "11B03", "Alert")
    assert (again.sent, again.info.description) == (alert.sent, alert.info.description)
    assert again.info.headline == "示例市气象局发布暴雨橙色预警[II级/重大]"


def test_what_xml_cannot_hold_is_left_out():
    assert clean("a\x00b\x0bc\r\nd\ue000￾") == "abc\nd\ue000"


def test_categories_by_the_longest_beginning():
    assert [category_of(one) for one in ("11B03", "11G01", "12F01", "14A01", "12A01", "")] == [
        "Met", "Fire", "Env", "Security", "Other", "Other",
    ]  # fmt: skip
