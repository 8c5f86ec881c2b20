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


@event("command.fact_chosen", about="command.incident")
class FactChosen(Event):
    """Tellers differ about a figure, and a person has said which value counts; ``others`` stay on record."""

    figure: str
    label: str
    value: str
    source: str
    others: str
    reason: str
    say = _("核定{label}为 {value}（{source}）：{reason}")


@event("command.deaths_lowered", about="command.incident")
class DeathsLowered(Event):
    """Somebody says fewer deaths than before; why is kept."""

    before: str
    after: str
    source: str
    reason: str
    say = _("{source}把死亡由 {before} 人减为 {after} 人：{reason}")


@event("command.incident_corrected", about="command.incident")
class IncidentCorrected(Event):
    """What stood in an incident's head was put right; ``changes`` keeps what stood there before.

    ``title`` is how it is called from now on.
    """

    title: str
    changes: dict[str, str]
    reason: str
    shown: str
    say = _("更正{shown}：{reason}")


@event("command.incidents_linked", about="command.incident")
class IncidentsLinked(Event):
    """It was said how an incident belongs to another; ``is_counted``: its figures stand in the other's."""

    link_id: str
    kind: str
    to_id: str
    to_title: str
    is_counted: bool
    reason: str
    say = _("关联“{to_title}”（{kind}）：{reason}")


@event("command.incidents_unlinked", about="command.incident")
class IncidentsUnlinked(Event):
    """What was said of how two incidents belong together holds no longer."""

    link_id: str
    to_id: str
    to_title: str
    reason: str
    say = _("解除与“{to_title}”的关联：{reason}")


@event("command.incident_merged", about="command.incident")
class IncidentMerged(Event):
    """An incident turned out to be another: from now on everything is done in that one."""

    title: str
    into_id: str
    into_title: str
    reason: str
    say = _("“{title}”并入“{into_title}”：{reason}")


@event("command.incident_received", about="command.incident")
class IncidentReceived(Event):
    """Another incident was merged into this one; what it holds is found from here."""

    from_id: str
    from_title: str
    from_number: str
    reason: str
    say = _("并入“{from_title}”（{from_number}）：{reason}")


@event("command.incident_divided", about="command.incident")
class IncidentSplit(Event):
    """Part of an incident became one of its own; what went along is counted.

    ``figures`` are the names of the facts that count here no longer.
    """

    into_id: str
    into_title: str
    calls: int
    orders: int
    facts: str
    figures: list[str]
    reason: str
    say = _("分出“{into_title}”（接报 {calls} 件、指令 {orders} 条）：{reason}")
