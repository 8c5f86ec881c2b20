"""Conditions written in the form: made, changed, taken away, and the text around them left alone."""

import pytest

from liandong.plans.forms import ClauseForm
from liandong.plans.language import load, shipped_names, shipped_text
from liandong.plans.language.editing import at_path, edited, settled_path
from liandong.plans.language.yaml_text import read_yaml
from tests.plans.example import FOREST

CLAUSE = ("levels", "IV", "when", "any", 1)
NESTED = """\
levels:
  IV:
    when:
      any:
        - {deaths: {at_least: 1}}   # 第一款
        # 套着的一款
        - all:
            - {spreading: true}     # 蔓延
            # 里面一组
            - any:
                - {sensitive: true}  # 敏感
                - {serious_injuries: {at_least: 2}}
          cite: (2)  # 原文
"""


def bound(text, sent, path=CLAUSE):
    """The form as it came from the page, with some boxes filled in otherwise."""
    seen = at_path(read_yaml(text).data, path)
    seen = seen if isinstance(seen, dict) else None
    form = ClauseForm(path=path, seen=seen, plans=[("flood-drought", "防汛抗旱应急预案")])
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value is not None}
    return ClauseForm(
        {**data, **sent}, path=path, seen=seen, plans=[("flood-drought", "防汛抗旱应急预案")]
    )


def written(text, path=CLAUSE, **sent):
    """The text after the form was sent."""
    form = bound(text, {name.replace("_at_", "-"): one for name, one in sent.items()}, path)
    assert form.is_valid(), form.errors
    for edit in form.edits():
        text = edited(text, edit)
    return text


def refusals(text, path=CLAUSE, **sent):
    form = bound(text, {name.replace("_at_", "-"): one for name, one in sent.items()}, path)
    assert not form.is_valid()
    return {name: list(one) for name, one in form.errors.items()}


def clause(text, path=CLAUSE):
    return at_path(read_yaml(text).data, path)


def conditions(data, at=()):
    """Every place at which a condition stands in a plan."""
    for key, level in data["levels"].items():
        when = level.get("when") or {}
        if "any" in when:
            yield from (("levels", key, "when", "any", n) for n in range(len(when["any"])))
        elif when:
            yield ("levels", key, "when")
        for step in level.get("steps") or []:
            for word in {"when", "waits_for"} & set(step):
                yield ("levels", key, "steps", step["id"], word)
    if "ends_when" in data:
        yield ("ends_when",)


@pytest.mark.parametrize("name", shipped_names())
def test_a_condition_sent_as_it_came_changes_nothing(name):
    text = shipped_text(name)
    data = read_yaml(text).data

    for path in conditions(data):
        form = bound(text, {}, settled_path(path, data))
        assert form.is_valid(), (path, form.errors)
        assert form.edits() == [], path


def test_a_condition_of_the_text_only_is_kept_as_it_stands():
    text = NESTED.replace("{sensitive: true}", "{deaths: {at_least: 1, at_most: 2}}")

    changed = written(text, fact_at_0="")

    assert clause(changed)["any"][0] == {"deaths": {"at_least": 1, "at_most": 2}}
    assert "照文本原样：死亡 1 人以上、不超过 2 人" in str(bound(text, {})["fact-1-0"])


def test_a_group_is_put_into_a_clause():
    filled = {
        "fact_at_1": "(group)", "joint_at_1": "n", "least_at_1": "2",
        "fact_at_1_at_0": "deaths", "word_at_1_at_0": "at_least", "value_at_1_at_0": "1",
        "fact_at_1_at_1": "sensitive", "word_at_1_at_1": "true",
        "fact_at_1_at_2": "superior_demands", "word_at_1_at_2": "true",
    }  # fmt: skip
    text = "levels:\n  IV:\n    when:\n      any:\n        - {deaths: {at_least: 9}}\n        - {spreading: true}  # 蔓延\n"

    changed = written(text, **filled)

    inner = [{"deaths": {"at_least": 1}}, {"sensitive": True}, {"superior_demands": True}]
    assert clause(changed) == {"all": [{"spreading": True}, {"at_least_n": 2, "of": inner}]}
    assert "- {deaths: {at_least: 9}}\n" in changed


def test_another_joint_is_written_and_every_comment_stays():
    changed = written(NESTED, joint_at_1="all", joint="any")

    assert changed == NESTED.replace("- all:", "- ANY:").replace("- any:", "- all:").replace(
        "ANY", "any"
    )


def test_a_number_deep_inside_is_changed_and_nothing_else():
    changed = written(NESTED, value_at_1_at_1="5")

    assert changed == NESTED.replace("at_least: 2", "at_least: 5")


def test_a_part_is_dropped_and_a_group_of_one_is_no_group():
    changed = written(NESTED, drop="1-0")

    assert clause(changed)["all"] == [
        {"spreading": True},
        {"serious_injuries": {"at_least": 2}},
    ]
    assert "# 第一款" in changed
    assert "cite: (2)  # 原文" in changed
    dropped = written(NESTED, drop="1")
    assert clause(dropped) == {"spreading": True, "cite": "(2)"}


def test_so_many_townships_are_counted():
    filled = {
        "fact_at_0": "(areas)", "areas_at_0": "2",
        "fact_at_0_at_0": "flooded_mu", "word_at_0_at_0": "at_least", "value_at_0_at_0": "300",
    }  # fmt: skip
    path = ("levels", "IV", "when", "any", 2)

    changed = written(NESTED, path, **filled)

    assert clause(changed, path) == {
        "areas_at_least": 2,
        "where": {"flooded_mu": {"at_least": 300}},
    }
    assert changed.startswith(NESTED.rstrip("\n"))
    again = written(changed, path, areas_at_0="3")
    assert again == changed.replace("areas_at_least: 2", "areas_at_least: 3")
    several = written(
        again, path, fact_at_0_at_1="sensitive", word_at_0_at_1="true", joint_at_0="any"
    )
    assert clause(several, path)["where"]["any"][1] == {"sensitive": True}
    assert written(several, path, drop="0") == NESTED


def test_a_time_is_looked_back_on():
    text = NESTED.replace("{deaths: {at_least: 1}}", "{rain_mm: {at_least: 50}}")
    path = (*CLAUSE[:-1], 0)
    fact = next(iter(clause(text, path)))
    text = text.replace(fact, "deaths")

    changed = written(text, path, taken_at_0="total", within_at_0="24小时")

    assert clause(changed, path) == {
        "deaths": {"at_least": 50},
        "within": "P1D",
        "taken": "total",
    }
    assert "# 第一款" in changed
    spelled = changed.replace("P1D", "PT24H")
    assert written(spelled, path) == spelled
    assert written(changed, path, taken_at_0="", within_at_0="") == text


def test_another_plans_level_is_asked_for():
    filled = {"fact_at_0": "response_level", "word_at_0": "at_least", "value_at_0": "III"}
    path = ("levels", "IV", "when", "any", 2)

    changed = written(NESTED, path, **filled, of_plan_at_0="flood-drought")

    wanted = {"response_level": {"at_least": "III"}, "of_plan": "flood-drought"}
    assert clause(changed, path) == wanted
    assert refusals(NESTED, path, **filled) == {"of_plan-0": ["选哪部预案。"]}
    superior = written(changed, path, fact_at_0="superior_level", of_plan_at_0="")
    assert clause(superior, path) == {"superior_level": {"at_least": "III"}}


def test_what_the_paper_does_not_say_is_noted():
    path = ("levels", "IV", "when", "any", 2)

    changed = written(NESTED, path, fact_at_0="(unread)", unread_at_0="气象部门另行规定的")

    assert clause(changed, path) == {"not_recorded": "气象部门另行规定的"}


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"fact_at_2": "(group)"}, "fact-2-0"),
        ({"fact_at_2": "(areas)"}, "fact-2-0"),
        ({"fact_at_2": "(unread)"}, "unread-2"),
        ({"fact_at_2": "deaths"}, "value-2"),
        ({"fact_at_0_at_9": "x", "fact_at_2": "(kept)"}, "fact-2"),
        ({"value_at_1_at_1": "很多"}, "value-1-1"),
        ({"taken_at_1_at_1": "highest"}, "within-1-1"),
        ({"within_at_1_at_1": "一天"}, "taken-1-1"),
        ({"taken_at_0": "total", "within_at_0": "一天"}, "taken-0"),
        ({"fact_at_2": "(areas)", "fact_at_2_at_0": "sensitive"}, "areas-2"),
    ],
)
def test_a_part_that_is_not_finished_says_what_is_missing(sent, wrong):
    assert list(refusals(NESTED, **sent)) == [wrong]


def test_boxes_nest_no_deeper_than_they_can_be_drawn():
    name = "0"
    sent = {}
    for _ in range(300):
        sent[f"fact-{name}"] = "(group)"
        name += "-0"
    form = bound(NESTED, sent)

    assert not form.is_valid()
    assert len(form.fields) < 100


def test_the_forest_plan_can_be_written_in_the_form_alone():
    assert load(FOREST)
    for path in conditions(read_yaml(FOREST).data):
        form = bound(FOREST, {}, settled_path(path, read_yaml(FOREST).data))
        assert "(kept)" not in [form[name].value() for name in form.fields]
