"""What every reader of foreign files shares: where the readings belong, times, and rows taken one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal, InvalidOperation

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring.actions import Observation, Refusal
from liandong.monitoring.adapters.fields import BEIJING, Read
from liandong.monitoring.adapters.quantities import converted
from liandong.monitoring.signals.quality import Flag

# What sources write where nothing was measured.
NOT_MEASURED = {"", "na", "n/a", "nan", "null", "none", "-", "--", "—", "***", "缺测", "缺"} | {
    "ice", "eqp", "bkw", "dis", "mnt", "rat", "ssn", "zfl", "fld", "dry", "-999999", "-9999",
    "-999", "-999.9", "-99.9", "9999", "99999", "-999999.0", "-9999.0",
}  # fmt: skip
QUALIFIERS = {"p": Flag.PROVISIONAL, "e": Flag.ESTIMATED}
FORMS = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d", "%Y-%m-%d %H:%M", "%Y年%m月%d日")


@dataclass(frozen=True)
class Given:
    """What whoever hands a file in says of it: the station, the series, units, streams by name."""

    station: str = ""
    series: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    streams: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Taking:
    """Rows on their way in. Stations of the file's own give way to the one that was named."""

    given: Given
    read: Read = field(default_factory=Read)
    others: dict[str, int] = field(default_factory=dict)

    def take(  # noqa: PLR0913 -- a reading with all that a file says of it
        self,
        row: int,
        *,
        station: str,
        quantity: str,
        at: object,
        value: object,
        unit: str = "",
        zone: tzinfo = BEIJING,
        flags: int = 0,
    ) -> None:
        """Take one value; what was not measured is counted, what cannot be read is refused."""
        text = f"{value}".strip()
        if value is None or text.lower() in NOT_MEASURED:
            self.read.missing += 1
            return
        when = told_at(at, zone)
        if when is None:
            problem = _("“%(text)s”不是时间。") % {"text": f"{at}"[:40]}
            self._refuse(row, "at", problem, _("请写成 2026-07-14T05:00:00+08:00。"))
            return
        try:
            number = Decimal(text)
        except InvalidOperation:
            problem = _("“%(text)s”不是数。") % {"text": text[:40]}
            self._refuse(row, "value", problem, _("请填数字；缺测请留空。"))
            return
        changed = converted(number, unit, quantity) if number.is_finite() else number
        if changed is None:
            problem = _("单位“%(unit)s”不能换算为该测项的单位。") % {"unit": unit[:20]}
            self._refuse(row, "value", problem, _("请核对测项；或用 --unit 列名=单位 说明。"))
            return
        code = station or self.given.station
        self.others[code] = self.others.get(code, 0) + 1
        self.read.observations.append(
            Observation(code, str(quantity), when, changed, row, flags)
        )

    def done(self) -> Read:
        """What was read, for the station that was named: the only one of the file, or one of them."""
        wanted, found = self.given.station, set(self.others)
        if wanted and found - {wanted}:
            if wanted not in found and len(found) > 1:
                names = "、".join(sorted(found)[:8])
                raise Invalid(
                    _("文件里有 %(n)d 个测站，其中没有 %(wanted)s。")
                    % {"n": len(found), "wanted": wanted},
                    place=names,
                    remedy=_("请用 --station 写文件里的站码，或不写，全部导入。"),
                )
            if wanted in found:
                kept = [one for one in self.read.observations if one.station_code == wanted]
                left = len(self.read.observations) - len(kept)
                self.read.notes.append(_("其他测站的 %(n)d 条没有导入。") % {"n": left})
                self.read.observations = kept
            else:
                self.read.observations = [
                    Observation(wanted, one.quantity, one.at, one.value, one.row, one.flags)
                    for one in self.read.observations
                ]
        return self.read

    def _refuse(self, row: int, name: str, problem: str, remedy: str) -> None:
        self.read.refusals.append(Refusal(row, name, problem, remedy))


def told_at(said: object, zone: tzinfo = BEIJING) -> datetime | None:
    """A time as files have it; without a zone of its own it is in the one given."""
    if isinstance(said, datetime):
        return said if said.tzinfo else said.replace(tzinfo=zone)
    if isinstance(said, date):
        return datetime.combine(said, time(), tzinfo=zone)
    text = f"{said}".strip()
    at: datetime | None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        found = (_in_form(text, form) for form in FORMS)
        at = next((one for one in found if one), None)
    if at is None or not 1 < at.year < 9999:
        return None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _in_form(text: str, form: str) -> datetime | None:
    """24:00 is the end of a day, and the beginning of the next."""
    whole, extra = (text.replace("24:00", "0:00", 1), 1) if " 24:00" in text else (text, 0)
    try:
        return datetime.strptime(whole, form) + timedelta(days=extra)  # noqa: DTZ007 -- the zone is put on by the caller
    except ValueError:
        return None


def flags_of(qualifiers: str) -> int:
    """Flags for what a source says of a value, letter by letter or word by word."""
    found = 0
    for word in qualifiers.replace(":", " ").replace(",", " ").split():
        found |= QUALIFIERS.get(word.lower(), 0)
    return int(found)
