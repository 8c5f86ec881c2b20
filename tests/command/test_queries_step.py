"""Whatever people do, in whatever order, a step has exactly one order, or is visibly held by people."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from liandong.command import actions, queries
from liandong.command.models import Order, Response, SharedStep, StepTask
from liandong.command.queries.step import ORDERED
from liandong.command.states import DONE, LIVE, VOID, DecisionKind, TaskKind
from liandong.kernel import clock
from liandong.kernel.worker import work_until_quiet
from liandong.plans import queries as plans
from liandong.plans.models import Run
from tests.command import county as places

pytestmark = pytest.mark.django_db

FLOOD = """
language: 1
plan: flood-drought
title: 示例县防汛抗旱应急预案
kind: special
hazard: 11A
headquarters: flood-hq
levels:
  III:
    source: {status: assumed}
    when: {any: [{stations_above_warning: {at_least: 1}}]}
    decides: {all_of: [flood-hq.deputy]}
    builds_on: IV
    steps:
      - {id: patrol, do: order, to: riverside, text: 巡堤查险}
      - {id: shelter, do: order, to: riverside, text: 转移群众, after: [patrol, rain-watch]}
      - {id: consult, do: consult, to: flood-hq.deputy, text: 主持会商}
      - {id: boats, do: request, to: schools, text: 请派车辆, after: [consult]}
  IV:
    source: {status: assumed}
    when: {any: [{rainstorm_signal: {at_least: 橙}}]}
    decides: {all_of: [flood-office.director]}
    steps:
      - {id: watch, do: order, to: water, text: 加密监测, otherwise: [schools, weather]}
      - {id: rain-watch, do: order, to: weather, text: 雨情加报, when: {spreading: true}}
      - {id: guard, do: order, to: weather, text: 看守, waits_for: {open_flame_out: true}}
      - {id: rounds, do: order, to: water, text: 巡查水闸, every: PT6H}
      - {id: settle, do: decide, to: flood-office.director, text: 是否停课}
      - {id: tell, do: release, to: schools, text: 发布提示, after: [settle, watch]}
"""
TOWN = """
language: 1
plan: town-drainage
title: 示例县城区排涝预案
kind: special
hazard: 11A
headquarters: flood-hq
levels:
  IV:
    source: {status: assumed}
    when: {any: [{rainstorm_signal: {at_least: 橙}}]}
    decides: {all_of: [flood-office.director]}
    steps:
      - {id: gauge, do: order, to: water, text: 加密监测}
      - {id: levee, do: order, to: riverside, text: 巡查堤防, same_as: flood-drought/patrol}
      - {id: pumps, do: order, to: water, text: 开泵, after: [gauge]}
"""
CHANCE = st.integers(0, 10**6)


class Incident(RuleBasedStateMachine):
    """One incident under two plans, and everything people can do to their steps."""

    county = None

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        # As the test's own transaction: actions refuse to run inside anybody else's.
        self.example._from_testcase = True
        self.example.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)
        clock.forget()

    @initialize()
    def begin(self):
        self.office = self.county.office
        self.flood = places.incident(self.county.officer)
        self.plans = {"flood": places.plan(FLOOD), "town": places.plan(TOWN)}
        self.given_away = False
        self.decide("flood", "IV")

    @rule(which=st.sampled_from(["flood", "town"]), level=st.sampled_from(["III", "IV", ""]))
    def decide(self, which, level):
        response = queries.active_response(self.flood, self.plans[which].key)
        if which == "town":
            level = level and "IV"
        before = response.level if response else ""
        kinds = {
            (False, True): DecisionKind.ACTIVATE,
            (True, False): DecisionKind.END,
            (True, True): DecisionKind.LOWER if level == "IV" else DecisionKind.RAISE,
        }
        kind = kinds.get((bool(before), bool(level)))
        if kind and before != level:
            actor = self.county.deputy if "III" in {before, level} else self.office
            places.decide(actor, self.flood, self.plans[which], kind=kind, level=level)

    @rule(chance=CHANCE)
    def finish(self, chance):
        if order := self.some(LIVE - {"declined"}, chance):
            while order.state in {"issued", "delivered"}:
                order = places.accepted(self.office, order, back=order.text)
            if order.state == "read_back":
                order = actions.accept_order(
                    self.office, order=order, expected_version=order.version
                )
            actions.finish_order(
                self.office, order=order, text="办完", expected_version=order.version
            )

    @rule(chance=CHANCE)
    def decline(self, chance):
        if order := self.some(LIVE - {"declined"}, chance):
            actions.decline_order(
                self.office, order=order, reason="没有人", expected_version=order.version
            )

    @rule(chance=CHANCE, answer=st.sampled_from(["accepted", "insisted", "plan"]))
    def answer(self, chance, answer):
        if (order := self.some({"declined"}, chance)) is None:
            return
        said = {"order": order, "expected_version": order.version}
        if answer == "plan":
            if offers := queries.alternatives_of(order):
                self.given_away = True
                actions.take_alternative(self.office, place=offers[0].place, **said)
            return
        actions.answer_counter_proposal(
            self.office, answer=answer, reason="见对案", text="改天办", **said
        )

    @rule(chance=CHANCE)
    def recall(self, chance):
        if order := self.some(LIVE, chance):
            actions.recall_order(
                self.office, order=order, reason="写错", expected_version=order.version
            )

    @rule(chance=CHANCE, to=st.sampled_from(["schools", "weather", "riverside"]))
    def reassign(self, chance, to):
        run, row = self.some_row(chance, lambda row: row.step.do in ORDERED)
        post = self.county.posts["bystander" if to == "schools" else to]
        if row and not (row.order and row.order.is_done) and row.step.to != post.key:
            self.given_away = True
            actions.reassign_step(
                self.office,
                run=run,
                step=row.step.id,
                to_post=post,
                reason="人手不够",
                expected_version=run.version,
            )

    @rule(chance=CHANCE)
    def reissue(self, chance):
        run, row = self.some_row(chance, lambda row: row.is_held)
        if row:
            actions.reissue_step(
                self.office, run=run, step=row.step.id, expected_version=run.version
            )

    @rule(chance=CHANCE)
    def drop(self, chance):
        run, row = self.some_row(chance, lambda row: True)
        if row and chance % 3 == 0:
            actions.drop_step(
                self.office,
                run=run,
                step=row.step.id,
                reason="不需要",
                expected_version=run.version,
            )

    @rule(chance=CHANCE)
    def add(self, chance):
        run, row = self.some_row(chance, lambda row: True)
        if row:
            actions.add_step(
                self.office,
                run=run,
                to_post=self.county.posts["riverside"],
                text=f"加固 {chance}",
                after=[row.step.id],
                reason="现场要求",
                expected_version=run.version,
            )

    @rule(chance=CHANCE)
    def settle(self, chance):
        tasks = list(queries.open_tasks(self.office).filter(incident=self.flood))
        if not tasks:
            return
        task = tasks[chance % len(tasks)]
        if task.kind != TaskKind.CONSULT:
            actions.settle_task(
                self.office, task=task, outcome="同意", expected_version=task.version
            )
            return
        meeting = actions.open_consultation(
            self.office, incident=self.flood, attendees=[self.county.posts["deputy"]]
        )
        actions.record_minutes(
            self.office,
            consultation=meeting,
            situation="",
            findings="维持",
            expected_version=1,
        )
        actions.close_consultation(self.office, consultation=meeting, expected_version=2)

    @rule(fact=st.sampled_from(["spreading", "open_flame_out"]), holds=st.booleans())
    def tell(self, fact, holds):
        actions.record_incident_facts(
            self.office, incident=self.flood, facts={fact: holds}, source="现场"
        )

    @rule()
    def wait(self):
        clock.set_clock("actual", clock.now("actual") + timedelta(hours=7), rate=0)
        self.work()

    @rule()
    def work(self):
        work_until_quiet(epoch=1)
        for run in plans.running_in("actual", str(self.flood.pk)):
            self.has_begun_what_is_due(run)

    @invariant()
    def no_step_has_two_orders(self):
        """Of one turn, not two that count; of all turns, not two that are owed."""
        rows = Order.objects.exclude(step="").exclude(state__in=sorted(VOID))
        counted = [(order.run_id, order.step, order.turn) for order in rows]
        owed = [(order.run_id, order.step) for order in rows if order.is_live]
        assert len(counted) == len(set(counted))
        assert len(owed) == len(set(owed))

    @invariant()
    def no_measure_is_owed_twice(self):
        """Until somebody gives a measure away, no unit has the same of two plans."""
        if not self.given_away:
            owed = Order.objects.filter(state__in=sorted(LIVE), counter_answer="")
            said = [(order.to_body_id, order.text) for order in owed.filter(replaces=None)]
            assert len(said) == len(set(said))

    def has_begun_what_is_due(self, run):
        """The oracle: read straight from the tables, and from what is known."""
        steps = {step.id: step for step in plans.steps_of(run)}
        ruled_out, waiting = plans.held_back(run, list(steps.values()))
        for step in steps.values():
            before = {name for name in step.after if name in steps} - ruled_out
            free = all(self.is_done(run, name) for name in before)
            orders, tasks = self.given(run, step.id), self.asked(run, step.id)
            if step.id in ruled_out or step.id in waiting or not free:
                continue
            if step.do in ORDERED:
                assert orders, f"{run} {step.id}: nobody was ordered"
                standing = [one for one in orders if one.state not in VOID]
                held = max(orders, key=lambda one: one.number).state == "recalled"
                assert held or standing, f"{run} {step.id}: its order got lost"
            else:
                assert tasks.count() == 1, f"{run} {step.id}: nobody was asked"

    def is_done(self, run, step):
        settled = self.asked(run, step).exclude(settled_at=None).exists()
        return settled or any(order.state in DONE for order in self.given(run, step))

    def given(self, run, step):
        shared = SharedStep.objects.filter(run=run, step=step).values("order")
        return [*Order.objects.filter(run=run, step=step), *Order.objects.filter(pk__in=shared)]

    def asked(self, run, step):
        return StepTask.objects.filter(run=run, step=step)

    def some(self, states, chance):
        rows = list(
            queries.visible_orders(self.office).filter(
                state__in=sorted(states), incident=self.flood
            )
        )
        return rows[chance % len(rows)] if rows else None

    def some_row(self, chance, wanted):
        found = [
            (course.run, row)
            for course in queries.courses(self.flood, clock.now("actual"))
            for row in course.rows
            if wanted(row)
        ]
        return found[chance % len(found)] if found else (None, None)


def test_whatever_happens_every_step_that_is_due_has_one_order_or_is_held(county, at):
    at("2030-07-14T04:00")
    Incident.county = county

    # Not made smaller when it fails: that takes minutes, and the log of what was done is short.
    run_state_machine_as_test(
        Incident,
        settings=settings(
            max_examples=20, stateful_step_count=25, deadline=None, phases=[Phase.generate]
        ),
    )

    assert not Response.objects.exists()
    assert not Run.objects.exists()
