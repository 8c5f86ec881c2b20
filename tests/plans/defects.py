"""Defects put into plans and counties by a random hand that always does the same."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass

from liandong.plans.language import dictionary, read_duration, write_duration

NUMBERS = {name for name, fact in dictionary().items() if fact.is_numeric}


@dataclass
class Defect:
    """A plan's or county's data with something wrong in it, and where that is to be found."""

    kind: str
    plan: dict
    county: dict
    path: tuple = ()
    about: str = ""


def defects(rng, plan, county, many):
    """So many defects of a plan, each alone, every kind in turn where the plan bears it."""
    kinds = list(KINDS)
    rng.shuffle(kinds)
    made = []
    while len(made) < many:
        for kind in kinds:
            here = [copy.deepcopy(plan), copy.deepcopy(county)]
            places = list(kind(*here))
            if places and len(made) < many:
                at = rng.randrange(len(places))
                here = [copy.deepcopy(plan), copy.deepcopy(county)]
                spoil, path, about = list(kind(*here))[at]
                spoil()
                made.append(Defect(kind.__name__, *here, path=path, about=about))
    return made


def steps(plan):
    for key, level in plan["levels"].items():
        for at, step in enumerate(level.get("steps", ())):
            yield key, level, ("levels", key, "steps", at), step


def orders(plan):
    return [one for one in steps(plan) if one[3]["do"] == "order"]


def clauses(plan):
    for key, level in plan["levels"].items():
        when = level.get("when") or {}
        parts = when.get("any")
        for at, clause in enumerate(parts or [when]):
            path = ("levels", key, "when", *(("any", at) if parts else ()))
            yield key, path, clause


def numbers(plan):
    """Clauses on one number alone."""
    for key, path, clause in clauses(plan):
        names = [name for name in clause if name in NUMBERS and "within" not in clause]
        if len(names) == 1 and isinstance(clause[names[0]], dict):
            yield key, path, names[0], clause[names[0]]


def changing(target, **changes):
    def spoil():
        target.update(changes)

    return spoil


def dropping(target, *names):
    def spoil():
        for name in names:
            target.pop(name, None)

    return spoil


def dropped_owner(plan, _county) -> Iterator:
    for _key, _level, path, step in steps(plan):
        yield dropping(step, "to"), path, ""


def cut_dependency(plan, _county):
    for _key, _level, path, step in steps(plan):
        yield changing(step, after=["what-is-not-there"]), path, ""


def circle(plan, _county):
    for _key, _level, path, step in steps(plan):
        yield changing(step, after=[step["id"]]), path[:3], ""


def doubled_id(plan, _county):
    for _key, level, path, step in steps(plan):
        if path[3]:
            yield changing(step, id=level["steps"][0]["id"]), path, ""


def swapped_bound(plan, _county):
    for _key, path, _name, bounds in numbers(plan):
        if {"at_least", "below"} <= set(bounds):
            new = {"at_least": bounds["below"], "below": bounds["at_least"]}
            yield changing(bounds, **new), path, ""


def gap(plan, _county):
    lows = {(name, b["at_least"]) for _k, _p, name, b in numbers(plan) if "at_least" in b}
    for _key, path, name, bounds in numbers(plan):
        if (name, bounds.get("below")) in lows and bounds["below"] - bounds.get(
            "at_least", 0
        ) > 1:
            yield changing(bounds, below=bounds["below"] - 1), path, ""


def overlap(plan, _county):
    lows = {(name, b["at_least"]) for _k, _p, name, b in numbers(plan) if "at_least" in b}
    for _key, path, name, bounds in numbers(plan):
        if (name, bounds.get("below")) in lows and "at_least" in bounds:
            yield changing(bounds, below=bounds["below"] + 2), path, ""


def never_higher(plan, _county):
    """A lower level's number above that of a higher level."""
    order = ["I", "II", "III", "IV"]
    for key, path, name, bounds in numbers(plan):
        above = [
            other["at_least"]
            for level, _p, fact, other in numbers(plan)
            if fact == name
            and set(other) == {"at_least"}
            and order.index(level) < order.index(key)
        ]
        if above and set(bounds) == {"at_least"}:
            yield changing(bounds, at_least=max(above) + 1), path, ""


def always_true(plan, _county):
    for _key, path, name, bounds in numbers(plan):
        lowest = dictionary()[name].lowest
        if lowest is not None and set(bounds) == {"at_least"}:
            yield changing(bounds, at_least=int(lowest)), path, ""


def unknown_fact(plan, _county):
    for _key, path, clause in clauses(plan):
        yield changing(clause, what_nobody_asks=True), path, ""


def impossible_deadline(plan, _county):
    for _key, _level, path, step in orders(plan):
        if "finish_within" in step:
            yield changing(step, acknowledge_within=step["finish_within"]), path, ""


def no_deadline(plan, _county):
    for _key, _level, path, step in orders(plan):
        yield dropping(step, "finish_within", "every"), path, ""


def chain_too_long(plan, _county):
    for key, level, _path, step in steps(plan):
        ids = {one["id"]: one for one in level["steps"]}
        if level.get("expected") and step.get("after") and step.get("finish_within"):
            before = ids.get(step["after"][0])
            long = read_duration(level["expected"])
            short = before and before.get("finish_within")
            if short and long > read_duration(short):
                new = write_duration(long - read_duration(short) / 2)
                yield changing(step, finish_within=new), ("levels", key, "steps"), ""


def report_without_clock(plan, _county):
    for _key, _level, path, step in steps(plan):
        if step["do"] == "report":
            yield dropping(step, "every", "finish_within"), path, ""


def report_too_seldom(plan, _county):
    for _key, level, path, step in steps(plan):
        if step["do"] == "report" and level.get("expected"):
            yield changing(step, every=level["expected"]), path, ""


def endless_order(plan, _county):
    for _key, _level, path, step in orders(plan):

        def spoil(step=step):
            step.pop("finish_within", None)
            step["every"] = "PT1H"

        yield spoil, path, ""


def waits_for_reports(plan, _county):
    for _key, level, path, step in orders(plan):
        reports = [s["id"] for s in level["steps"] if s["do"] == "report" and s.get("every")]
        if reports:
            yield changing(step, after=[reports[0]]), path, ""


def step_that_never_is(plan, _county):
    for _key, _level, path, step in steps(plan):
        yield changing(step, when={"deaths": {"at_least": 9, "below": 3}}), path, ""


def no_verb(plan, _county):
    for _key, _level, path, step in steps(plan):
        yield changing(step, text="沿河道路"), path, ""


def two_things(plan, _county):
    for _key, _level, path, step in steps(plan):
        yield changing(step, text="封闭道路；另派两组到学校登记"), path, ""


def nothing_to_read_back(plan, _county):
    for _key, _level, path, step in orders(plan):
        yield dropping(step, "acknowledge_within"), path, ""


def nothing_to_show(plan, _county):
    for _key, _level, path, step in orders(plan):
        yield dropping(step, "proof"), path, ""


def removed_decider(plan, _county):
    yield from _without(plan, "decides")


def no_expected_duration(plan, _county):
    yield from _without(plan, "expected")


def nobody_told(plan, _county):
    yield from _without(plan, "informs")


def nobody_proposes(plan, _county):
    yield from _without(plan, "proposes")


def cut_from_below(plan, _county):
    yield from _without(plan, "builds_on")


def _without(plan, name):
    for key, level in plan["levels"].items():
        if level.get(name):
            yield dropping(level, name), ("levels", key), ""


def one_decider_twice(plan, _county):
    for key, level in plan["levels"].items():
        posts = next(iter((level.get("decides") or {"": []}).values()))
        if posts:
            new = {"all_of": [posts[0], posts[0]]}
            yield changing(level, decides=new), ("levels", key, "decides"), ""


def no_report_at_all(plan, _county):
    level = plan["levels"].get("IV")
    if level and level.get("steps"):

        def spoil():
            for one in plan["levels"].values():
                one["steps"] = [s for s in one.get("steps", ()) if s["do"] != "report"]

        yield spoil, ("levels", "IV"), ""


def nothing_to_start(plan, _county):
    for _key, _level, path, step in steps(plan):
        yield changing(step, do="start_plan", plan="what-is-not-there"), path, ""


def needed(plan, county):
    """The chairs that steps go to, each with its key and where it is needed."""
    for _key, _level, path, step in orders(plan):
        unit = county["units"].get(step["to"])
        key = unit["receives"] if unit else step["to"]
        if not county["units"][county["chairs"][key]["body"]]["is_elsewhere"]:
            yield path, key, step["to"]


def deciders(plan, county):
    for key, level in plan["levels"].items():
        for post in next(iter((level.get("decides") or {"": []}).values())):
            yield ("levels", key, "decides"), county["chairs"][post]


def vacant_post(plan, county):
    for path, key, _to in needed(plan, county):
        yield changing(county["chairs"][key], seated=[]), path, key


def vacant_decider(plan, county):
    for path, chair in deciders(plan, county):
        yield changing(chair, seated=[]), path, chair["key"]


def no_telephone(plan, county):
    for path, key, _to in needed(plan, county):
        alone = [{"person": "1", "name": "王伟", "has_phone": False}]
        yield changing(county["chairs"][key], seated=alone), path, key


def no_account(plan, county):
    for path, chair in deciders(plan, county):
        alone = [{"person": "1", "name": "王伟", "has_account": False}]
        yield changing(chair, seated=alone), path, chair["key"]


def no_deputy(plan, county):
    for path, chair in deciders(plan, county):
        yield changing(chair, seated=chair["seated"][:1]), path, chair["key"]


def no_second_factor(plan, county):
    for path, chair in deciders(plan, county):
        holder = {**chair["seated"][0], "lacks_factor": True}
        yield changing(chair, seated=[holder, *chair["seated"][1:]]), path, chair["key"]


def abolished_body(plan, county):
    for path, _key, to in needed(plan, county):
        if to in county["units"]:
            yield dropping(county["units"], to), path, to


def no_duty(plan, county):
    for path, _key, to in needed(plan, county):
        if to in county["units"] and plan["hazard"] != "any":
            yield changing(county["units"][to], hazards=[]), path, to


def one_person_decides_for_two(plan, county):
    for key, level in plan["levels"].items():
        posts = (level.get("decides") or {}).get("all_of") or []
        if len(posts) > 1:
            first, second = (county["chairs"][post] for post in posts[:2])
            yield (
                changing(second, seated=first["seated"]),
                ("levels", key, "decides"),
                second["key"],
            )


def order_upward(plan, county):
    for path, _key, to in needed(plan, county):
        if to in county["units"]:
            yield changing(county["units"][to], is_elsewhere=True), path, to


def nobody_on_duty(_plan, county):
    yield changing(county, unwatched=["值班员"]), (), "roster"


KINDS = (
    *(dropped_owner, cut_dependency, circle, doubled_id, swapped_bound, gap, overlap),
    *(
        never_higher,
        always_true,
        unknown_fact,
        impossible_deadline,
        no_deadline,
        chain_too_long,
    ),
    *(report_without_clock, report_too_seldom, endless_order, waits_for_reports),
    *(step_that_never_is, no_verb, two_things, nothing_to_read_back, nothing_to_show),
    *(removed_decider, no_expected_duration, nobody_told, nobody_proposes, cut_from_below),
    *(one_decider_twice, no_report_at_all, nothing_to_start, vacant_post, vacant_decider),
    *(no_telephone, no_account, no_deputy, no_second_factor, abolished_body, no_duty),
    *(one_person_decides_for_two, order_upward, nobody_on_duty),
)
