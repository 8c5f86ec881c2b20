"""What sharing tells of the names of goods."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("sharing.goods_named", about="sharing.goods_name")
class GoodsNamed(Event):
    """A name on the county's lists means these goods from now on."""

    title: str
    code: str
    say = _("物资别名：{title} 即 {code}")


@event("sharing.goods_name_dropped", about="sharing.goods_name")
class GoodsNameDropped(Event):
    """A name means no goods of the county's own choosing any longer."""

    title: str
    code: str
    say = _("删去物资别名：{title}（{code}）")
