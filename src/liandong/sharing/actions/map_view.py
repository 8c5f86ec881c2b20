"""Keeping a question to the risk map, and dropping it."""

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.sharing import rules
from liandong.sharing.events import MapViewDropped, MapViewSaved
from liandong.sharing.models import MapView
from liandong.sharing.permissions import Permission

MOST_VIEWS = 50
LONGEST_NAME = 60
LONGEST_QUERY = 8000


@action(Permission.SAVE_VIEW)
def save_map_view(
    actor: Actor, *, name: str, query: str, is_shared: bool = False, idempotency_key: str = ""
) -> MapView:
    """Keep a question under a name, for oneself or the whole county; the name's earlier one is replaced.

    Publishes ``MapViewSaved``. Refuses a blank name, an empty question, and more than 50 of one
    account. Not for drills. Clause 二(一)1.
    """
    rules.demand_actual(actor)
    name = name.strip()[:LONGEST_NAME]
    if not name or not 0 < len(query) <= LONGEST_QUERY:
        raise Invalid(
            _("没有可以保存的查询。"),
            place=_("常用视图"),
            remedy=_("请先查一个范围，写上名称再保存。"),
            fields={} if name else {"name": _("请填写这一项")},
        )
    mine = MapView.objects.filter(account=actor.account)
    if mine.exclude(name=name).count() >= MOST_VIEWS:
        raise Invalid(
            _("常用视图已有 %(most)d 个。") % {"most": MOST_VIEWS},
            place=_("常用视图"),
            remedy=_("请先删去不用的。"),
        )
    view, _made = MapView.objects.update_or_create(
        account=actor.account,
        name=name,
        defaults={
            "query": query,
            "audience": ["county"] if is_shared else [f"account:{actor.account}"],
            "by": actor.label[:200],
            "at": clock.now(ACTUAL),
        },
    )
    happened(MapViewSaved(subject_id=str(view.pk), title=view.name), audience=view.audience)
    return view


@action(Permission.SAVE_VIEW)
def drop_map_view(actor: Actor, *, view: MapView, idempotency_key: str = "") -> MapView:
    """Drop one's own question. Publishes ``MapViewDropped``. Refuses another's. Not for drills. Clause 二(一)1."""
    rules.demand_actual(actor)
    if view.account != actor.account:
        raise Missing(_("这个视图不是您保存的。"), remedy=_("请联系保存的人删除。"))
    key = view.pk
    view.delete()
    happened(MapViewDropped(subject_id=str(key), title=view.name), audience=view.audience)
    return view
