from datetime import UTC, date, datetime

from liandong.command.rules.field_log import read_lines

DAY = date(2026, 4, 3)


def told(text):
    read = read_lines(text, DAY, UTC)
    return read if isinstance(read, int) else [(one.at, one.text) for one in read]


def test_lines_begin_with_their_time():
    assert told("03:20 北线火头越过山脊\n\n3点45，撤到隔离带") == [
        (datetime(2026, 4, 3, 3, 20, tzinfo=UTC), "北线火头越过山脊"),
        (datetime(2026, 4, 3, 3, 45, tzinfo=UTC), "撤到隔离带"),
    ]


def test_midnight_is_passed_once_times_go_back():
    assert [
        at.day for at, _text in told("23:50 断联\n00:10 找到水源\n00:05 补记\n06:00 天亮")
    ] == [
        3,
        4,
        4,
        4,
    ]


def test_a_line_without_a_time_is_named():
    assert told("03:20 起火\n没有时间") == 2
    assert told("25:00 没有这个钟点") == 1


def test_the_same_lines_typed_twice_are_known_again():
    text = "03:20 起火\n03:40 断联"

    first, second = read_lines(text, DAY, UTC), read_lines(text, DAY, UTC)

    assert first == second
    assert len({one.key for one in first}) == 2
