import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from liandong.kernel import merkle
from liandong.kernel.clock import real
from liandong.kernel.ids import uuid7
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid, KeyReused
from liandong.monitoring import queries, rules
from liandong.monitoring.actions import Refusal, record_readings
from liandong.monitoring.models import Batch, Crossing, Reading, ReadingVersion
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.quality import Flag
from liandong.monitoring.states import Quality, Quantity
from tests.monitoring.conftest import flowed, hour, observed, rained, send
from tests.monitoring.people import gauge
from tests.people import allowed, visitor

pytestmark = pytest.mark.django_db


def payload(name):
    return json.loads(Entry.objects.get(name=name).payload.text)


def values(realm="actual"):
    return list(
        Reading.objects.filter(realm=realm).order_by("at").values_list("value", flat=True)
    )


def test_readings_are_stored_with_one_entry_that_vouches_for_all(rain):
    batch = send(rained([1, "2.5", 0]))

    said = payload("monitoring.readings_received")
    assert (batch.count, batch.duplicates, batch.rejected) == (3, 0, 0)
    assert values() == [Decimal(1), Decimal("2.5"), 0]
    assert (said["source"], said["count"], said["root"]) == ("遥测", 3, batch.root)
    assert (said["first_at"], said["last_at"]) == (
        "2012-08-02T16:00:00.000000Z",
        "2012-08-02T18:00:00.000000Z",
    )
    assert "2.5" not in json.dumps(said)


def test_each_reading_is_proved_by_the_root(rain):
    batch = send(rained([1, 2, 3, 4, 5]))
    reading = Reading.objects.get(value=4)

    index, path = queries.proof_of(reading)

    leaf = b"21401501|rain_mm|2012-08-02T19:00:00.000000Z|4.000"
    assert merkle.is_included(leaf, index=index, count=5, path=path, head=batch.root)
    assert queries.is_intact(batch)


def test_a_changed_reading_is_found_out(rain):
    batch = send(rained([1, 2, 3]))

    Reading.objects.filter(value=2).update(value=20)

    assert not queries.is_intact(batch)


def test_a_batch_may_hold_several_stations_in_any_order(rain, flow):
    mixed = [*flowed([7, 8]), *rained([1, 2])][::-1]

    batch = send(mixed)

    assert (batch.count, queries.is_intact(batch)) == (4, True)


def test_the_same_again_is_counted_and_passed_over(rain):
    send(rained([1, 2, 3]))

    batch = send(rained([1, 2, 3, 4]))

    assert (batch.count, batch.duplicates, batch.rejected) == (1, 3, 0)
    assert values() == [1, 2, 3, 4]
    assert queries.is_intact(batch)


def test_the_same_within_one_batch_is_counted_once(rain):
    batch = send([*rained([1]), *rained([1])])

    assert (batch.count, batch.duplicates) == (1, 1)


def test_another_value_from_somebody_else_is_refused_and_the_first_stays(rain):
    send(rained([1, 2]))

    batch = record_readings(gauge(), readings=rained([1, 9]), source="别的来源")

    (refusal,) = batch.refusals
    assert (batch.count, batch.duplicates, batch.rejected) == (0, 1, 1)
    assert (refusal["row"], refusal["field"]) == (2, "value")
    assert refusal["problem"] == "同一测站同一时间已有不同的数值 2.000，先到的保留。"
    assert values() == [1, 2]


def test_two_values_for_one_time_in_one_batch_keep_the_first(rain):
    batch = send([*rained([1]), replace(rained([2])[0], row=2)])

    assert (batch.count, batch.refusals[0]["row"], values()) == (1, 2, [1])


@pytest.mark.parametrize(
    ("change", "field", "problem"),
    [
        ({"station_code": "99999999"}, "station", "没有站码为“99999999”的测站。"),
        ({"quantity": "wind"}, "quantity", "没有测项“wind”。"),
        ({"quantity": Quantity.LEVEL}, "quantity", "测站 21401501 没有“水位”测项。"),
        ({"value": Decimal("NaN")}, "value", "数值不是有限的数。"),
        ({"value": Decimal("Infinity")}, "value", "数值不是有限的数。"),
        ({"value": Decimal("1e9")}, "value", "数值大到无法保存。"),
        ({"at": hour(3).replace(year=1899)}, "at", "时间早于 1900 年或晚于 2200 年。"),
        ({"at": hour(3).replace(year=2200)}, "at", "时间早于 1900 年或晚于 2200 年。"),
        ({"at": hour(3).replace(tzinfo=None)}, "at", "时间没有时区。"),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_the_others_are_taken(rain, change, field, problem):
    good, bad = rained([1, 2])

    batch = send([good, replace(bad, **change)])

    (refusal,) = batch.refusals
    assert (refusal["row"], refusal["field"], refusal["problem"]) == (2, field, problem)
    assert refusal["remedy"]
    assert values() == [1]


@pytest.mark.parametrize(
    ("change", "flag"),
    [
        ({"value": Decimal("-0.5")}, Flag.RANGE),
        ({"value": Decimal("500.001")}, Flag.RANGE),
        ({"at": hour(60) + timedelta(minutes=5, seconds=1)}, Flag.CLOCK),
    ],
)
def test_what_is_strange_is_stored_and_flagged(rain, change, flag):
    batch = send([replace(rained([1])[0], **change)])

    row = Reading.objects.get()
    assert (batch.count, batch.suspect, batch.rejected) == (1, 1, 0)
    assert (row.quality, row.flags) == (Quality.SUSPECT, flag)


@pytest.mark.parametrize("minutes", [5, -43200, -5_000_000])
def test_the_edges_of_time_are_taken(rain, minutes):
    reading = replace(rained([1])[0], at=hour(60) + timedelta(minutes=minutes))

    batch = send([reading])

    assert (batch.count, batch.suspect, Reading.objects.get().flags) == (1, 0, 0)


def test_what_is_years_old_opens_no_crossing(flow, warning_line):
    old = [replace(row, at=row.at.replace(year=1999)) for row in flowed([5000, 5000])]

    batch = send(old)

    assert (batch.count, Crossing.objects.count()) == (2, 0)
    assert not Entry.objects.filter(name="monitoring.threshold_crossed").exists()


def test_the_same_source_corrects_itself_and_what_stood_there_is_kept(rain):
    first = send(rained([1, 2]))

    batch = send(rained([1, 9]))

    former = ReadingVersion.objects.get()
    assert (batch.count, batch.corrected, batch.duplicates, batch.rejected) == (1, 1, 1, 0)
    assert (values(), former.value) == ([1, 9], 2)
    assert (former.batch, former.replaced_by) == (first, batch)
    assert queries.is_intact(first)
    assert queries.is_intact(batch)
    assert queries.proof_of(former)[0] == 1


def test_whoever_may_correct_corrects_what_others_sent(rain):
    send(rained([1, 2]))
    keeper_ = allowed(Permission.RECORD_READINGS, Permission.CORRECT_READINGS, label="值班员")

    batch = record_readings(keeper_, readings=rained([1, 9]), source="人工置数")

    assert (batch.corrected, values()) == (1, [1, 9])


def test_a_correction_recounts_the_crossing(flow, warning_line):
    send(flowed([900, 1200, 900]))

    send(flowed([900, 1500, 900]))

    assert Crossing.objects.get().peak == 1500


def test_a_source_that_flaps_between_two_values_is_flagged_and_then_refused(rain):
    batches = [send(rained([1 + number % 2])) for number in range(rules.MOST_VERSIONS + 4)]

    row = Reading.objects.get()
    assert (row.quality, row.flags) == (Quality.SUSPECT, Flag.FLAPPING)
    assert ReadingVersion.objects.count() == rules.MOST_VERSIONS
    assert "不再接收更正" in batches[-1].refusals[0]["problem"]
    assert all(queries.is_intact(batch) for batch in batches)


def test_days_of_their_own_hold_the_readings(rain):
    send(rained([1, 2], since=8))

    assert parts() == ["monitoring_reading_y2012"]


def test_a_clock_gone_mad_makes_no_tables(rain):
    before = tables()

    send([replace(rained([1])[0], at=hour(0).replace(year=2150))])

    assert tables() == before
    assert parts() == ["monitoring_reading_rest"]


def test_days_near_now_lie_in_tables_by_day_with_what_lay_with_the_rest(rain):
    day = real().replace(hour=3, minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO monitoring_reading VALUES ('x', 1, %s, 1, now(), %s, 'good')",
            [day + timedelta(days=3), uuid7()],
        )
        cursor.execute("SELECT monitoring_make_room(%s)", [[day.date() + timedelta(days=3)]])
        made = cursor.fetchone()
        cursor.execute("SELECT monitoring_make_room(%s)", [[day.date() + timedelta(days=3)]])
        again = cursor.fetchone()

    assert (made, again) == ((1,), (0,))
    assert parts() == [f"monitoring_reading_d{day + timedelta(days=3):%Y%m%d}"]


def parts():
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableoid::regclass::text FROM monitoring_reading")
        return sorted(name for (name,) in cursor.fetchall())


def tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_inherits")
        return cursor.fetchone()


def test_values_are_rounded_to_thousandths(flow):
    send(flowed(["11.39898148", "0.0005", "-0.0001"]))

    assert [str(value) for value in values()] == ["11.399", "0.001", "0.000"]


def test_rows_that_could_not_be_read_are_reported_in_their_place(rain):
    unread = Refusal(1, "value", "“很大”不是数。", "请填数字。")

    batch = send(rained([None, 2]), refused=[unread])

    assert (batch.count, batch.rejected, batch.refusals[0]["row"]) == (1, 1, 1)


def test_a_batch_of_nothing_is_refused(rain):
    with pytest.raises(Invalid) as refused:
        send([])

    assert refused.value.title == "没有读数。"
    assert not Batch.objects.exists()


def test_readings_are_refused_without_the_permission(rain):
    with pytest.raises(Forbidden):
        record_readings(visitor(), readings=rained([1]), source="x")

    assert not Reading.objects.exists()


def test_the_same_key_twice_is_one_batch(rain):
    first = send(rained([1, 2]), idempotency_key="k1")

    again = send(rained([1, 2]), idempotency_key="k1")

    assert (again.pk, again.count, again.duplicates) == (first.pk, 2, 0)
    assert Entry.objects.filter(name="monitoring.readings_received").count() == 1


def test_the_same_key_for_other_readings_is_refused(rain):
    send(rained([1, 2]), idempotency_key="k1")

    with pytest.raises(KeyReused):
        send(rained([1, 3]), idempotency_key="k1")


def test_a_drill_has_readings_of_its_own(rain, at):
    at("2012-08-05T12:00", realm="drill-1")
    send(rained([1]))

    batch = send(rained([9]), actor=gauge("drill-1"))

    assert (batch.rejected, values(), values("drill-1")) == (0, [1], [9])


def test_the_number_of_statements_does_not_grow_with_the_rows(
    rain, flow, signals, warning_line, django_assert_max_num_queries
):
    few = [*rained([1]), *flowed([10])]
    many = [*rained(["0.2", "0.4"] * 20, since=1), *flowed([10] * 40, since=1)]

    with django_assert_max_num_queries(17) as small:
        send(few)
    with django_assert_max_num_queries(len(small)):
        send(many)


def test_unknown_codes_are_shortened_in_the_report(rain):
    (row,) = observed("9" * 200, Quantity.RAIN, [1])

    batch = send([row])

    assert batch.refusals[0]["problem"] == f"没有站码为“{'9' * 40}”的测站。"
