"""What the fire is expected to show."""

from collections.abc import Callable, Iterator

from liandong.demo.expectations import (
    Expectation,
    Story,
    conferred,
    decided,
    declined,
    escalated,
    ordered,
    proposed,
    reported,
    settled,
)

# The plan's nine measures as steps that are ordered; what the second asks besides is a consultation.
MEASURES = {
    "office-on-duty",
    "work-team",
    "forces",
    "attack",
    "weather",
    "ask-city",
    "protect",
    "fire-danger-warning",
    "tell-public",
}
GUARDING = ("mop-up", "guard")


def judge(story: Story) -> Iterator[Expectation]:
    """A fire has to be answered, put out, guarded and ended in order."""
    yield from (check(story) for check in FIRE)


def _called(story: Story) -> Expectation:
    calls = story.of("command.call_registered")
    first = next(iter(story.of("command.level_proposed")), None)
    asked = str(first.payload["open_facts"]) if first else ""
    met = bool(calls) and first is not None and not first.payload["at_least"]
    return Expectation(
        "call_with_facts_missing",
        met and "过火面积" in asked and "重伤" in asked,
        f"接报 {len(calls)} 次，首次研判待核实：{asked or '无'}",
    )


def _at_least_four(story: Story) -> Expectation:
    said = [one.payload["headline"] for one in story.of("command.level_proposed")]
    found = [one for one in said if "至少Ⅳ级" in one and "未定" in one]
    return Expectation(
        "at_least_four_rest_open", bool(found), found[0] if found else "没有这样的建议"
    )


def _together(story: Story) -> Expectation:
    begun = story.of("command.response_decided", kind="activate")
    who = str(begun[0].payload["signed_by"]) if begun else ""
    met = len(begun) == 1 and "常务副指挥长" in who and "办公室 主任" in who
    return Expectation("two_decided_together", met, who or "没有启动")


def _measured(story: Story) -> Expectation:
    given = {one.payload["step"] for one in story.of("command.order_issued")}
    missing = sorted(MEASURES - given)
    return Expectation(
        "nine_measures_ordered",
        not missing,
        f"{len(MEASURES & given)}/{len(MEASURES)} 条措施下达",
    )


def _on_the_spot(story: Story) -> Expectation:
    names = (
        "field_post_opened",
        "field_group_set",
        "field_adjustment_noted",
        "field_post_closed",
    )
    counts = [len(story.of(f"command.{name}")) for name in names]
    return Expectation(
        "commanded_on_the_spot",
        all(counts),
        "设立 {}，编组 {}，现场调整 {}，撤销 {}".format(*counts),
    )


def _guarded(story: Story) -> Expectation:
    out = next((at for at, one in enumerate(story.told) if _says(one, "open_flame_out")), None)
    steps = {
        one.payload["step"]: (at, one.subject_id)
        for at, one in enumerate(story.told)
        if one.name == "command.order_issued" and one.payload["step"] in GUARDING
    }
    checked = {one.subject_id for one in story.of("command.order_checked")}
    met = (
        out is not None
        and len(steps) == len(GUARDING)
        and all(at > out and order in checked for at, order in steps.values())
    )
    return Expectation(
        "guarded_after_the_flame", met, f"明火扑灭后清理看守 {len(steps)} 道令，均已核验"
    )


def _says(one: object, fact: str) -> bool:
    payload = getattr(one, "payload", {})
    return getattr(one, "name", "") == "plans.facts_recorded" and (
        payload.get("facts", {}).get(fact) == "true"
    )


def _ended_in_order(story: Story) -> Expectation:
    ends = [
        *story.of("command.response_decided", kind="end"),
        *story.of("command.field_post_closed"),
        *story.of("command.incident_closed"),
    ]
    moments = [one.position for one in ends]
    met = len(ends) == 3 and moments == sorted(moments)
    return Expectation("ended_in_order", met, " → ".join(one.sentence for one in ends))


FIRE: tuple[Callable[[Story], Expectation], ...] = (
    _called,
    proposed,
    _at_least_four,
    conferred,
    decided,
    _together,
    ordered,
    _measured,
    declined,
    escalated,
    _on_the_spot,
    _guarded,
    settled,
    reported,
    _ended_in_order,
)
