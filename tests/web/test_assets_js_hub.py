from tests.web.node import run

START = """
import { Hub } from "@hub.js";
const opened = [];
const hub = new Hub((url, after, tell) => {
  const stream = { after, ...tell, closed: false, close() { this.closed = true; }, hurry() {} };
  opened.push(stream);
  return stream;
});
const page = () => ({ got: [], postMessage(data) { this.got.push(data.entry?.place ?? data.state); } });
const join = (port, position, who = "甲") => hub.join(port, { url: "/live", position, who });
const entry = (place) => ({ place, name: "x.y" });
const say = (value) => console.log(JSON.stringify(value));
"""


def hub(script):
    return run(START + script)


def test_pages_share_one_stream():
    assert (
        hub(
            "const [a, b] = [page(), page()]; join(a, '1:5'); join(b, '1:5'); say(opened.length);"
        )
        == 1
    )


def test_the_stream_starts_where_the_page_was_rendered():
    assert hub("join(page(), '1:5'); say(opened[0].after);") == "1:5"


def test_every_page_gets_what_follows_its_own_position():
    script = """
    const [a, b] = [page(), page()];
    join(a, "1:5"); join(b, "1:7");
    for (const n of [6, 7, 8]) opened[0].onEntry(entry(`1:${n}`));
    say([a.got, b.got]);
    """

    assert hub(script) == [["1:6", "1:7", "1:8"], ["wait", "1:8"]]


def test_a_page_that_comes_late_is_given_what_it_missed():
    script = """
    const [a, b] = [page(), page()];
    join(a, "1:5");
    for (const n of [6, 7, 8]) opened[0].onEntry(entry(`1:${n}`));
    join(b, "1:6");
    say([opened.length, b.got]);
    """

    assert hub(script) == [1, ["wait", "1:7", "1:8"]]


def test_a_page_older_than_the_ring_turns_the_stream_back_and_nobody_gets_anything_twice():
    script = """
    const [a, b] = [page(), page()];
    join(a, "1:5"); opened[0].onEntry(entry("1:6"));
    join(b, "1:2");
    for (const n of [3, 4, 5, 6, 7]) opened[1].onEntry(entry(`1:${n}`));
    say([opened[1].after, opened[0].closed, a.got, b.got]);
    """

    assert hub(script) == [
        "1:2",
        True,
        ["1:6", "1:7"],
        ["1:3", "1:4", "1:5", "1:6", "1:7"],
    ]


def test_entries_that_left_the_ring_count_as_missed():
    script = """
    const [a, b] = [page(), page()];
    join(a, "1:0");
    for (let n = 1; n <= 2100; n++) opened[0].onEntry(entry(`1:${n}`));
    join(b, "1:50");
    say([opened.length, opened[1].after]);
    """

    assert hub(script) == [2, "1:50"]


def test_a_late_word_of_a_closed_stream_is_not_passed_on():
    script = """
    const a = page();
    join(a, "1:5"); join(page(), "1:2");
    opened[0].onEntry(entry("1:6"));
    say(a.got);
    """

    assert hub(script) == []


def test_another_reader_gets_a_stream_of_their_own():
    script = """
    join(page(), "1:5"); join(page(), "1:5", "乙");
    say([opened.length, opened[0].closed]);
    """

    assert hub(script) == [2, True]


def test_a_new_epoch_is_later_whatever_its_number():
    script = """
    const a = page();
    join(a, "1:500"); opened[0].onEntry(entry("2:501"));
    say(a.got);
    """

    assert hub(script) == ["2:501"]


def test_a_stream_that_ended_is_opened_anew_for_the_next_page():
    script = """
    join(page(), "1:5"); opened[0].closed = true; join(page(), "1:5");
    say(opened.length);
    """

    assert hub(script) == 2


def test_the_last_page_to_leave_closes_the_stream():
    script = """
    const [a, b] = [page(), page()];
    join(a, "1:5"); join(b, "1:5"); hub.leave(a);
    const before = opened[0].closed; hub.leave(b);
    say([before, opened[0].closed]);
    """

    assert hub(script) == [False, True]


def test_every_page_is_told_how_the_stream_is():
    script = """
    const [a, b] = [page(), page()];
    join(a, "1:5"); opened[0].onState({ state: "open" }); join(b, "1:5");
    opened[0].onState({ state: "dead", attempts: 1 });
    say([a.got, b.got]);
    """

    assert hub(script) == [["open", "dead"], ["open", "dead"]]
