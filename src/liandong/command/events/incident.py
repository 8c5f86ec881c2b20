"""What is said of incidents."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.incident_opened", about="command.incident")
class IncidentOpened(Event):
    """An emergency has been entered; from now on orders may be given and reports fall due."""

    number: str
    title: str
    hazard: str
    place: str
    source: str
    received_at: str
    lon: str = ""
    lat: str = ""
    say = _("登记{title}（{number}），信息来源：{source}")


@event("command.incident_located", about="command.incident")
class IncidentLocated(Event):
    """Where it is was fixed, or corrected, on the map: degrees of WGS-84, as text."""

    lon: str
    lat: str
    place: str
    say = _("在地图上标定{place}位置：东经 {lon}°，北纬 {lat}°")


@event("command.severity_set", about="command.incident")
class SeveritySet(Event):
    """The county has fixed, or corrected, how severe the incident is."""

    before: str
    after: str
    reason: str
    say = _("事件级别由{before}定为{after}：{reason}")


@event("command.command_moved", about="command.incident")
class CommandMoved(Event):
    """Overall command has gone up or come back; the county goes on with what it began."""

    before: str
    after: str
    reason: str
    say = _("{before}转为{after}：{reason}")


@event("command.incident_closed", about="command.incident")
class IncidentClosed(Event):
    """Nothing is left to be done in the incident; its review may begin."""

    title: str
    reason: str
    say = _("{title}处置结束：{reason}")


@event("command.incident_noted", about="command.incident")
class IncidentNoted(Event):
    """Somebody wrote down in the story what no other deed says, and who said it."""

    text: str
    source: str
    say = "{text}"


@event("command.incident_file_attached", about="command.incident")
class IncidentFileAttached(Event):
    """A file was put among those of the incident."""

    file_id: str
    file_name: str
    caption: str
    digest: str
    say = _("收存资料：{caption}")
