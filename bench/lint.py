"""The check-up: 200 plans of 200 steps each, against 10,000 records of a county."""

import time
from collections.abc import Callable
from datetime import timedelta

import django

django.setup()

from bench.reference import lint as plain  # noqa: E402 -- app ready
from liandong.kernel import clock  # noqa: E402 -- app ready
from liandong.kernel.actors import ACTUAL  # noqa: E402 -- app ready
from liandong.messaging.models import ContactPoint  # noqa: E402 -- app ready
from liandong.messaging.states import Channel  # noqa: E402 -- app ready
from liandong.organization.models import Appointment, Body, Duty, Person, Post  # noqa: E402 -- app ready
from liandong.organization.states import BodyKind, Phase  # noqa: E402 -- app ready
from liandong.plans.language import Plan, load  # noqa: E402 -- app ready
from liandong.plans.language.linting import check_up, rules  # noqa: E402 -- app ready
from liandong.plans.language.linting.example import SOUND  # noqa: E402 -- app ready

PLANS, STEPS, EACH = 200, 200, 1_700  # six registers of so many rows: 10,000 records
CHAIN = 5  # steps that come one after another


def ours(seconds: float) -> float:
    """Plans a second, by every rule there is."""
    return _rate(lambda: check_up(_plans, rules()), seconds)


def reference(seconds: float) -> float:
    """Plans a second, by the plain loop."""
    return _rate(lambda: plain.check(_plans), seconds)


def _rate(check: Callable[[], object], seconds: float) -> float:
    began, rounds = time.monotonic(), 0
    while not rounds or time.monotonic() < began + seconds:
        check()
        rounds += 1
    return PLANS * rounds / (time.monotonic() - began)


def _fill() -> None:
    at = clock.now(ACTUAL) - timedelta(days=1)
    numbers = range(EACH)
    bodies = [
        Body(key=f"unit-{n}", name=f"单位{n}", short_name=f"单位{n}", kind=BodyKind.UNIT)
        for n in numbers
    ]
    posts = [
        Post(key=f"unit-{n}.liaison", body=body, title="联络员", is_liaison=True)
        for n, body in enumerate(bodies)
    ]
    people = [Person(name=f"王{n}", sort_key=f"{n}") for n in numbers]
    chairs = [
        Appointment(post=post, person=who, from_at=at)
        for post, who in zip(posts, people, strict=True)
    ]
    ways = [
        ContactPoint(person=who, channel=Channel.MOBILE, address=f"1380000{n:04d}")
        for n, who in enumerate(people)
    ]
    duties = [Duty(body=body, phase=Phase.RESPONSE, text="封闭道路") for body in bodies]
    Body.objects.bulk_create(bodies)
    Duty.objects.bulk_create(duties)
    Post.objects.bulk_create(posts)
    Person.objects.bulk_create(people)
    Appointment.objects.bulk_create(chairs)
    ContactPoint.objects.bulk_create(ways)


def _plan(number: int) -> Plan:
    short = load(SOUND)
    four = short.levels["IV"]
    steps = [
        four.steps[1].model_copy(
            update={
                "id": f"step-{n}",
                "to": f"unit-{(number * STEPS + n) % EACH}",
                "text": f"封闭 {n} 号路口，转移受威胁群众",
                "after": [f"step-{n - 1}"] if n % CHAIN else [],
            }
        )
        for n in range(STEPS)
    ]
    levels = {**short.levels, "IV": four.model_copy(update={"steps": [*steps, four.steps[-1]]})}
    return short.model_copy(
        update={"plan": f"plan-{number}", "hazard": f"11G{number:03d}", "levels": levels}
    )


_fill()
_plans = [_plan(number) for number in range(PLANS)]
