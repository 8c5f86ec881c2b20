"""``plan lint``: what it says of good plans, bad ones, and files that are no plans."""

import json

import pytest

from liandong.config.cli.app import main
from liandong.plans.language.linting.example import SOUND
from tests.config.nodes import answer, liandong


def lint(capsys, *arguments):
    """Ask in this process; the status and what was printed."""
    with pytest.raises(SystemExit) as ended:
        main(["plan", "lint", *map(str, arguments)])
    told = capsys.readouterr()
    return ended.value.code, told.out, told.err


def written(folder, text, name="plan.yaml"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_sound_plan_passes(capsys, tmp_path):
    status, out, _err = lint(capsys, written(tmp_path, SOUND))

    assert (status, out.strip()) == (0, "1 部预案：必须改 0 处，建议改 0 处。")


def test_what_must_be_mended_fails_and_names_line_remedy_and_basis(capsys, tmp_path):
    plan = written(tmp_path, SOUND.replace("    expected: P2D\n", ""))

    status, out, _err = lint(capsys, plan)

    assert status == 1
    assert "⊘ LD202 必须改  forest-fire 第 18 行 levels.IV：Ⅳ级响应没有预计期限" in out
    assert "《突发事件应对法》第七十二条" in out


def test_what_should_be_mended_does_not_fail(capsys, tmp_path):
    plan = written(tmp_path, SOUND.replace("ends_when: {open_flame_out: true}\n", ""))

    status, out, _err = lint(capsys, plan, "--json")

    told = json.loads(out)
    assert (status, told["ok"], told["must"], told["should"]) == (0, True, 0, 1)
    assert [(one["code"], one["gravity"]) for one in told["findings"]] == [("LD504", "should")]


def test_two_plans_are_held_against_each_other(capsys, tmp_path):
    one = written(tmp_path, SOUND)
    other = written(
        tmp_path, SOUND.replace("plan: forest-fire", "plan: grass-fire"), "other.yaml"
    )

    status, out, _err = lint(capsys, one, other)

    assert (status, "LD603" in out) == (1, True)


STEP = "      - id: cordon\n"
BAD = {
    "circle": (SOUND.replace(STEP, STEP + "        after: [cordon]\n"), 25, "互为前置"),
    "unknown fact": (
        SOUND.replace("{open_flame_out:", "{open_flames_out:"),
        49,
        "事实词典里没有",
    ),
    "doubled id": (SOUND.replace("id: cordon", "id: watch"), 33, "重复"),
    "unknown step": (SOUND.replace(STEP, STEP + "        after: [none]\n"), 34, "前置步骤"),
    "bad unit": (SOUND.replace("to: meteorology", "to: 气象局"), 28, "写法不对"),
    "yaml tag": (
        SOUND.replace("language: 1", "language: !!python/name:os.system 1"),
        1,
        "YAML 标签",
    ),
    "yaml bomb": ("a: &a [x, x]\nb: &b [*a, *a]\n", 1, "锚点或别名"),
    "not yaml": ("language: 1\n  plan: [\n", 2, "不是合规的 YAML"),
    "no plan": ("你好", 0, "不是一份预案"),
    "no owner": (SOUND.replace("        to: meteorology\n", ""), 26, "缺少“to”"),
    "too large": (SOUND + "# " + "长" * 400_000, 0, "超过 1 MB"),
    "deep": ("a: " + "[" * 60 + "]" * 60, 1, "嵌套超过"),
    "not utf-8": (b"\xff\xfe\x00", 0, "不能编码"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_text_that_cannot_be_read_is_told_at_its_line(capsys, tmp_path, kind):
    text, line, what = BAD[kind]

    status, out, _err = lint(capsys, written(tmp_path, text), "--json")

    flaws = json.loads(out)["flaws"]
    told = [one for one in flaws if what in one["what"] and one["remedy"]]
    assert (status, line in {one["line"] for one in told}) == (1, True), flaws


def test_bounds_that_contradict_are_told_at_their_line(capsys, tmp_path):
    text = SOUND.replace("at_least: 10, below: 50", "at_least: 50, below: 10")

    status, out, _err = lint(capsys, written(tmp_path, text))

    assert (status, "第 20 行" in out, "LD106" in out) == (1, True, True)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word"),
        (b"PK\x03\x04\x14\x00", "Word"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_an_office_file_is_named_for_what_it_is_whatever_it_is_called(
    capsys, tmp_path, start, said
):
    status, _out, err = lint(capsys, written(tmp_path, start + b"\0" * 600, "预案.docx"))

    assert (status, said in err, "YAML" in err) == (1, True, True)


@pytest.mark.parametrize("arguments", [(), ("plan.yaml",), ("--all", "x.yaml")])
def test_asked_wrongly_it_says_how(capsys, arguments):
    status, _out, err = lint(capsys, *arguments)

    assert (status, "✗" in err) == (2, True)


def test_ten_thousand_steps_are_refused_or_checked_but_never_break(capsys, tmp_path):
    steps = "".join(
        f"      - {{id: s{n}, do: order, to: a, text: 查, finish_within: PT1H}}\n"
        for n in range(10_000)
    )
    text = SOUND.replace("    steps:\n", f"    steps:\n{steps}")

    status, out, _err = lint(capsys, written(tmp_path, text), "--json")

    assert (status, json.loads(out)["must"]) == (0, 0)


def test_a_node_is_asked_for_its_plans_and_who_answers(home):
    plan = written(home.parent, SOUND)

    nothing = answer("plan", "lint", "--all", home=home)
    living = answer("plan", "lint", plan, "--living", home=home)

    assert (nothing["ok"], nothing["plans"]) == (True, [])
    assert {"LD701", "LD703", "LD704"} <= {one["code"] for one in living["findings"]}


def test_without_a_node_the_living_rules_have_nothing_to_read(tmp_path):
    done = liandong("plan", "lint", "--all", home=tmp_path / "none")

    assert (done.returncode, "还没有建立节点" in done.stderr) == (1, True)
