"""What is told of questions to the risk map that are kept."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("sharing.map_view_saved", about="sharing.map_view")
class MapViewSaved(Event):
    """Somebody keeps a question to the risk map."""

    title: str
    say = _("保存常用视图“{title}”")


@event("sharing.map_view_dropped", about="sharing.map_view")
class MapViewDropped(Event):
    """A kept question is no longer wanted."""

    title: str
    say = _("删除常用视图“{title}”")
