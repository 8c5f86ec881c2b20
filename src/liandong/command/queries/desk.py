"""What needs me now: everything that waits for an actor, by time left."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from liandong.command.models import CongressFiling, FieldPost, Order, Report
from liandong.command.permissions import Permission
from liandong.command.queries.choice import disputed_figures, figures_named
from liandong.command.queries.desk_deciding import deciding
from liandong.command.queries.desk_item import DeskItem, chairs
from liandong.command.queries.evacuation import overfilled
from liandong.command.queries.field_people import overworked
from liandong.command.queries.field_post import idle_field_posts
from liandong.command.queries.incident import goes_on, visible_open_incidents
from liandong.command.queries.order import due_at, own_orders, visible_orders
from liandong.command.queries.report import reports_waiting
from liandong.command.queries.signal import open_signals
from liandong.command.queries.special_period import periods_in_force, visible_filings
from liandong.command.queries.step import open_tasks
from liandong.command.queries.superior_order import owed_superior_orders
from liandong.command.queries.transfer import waiting_transfers
from liandong.command.states import (
    LIVE,
    UNANSWERED,
    UNDER_WAY,
    Channel,
    OrderState,
    SignalState,
)
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _

# A special period stands on the desk so long before its end.
ENDING = timedelta(days=1)


def desk_items(actor: Actor, now: datetime) -> list[DeskItem]:
    """All that waits for the actor, overdue on top. A fixed number of queries."""
    items = [
        *_own(actor),
        *deciding(actor, now),
        *_tasks(actor),
        *_reports(actor),
        *_signals(actor),
        *_transfers(actor),
        *_figures(actor),
        *_field_posts(actor),
        *_overworked(actor, now),
        *_overfilled(actor),
        *_filings(actor),
        *_ending_periods(actor, now),
        *_superior_orders(actor),
    ]
    if actor.may(Permission.ISSUE_ORDER):
        taken = {item.key for item in items}
        items += [item for item in _others(actor, now) if item.key not in taken]
    return sorted(items, key=lambda item: (item.rank, item.key))


def _own(actor: Actor) -> Iterator[DeskItem]:
    """Orders given to me, that I have to answer or to carry out."""
    verbs = {
        OrderState.READ_BACK: _("接受"),
        OrderState.ACCEPTED: _("报进展"),
        OrderState.IN_PROGRESS: _("报进展"),
        OrderState.RETURNED: _("重新办理"),
    }
    for order in own_orders(actor, LIVE - {OrderState.DECLINED}):
        state = OrderState(order.state)
        due = due_at(order)
        yield DeskItem(
            key=f"order-{order.pk}",
            title=_("%(order)s：%(text)s") % {"order": order, "text": order.text},
            detail=_("%(incident)s · %(by)s下达 · %(state)s")
            % {"incident": order.incident, "by": order.issued_by, "state": state.label},
            page="order",
            pk=str(order.pk),
            verb=verbs.get(state, _("复诵")),
            due_at=due,
            started_at=order.asked_at,
            since=order.asked_at,
            main=state in UNANSWERED,
        )


def _others(actor: Actor, now: datetime) -> Iterator[DeskItem]:
    """Orders that want the headquarters: declined, overdue, finished and not yet checked."""
    wanted = (
        Q(state__in=[OrderState.DECLINED, OrderState.FINISHED])
        | Q(state__in=sorted(UNANSWERED), acknowledge_by__lt=now)
        | Q(state__in=sorted(UNDER_WAY), finish_by__lt=now)
    )
    rows = visible_orders(actor).filter(wanted).filter(goes_on())
    for order in rows:
        if order.state == OrderState.DECLINED:
            yield _item(order, _("无法执行"), order.last_word, _("答复对案"), order.declined_at)
        elif order.state == OrderState.FINISHED:
            yield _item(order, _("待核验"), order.last_word, _("核验"), order.finished_at)
        else:
            yield _item(order, _("超时"), order.last_word, _("电话催办"), None)


def _item(order: Order, what: str, word: str, verb: str, since: datetime | None) -> DeskItem:
    return DeskItem(
        key=f"order-{order.pk}",
        title=_("%(order)s%(what)s：%(to)s")
        % {"order": order, "what": what, "to": order.to_body},
        detail=f"{order.incident} · {order.text[:60]} · {word}",
        page="order",
        pk=str(order.pk),
        verb=verb,
        due_at=None if since else due_at(order),
        started_at=order.asked_at,
        since=since,
        main=order.state == OrderState.DECLINED,
    )


def _tasks(actor: Actor) -> Iterator[DeskItem]:
    """What plans ask of my chairs that is no order."""
    if not actor.may(Permission.ANSWER_TASK):
        return
    for task in open_tasks(actor).filter(to_post__in=chairs(actor)):
        yield DeskItem(
            key=f"task-{task.pk}",
            title=str(task),
            detail=f"{task.incident} · {task.run.plan_version.title}",
            page="task",
            pk=str(task.pk),
            verb=_("办理"),
            since=task.asked_at,
            main=True,
        )


def _field_posts(actor: Actor) -> Iterator[DeskItem]:
    """Field headquarters that stand after the response has ended: withdrawing is its own decision."""
    if not actor.may(Permission.CLOSE_FIELD_POST):
        return
    rows: list[FieldPost] = list(idle_field_posts(actor))
    for post in rows:
        yield DeskItem(
            key=f"field-post-{post.pk}",
            title=_("待撤销：%(post)s") % {"post": post},
            detail=_("响应已终止 · %(place)s") % {"place": post.place},
            page="field_post",
            pk=str(post.pk),
            verb=_("看现场"),
            since=post.opened_at,
        )


def _overworked(actor: Actor, now: datetime) -> Iterator[DeskItem]:
    """People on the spot who have worked longer than a shift, until somebody relieves them."""
    if not actor.may(Permission.SIGN_FIELD_PEOPLE):
        return
    for one in overworked(actor, now):
        yield DeskItem(
            key=f"field-people-{one.pk}",
            title=_("该轮休：%(post)s %(n)d 人") % {"post": one.name, "n": one.n},
            detail=_("连续在岗已满一个班时 · %(place)s") % {"place": one.place},
            page="field_people",
            pk=str(one.pk),
            verb=_("安排轮休"),
            since=one.since,
        )


def _overfilled(actor: Actor) -> Iterator[DeskItem]:
    """Shelters with more people than they hold, for whoever can send them elsewhere."""
    if not actor.may(Permission.NOTE_DELIVERY):
        return
    for one in overfilled(actor):
        yield DeskItem(
            key=f"shelter-{one.pk}",
            title=_("安置点超员：%(shelter)s") % {"shelter": one.name},
            detail=_("安置 %(people)d 人，可容纳 %(capacity)d 人")
            % {"people": one.people, "capacity": one.capacity},
            page="evacuation",
            pk=str(one.incident),
            verb=_("分流安置"),
            since=one.since,
        )


def _filings(actor: Actor) -> Iterator[DeskItem]:
    """Decisions that the standing committee of the people's congress has yet to be told of."""
    if not actor.may(Permission.FILE_WITH_CONGRESS):
        return
    rows: list[CongressFiling] = list(visible_filings(actor).filter(filed_at=None))
    for filing in rows:
        yield DeskItem(
            key=f"filing-{filing.pk}",
            title=str(filing),
            detail=_("《突发事件应对法》第二十五条 · %(paper)s")
            % {"paper": filing.decision_paper},
            page="period",
            pk=str(filing.special_period_id),
            verb=_("登记报送"),
            due_at=filing.due_at,
        )


def _ending_periods(actor: Actor, now: datetime) -> Iterator[DeskItem]:
    """Special periods that end within a day: extended, lifted or left to lapse, by people."""
    if not actor.may(Permission.DECLARE_SPECIAL_PERIOD):
        return
    rows = periods_in_force(actor, now).filter(ends_at__lte=now + ENDING)
    for period in rows:
        yield DeskItem(
            key=f"period-{period.pk}",
            title=_("%(period)s快到期") % {"period": period},
            detail=f"{period.declared_by} · {period.paper}",
            page="period",
            pk=str(period.pk),
            verb=_("看时期"),
            due_at=period.ends_at,
            started_at=period.starts_at,
            since=period.starts_at,
        )


def _superior_orders(actor: Actor) -> Iterator[DeskItem]:
    """What a superior told the county: to be passed on, or reported back once it was carried out."""
    if not actor.may(Permission.RECEIVE_SUPERIOR_ORDER):
        return
    for one in owed_superior_orders(actor):
        if one.live_count:  # type: ignore[attr-defined]
            continue
        done = bool(one.done_count)  # type: ignore[attr-defined]
        yield DeskItem(
            key=f"superior-order-{one.pk}",
            title=_("%(what)s：%(words)s")
            % {
                "what": _("上级指令待回报") if done else _("上级指令待落实"),
                "words": one.words,
            },
            detail=f"{one.incident} · {one.headquarters} {one.told_by}",
            page="superior_order",
            pk=str(one.pk),
            verb=_("回报") if done else _("下达落实"),
            due_at=one.finish_by,
            started_at=one.told_at,
            since=one.told_at,
            main=not done,
        )


def _reports(actor: Actor) -> Iterator[DeskItem]:
    """Reports that are owed, and late ones of which nobody has said why."""
    if not actor.may(Permission.DRAFT_REPORT):
        return
    for report in reports_waiting(actor):
        if report.is_sent:
            yield _late(report)
            continue
        yield DeskItem(
            key=f"report-{report.pk}",
            title=_("应报：%(title)s → %(to)s") % {"title": report.title, "to": report.to},
            detail=f"{report.incident} · {Channel(report.channel).label} · {report.counted}",
            page="report",
            pk=str(report.pk),
            verb=_("报出") if report.text else _("写%(title)s") % {"title": report.title},
            due_at=report.due_at,
            started_at=report.counted_from,
            since=report.counted_from or report.incident.opened_at,
        )


def _late(report: Report) -> DeskItem:
    return DeskItem(
        key=f"late-{report.pk}",
        title=_("%(title)s迟报 %(n)d 分钟，请补原因")
        % {"title": report.title, "n": report.late_minutes},
        detail=f"{report.incident} · {Channel(report.channel).label} → {report.to}",
        page="explain_lateness",
        pk=str(report.pk),
        verb=_("写原因"),
        since=report.sent_at,
    )


def _signals(actor: Actor) -> Iterator[DeskItem]:
    """Signals this chair has answered and not yet written down, and those handed to the leader."""
    if not actor.may(Permission.TAKE_SIGNAL):
        return
    for signal in open_signals(actor):
        handed = signal.state == SignalState.HANDED
        yield DeskItem(
            key=f"signal-{signal.pk}",
            title=_("%(what)s：%(signal)s")
            % {"what": _("已转，还没有接") if handed else _("接听后待登记"), "signal": signal},
            detail=signal.words[:80] or signal.number,
            page="signal",
            pk=str(signal.pk),
            verb=_("接听登记") if handed else _("登记"),
            since=signal.taken_at or signal.raised_at,
            main=True,
        )


def _transfers(actor: Actor) -> Iterator[DeskItem]:
    """What was handed to me, and for the desk what nobody has taken over yet."""
    if not actor.may(Permission.ANSWER_TRANSFER):
        return
    own, duty = set(chairs(actor)), actor.may(Permission.TAKE_SIGNAL)
    for one in waiting_transfers(actor):
        mine = one.to_post_id in own or f"body:{one.to_body_id}" in actor.scopes
        if not (mine or duty):
            continue
        yield DeskItem(
            key=f"transfer-{one.pk}",
            title=_("移送来，待接收：%(what)s") % {"what": one.text[:60]}
            if mine
            else _("移送中，等%(to)s接收：%(what)s")
            % {"to": one.to_body.short_name, "what": one.text[:60]},
            detail=_("%(by)s移送 · %(reason)s") % {"by": one.sent_by, "reason": one.reason},
            page="transfer",
            pk=str(one.pk),
            verb=_("接收或退回") if mine else _("催办"),
            due_at=one.answer_by,
            started_at=one.sent_at,
            main=mine,
        )


def _figures(actor: Actor) -> Iterator[DeskItem]:
    """Figures about which tellers differ, for whoever may say what counts."""
    if not actor.may(Permission.CHOOSE_FACT):
        return
    there = {one.pk: one for one in visible_open_incidents(actor)}
    open_: dict[UUID, list[str]] = {}
    for pk, name in disputed_figures(actor, list(there)) if there else ():
        open_.setdefault(pk, []).append(name)
    for pk, names in open_.items():
        yield DeskItem(
            key=f"figures-{pk}",
            title=_("数字说法不一，待核定：%(figures)s") % {"figures": figures_named(names)},
            detail=str(there[pk]),
            page="room",
            pk=str(pk),
            verb=_("核定"),
            since=there[pk].opened_at,
        )
