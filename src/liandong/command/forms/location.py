"""Input of where an incident is."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from liandong.web.maps.picking import PlacedForm


class LocateForm(PlacedForm):
    """A place on the map, or figures that somebody read out, with what they are figures of."""

    title = _("标定事发位置")
    verb = _("标定位置")
    busy = _("正在标定")
    done = _("位置已标定，各处地图随即更新")
    widths: ClassVar[dict[str, str]] = {"lon": "half", "lat": "half"}
