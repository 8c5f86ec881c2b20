"""A weekly form among a few units, as tests play it."""

from datetime import date, time

from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.permissions import Role
from liandong.monitoring.actions import (
    FormSpec,
    file_statistics,
    ring_statistic_form,
    set_statistic_form,
)
from liandong.monitoring.models import Filing
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.items import read_items
from tests.people import actor

ITEMS = """
flu: 流感样病例 | 例 | 整数 | 0 | 5000 | 必填 | 合计
beds: 隔离床位 | 张 | 整数 | 0 | 5000 | 必填 | 存量
ready: 值班是否到位 | | 是否 | | | 必填
said: 情况说明 | | 文字 | | | 选填
"""
WEEK, NEXT_WEEK = date(2026, 7, 6), date(2026, 7, 13)
GOOD = {"flu": "12", "beds": "30", "ready": "yes"}


def clerk_of(body, role=Role.HEADQUARTERS_OFFICE, **more):
    """Somebody who works for a body."""
    scopes = frozenset({"public", "county", f"body:{body.pk}"})
    return actor(role, body=str(body.pk), label=f"{body}", scopes=scopes, **more)


def liaison_of(body, **more):
    return clerk_of(body, Role.UNIT_LIAISON, **more)


def watch():
    return system_actor("timer", "报送日历", ACTUAL, Permission.URGE_FILINGS)


def spec(office, bodies, **more):
    said = {
        "name": "疾控周报",
        "items": read_items(ITEMS),
        "period": "weekly",
        "due_time": time(10, 0),
        "starts_on": WEEK,
        "office": office,
        "filers": bodies,
    }
    return FormSpec(**(said | more))


def laid_down(office, bodies, *, key="cdc-weekly", **more):
    return set_statistic_form(clerk_of(office), key=key, spec=spec(office, bodies, **more))


def asked(office, bodies, **more):
    """A form whose first period has been asked for."""
    form = laid_down(office, bodies, **more)
    return ring_statistic_form(watch(), form=form)


def filing_of(form, body, from_on=WEEK):
    rows = Filing.objects.select_related("form__office", "body")
    return rows.get(form=form, body=body, from_on=from_on)


def filed(form, body, values=GOOD, *, from_on=WEEK, by=None, **more):
    row = filing_of(form, body, from_on)
    said = {"values": values, "expected_version": row.version, **more}
    return file_statistics(by or liaison_of(body), filing=row, **said)


def asked_again(form):
    """What has come to its end since."""
    return ring_statistic_form(watch(), form=form)
