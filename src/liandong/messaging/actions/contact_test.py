"""Test calls (试呼) to a part of the call list, in quiet times: which numbers still work."""

from datetime import datetime, time, timedelta
from math import ceil
from uuid import UUID

from django.conf import settings
from django.utils.timezone import localtime

from liandong.kernel import clock
from liandong.kernel.actions import action
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.timers import set_timer
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries, rules
from liandong.messaging.actions.call_out import Called, begin_call_out, who_is_meant
from liandong.messaging.models import CallOut
from liandong.messaging.permissions import Permission
from liandong.messaging.states import Urgency

CONTACT_TEST = "messaging.contact_test"
WEEKDAY, AT = 1, time(10, 0)  # Tuesday morning
WORKDAY = (time(9, 0), time(17, 30))
LATEST_START = timedelta(hours=1)


@action(Permission.START_CALL_OUT)
def start_contact_test(actor: Actor, *, percent: int, idempotency_key: str = "") -> CallOut:
    """Call a part of the call list once each, as a test; those first whose numbers were verified longest ago.

    Publishes ``CallOutStarted``. Whoever confirms has a number that works, and a wrong one is kept
    as wrong; nobody is gone to. Refuses nights and rest hours, a drill, and while people are called
    in earnest. Clause 三(一)1.
    """
    now = clock.now(actor.realm)
    if actor.realm != ACTUAL:
        raise Forbidden(_("演练中不试呼。"), remedy=_("请先退出演练，再办理。"))
    if not 1 <= percent <= 100:
        remedy = _("请填 1 到 100。")
        raise Invalid(_("比例不对。"), remedy=remedy, fields={"percent": remedy})
    if not _is_quiet(now):
        raise IllegalMove(
            _("现在不是试呼的时间。"),
            remedy=_("请在工作时间 9:00 到 16:30 之间试呼，夜间不打扰。"),
        )
    if queries.running(actor.realm).exists():
        raise IllegalMove(_("正在叫应，不能试呼。"), remedy=_("请等叫应结束后再试。"))
    people = [one for one in who_is_meant(list(queries.call_list()), ACTUAL) if one.numbers]
    if not people:
        raise Invalid(_("叫应名单上没有可试呼的人。"), place=_("叫应名单"))
    known = queries.verified_last(one.numbers[0] for one in people)
    people.sort(key=lambda one: _longest_ago(one, known))
    text = rules.mark(actor.realm) + _(
        "【试呼】这是联系方式核对，没有险情。听完请按 1 确认，谢谢。"
    )
    return begin_call_out(
        actor,
        people[: ceil(len(people) * percent / 100)],
        CallOut(
            realm=actor.realm,
            audience=["duty"],
            subject_kind="messaging.contact_test",
            subject_id=f"{localtime(now):%Y-%m-%d}",
            title=_("试呼 %(day)s") % {"day": f"{localtime(now):%Y-%m-%d}"},
            text=text,
            seconds=rules.spoken_seconds(text),
            urgency=Urgency.BLUE,
            is_test=True,
            started_at=now,
            started_by=actor.label[:200],
        ),
    )


def set_next_test(now: datetime) -> None:
    """Have numbers tested next Tuesday morning, by the county's clock."""
    local = localtime(now)
    days = (WEEKDAY - local.weekday() - 1) % 7 + 1
    at = local.replace(hour=AT.hour, minute=AT.minute, second=0, microsecond=0)
    set_timer(
        CONTACT_TEST,
        realm=ACTUAL,
        due_at=at + timedelta(days=days),
        subject_kind="messaging.call_list",
        subject_id="all",
    )


def is_test_due(due_at: datetime, now: datetime) -> bool:
    """Whether a test that was due is still to be made: not one that a node slept through."""
    late = now - due_at > LATEST_START
    return settings.VOICE_TEST_PERCENT > 0 and not late and _is_quiet(now)


def _is_quiet(now: datetime) -> bool:
    """By day, with an hour to spare for the calls themselves."""
    begins, ends = WORKDAY
    at = localtime(now)
    return begins <= at.time() <= (datetime.combine(at.date(), ends) - LATEST_START).time()


def _longest_ago(one: Called, known: dict[str, datetime | None]) -> tuple[bool, str, UUID]:
    at = known.get(one.numbers[0])
    return at is not None, at.isoformat() if at else "", one.key
