from tests.web.node import run

START = """
import { compare, parser, Stream } from "@stream.js";
const say = (value) => { console.log(JSON.stringify(value)); process.exit(0); };
const events = (...pieces) => { const got = []; const read = parser((e) => got.push([e.id, e.name, e.data])); pieces.forEach(read); return got; };
const asked = [];
const answers = [];
globalThis.fetch = async (url) => {
  asked.push(new URL(url, "http://x").searchParams.get("after"));
  const answer = answers.shift();
  if (!answer) return new Promise(() => {});
  const [status, body] = answer;
  if (status === "lost") throw new TypeError("network");
  return new Response(body, { status, headers: { "content-type": status === 200 ? "text/event-stream" : "text/plain" } });
};
const later = (n) => new Promise((resolve) => setTimeout(resolve, n));
const entries = [], states = [];
const tell = { onEntry: (e) => entries.push(e.place), onState: (s) => states.push(s.state) };
const entry = (place) => `id: ${place}\\nevent: entry\\ndata: {"name":"x.y"}\\n\\n`;
"""


def stream(script):
    return run(START + script)


def test_events_are_put_together_from_pieces():
    script = (
        r"""say(events("id: 1:2\nevent: en", "try\ndata: {\"a\":", "1}\n", "\nid: 1:3\n\n"));"""
    )

    assert stream(script) == [["1:2", "entry", '{"a":1}'], ["1:3", "message", ""]]


def test_heartbeats_and_line_ends_of_windows_are_understood():
    assert stream(r"""say(events(": alive\r\n\r\ndata: x\r\n\r\n"));""") == [
        ["", "message", ""],
        ["", "message", "x"],
    ]


def test_positions_are_compared_by_number():
    assert stream(
        "say([compare('1:9', '1:10') < 0, compare('2:1', '1:99') > 0, compare('1:5', '1:5')]);"
    ) == [
        True,
        True,
        0,
    ]


def test_a_lost_stream_goes_on_from_its_last_entry():
    script = """
    answers.push([200, entry("1:6") + entry("1:7")], ["lost"], [200, entry("1:8")]);
    new Stream("http://x/live", "1:5", tell);
    await later(3500);
    say([asked.slice(0, 3), entries, states.slice(0, 4)]);
    """

    assert stream(script) == [
        ["1:5", "1:7", "1:7"],
        ["1:6", "1:7", "1:8"],
        ["open", "dead", "dead", "open"],
    ]


def test_an_entry_sent_again_is_told_once():
    script = """
    answers.push([200, entry("1:6") + entry("1:6")]);
    new Stream("http://x/live", "1:5", tell);
    await later(100);
    say(entries);
    """

    assert stream(script) == ["1:6"]


def test_a_heartbeat_moves_the_position():
    script = r"""
    answers.push([200, "id: 1:40\n: alive\n\n"], [200, ""]);
    new Stream("http://x/live", "1:5", tell);
    await later(1200);
    say([asked[1], entries]);
    """

    assert stream(script) == ["1:40", []]


def test_the_end_of_the_session_ends_the_stream_for_good():
    script = """
    answers.push([401, "会话已结束"]);
    new Stream("http://x/live", "1:5", tell);
    await later(1500);
    say([asked.length, states]);
    """

    assert stream(script) == [1, ["over"]]


def test_after_a_cut_the_stream_asks_again_at_its_place():
    script = r"""
    answers.push([200, entry("1:6") + "event: cut\ndata: {}\n\n" + entry("1:7")], [401, ""]);
    new Stream("http://x/live", "1:5", tell);
    await later(1500);
    say([asked, entries, states]);
    """

    assert stream(script) == [["1:5", "1:6"], ["1:6"], ["open", "dead", "over"]]


def test_a_sign_in_page_is_no_stream():
    script = """
    globalThis.fetch = async () => { asked.push(1); return new Response("<html>", { headers: { "content-type": "text/html" } }); };
    Math.random = () => 0.5; // waits of 0.5 and 1 s
    new Stream("http://x/live", "1:5", tell);
    await later(1000);
    say([asked.length, states[0]]);
    """

    assert stream(script) == [2, "dead"]


def test_a_closed_stream_asks_no_more():
    script = """
    answers.push(["lost"]);
    const one = new Stream("http://x/live", "1:5", tell);
    await later(50); one.close(); await later(1500);
    say(asked.length);
    """

    assert stream(script) == 1
