"""Whom the fictional county calls when a warning is issued: its leaders, and every township's head and liaison."""

import hashlib

from liandong.demo.county import County, place
from liandong.demo.facts import facts
from liandong.messaging import actions as messaging
from liandong.messaging.actions import CallRow
from liandong.messaging.states import Tier, Urgency
from liandong.organization.models import Post

# Who is woken by what; the county's leaders are left in peace below orange.
LEADERS = ("flood-hq.commander", "flood-hq.executive-deputy", "emergency.duty-leader")
SHEET = "示例县叫应名单"


def enter_callees(county: County) -> None:
    """Put the list in, by posts: whoever sits there is called."""
    code, name = facts()["division_code"], facts()["name"]
    wanted = [(Tier.COUNTY, code, name, county.posts[key]) for key in LEADERS] + [
        (Tier.TOWN, one["code"], one["name"], county.posts[f"{one['key']}.{seat}"])
        for one in facts()["townships"]
        for seat in ("head", "liaison")
    ]
    rows = [_row(number, *one) for number, one in enumerate(wanted, 1)]
    messaging.take_call_list(
        county.builder,
        place=place(),
        rows=rows,
        seen=messaging.plan_call_list(place(), rows).draft.fingerprint,
        name=SHEET,
        digest=hashlib.sha256(SHEET.encode()).hexdigest(),
    )


def _row(number: int, tier: Tier, area: str, area_name: str, post: Post) -> CallRow:
    return CallRow(
        row=number,
        tier=tier,
        area=area,
        area_name=area_name,
        unit=post.body.name,
        post=post.title,
        name="",
        mobile="",
        hazards=(),
        from_urgency=Urgency.ORANGE if tier == Tier.COUNTY else Urgency.BLUE,
        deputy="",
        superior="",
    )
