"""Input of calls and signals: the sheet beside the telephone, what is pasted, why one is let be."""

from typing import Any, ClassVar

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from liandong.command.forms.incident import LONG
from liandong.command.rules.call import ASKED, KINDS, Told
from liandong.command.rules.moments import read_moment
from liandong.command.states import SignalChannel
from liandong.kernel import clock
from liandong.plans.language import Fact, dictionary
from liandong.web.files import ManyFilesField
from liandong.web.forms import UNKNOWN, DeedForm, UnknownField
from liandong.web.maps.picking import PlacedForm

MOST_PEOPLE = 10_000_000
FIGURES = ("dead", "missing", "badly_injured", "villages")
PLACED = ("lon", "lat", "read_from")
CUT_OFF = ("on_behalf_of", "way", "read_back")
WAYS = (SignalChannel.SATELLITE, SignalChannel.RADIO, SignalChannel.MESSENGER)
YES_NO = [("", _("未问到")), ("true", _("是")), ("false", _("否"))]


def _count(label: Any) -> UnknownField:
    number = forms.IntegerField(
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    return UnknownField(number, label=label, required=False)


class CallForm(PlacedForm):
    """接报登记: the elements of a call; whatever nobody could tell stays 未问到."""

    must_be_placed = False

    title = _("接报登记")
    verb = _("登记并通知带班领导")
    busy = _("正在登记")
    done = _("已登记，首报已拟稿，带班领导已通知")
    widths: ClassVar[dict[str, str]] = {
        "caller": "half",
        "number": "half",
        "received_at": "half",
        "occurred": "half",
        "hazard": "third",
        "place": "two-thirds",
        "lon": "half",
        "lat": "half",
        "on_behalf_of": "half",
        "way": "half",
        **dict.fromkeys(FIGURES, "half"),
        **{f"asked_{name}": "third" for names in ASKED.values() for name in names},
    }

    caller = forms.CharField(
        label=_("来电单位、职务"), max_length=120, widget=forms.TextInput({"data-key": "p"})
    )
    number = forms.CharField(label=_("来电号码"), max_length=40, required=False)
    received_at = forms.DateTimeField(
        label=_("接报时间"),
        required=False,
        widget=forms.DateTimeInput({"data-stamp": ""}),
    )
    occurred = forms.CharField(label=_("发生时间（来电人说）"), max_length=60, required=False)
    hazard = forms.ChoiceField(
        label=_("类别"),
        choices=[("", _("请选")), *KINDS.items()],
        widget=forms.Select({"data-asks": ""}),
    )
    place = forms.CharField(label=_("地点"), max_length=300)
    what = forms.CharField(
        label=_("发生了什么、趋势"), max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    dead = _count(_("死亡（人）"))
    missing = _count(_("失踪（人）"))
    badly_injured = _count(_("重伤（人）"))
    villages = _count(_("受威胁村庄（个）"))
    measures = forms.CharField(
        label=_("已采取措施、请求"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 1}),
    )
    on_behalf_of = forms.CharField(
        label=_("代哪个村（单位）录"),
        max_length=120,
        required=False,
        help_text=_("断路、断电、断网，自己报不出来的地方"),
    )
    way = forms.ChoiceField(
        label=_("怎样联系上"),
        choices=[("", _("照常")), *((one.value, one.label) for one in WAYS)],
        required=False,
    )
    read_back = forms.BooleanField(label=_("已向对方复诵，对方确认"), required=False)

    def __init__(
        self, *args: Any, realm: str, channel: str = "", own: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.realm, self.channel, self.own = realm, channel, own
        known = dictionary()
        for name in {one: None for names in ASKED.values() for one in names}:
            if name in known:
                self.fields[f"asked_{name}"] = _fact_field(known[name])
        if own:
            self._begin_at_the_first_blank()

    def _begin_at_the_first_blank(self) -> None:
        """Whoever has just answered types on at once."""
        for name in ("caller", "hazard", "place", "what"):
            if not self.initial.get(name):
                self.fields[name].widget.attrs["autofocus"] = True
                return

    @property
    def form_id(self) -> str:
        """Each signal has a sheet of its own: one call's draft is never another's."""
        return f"form-call{self.own and '-' + self.own}"

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """What every call is asked."""
        return [
            one
            for one in self.visible_fields()
            if one.name not in (*PLACED, *CUT_OFF) and not one.name.startswith("asked_")
        ]

    @property
    def place_fields(self) -> list[forms.BoundField]:
        """Where it is on the map, for whoever can show it while the caller speaks."""
        return [self[name] for name in PLACED]

    @property
    def cut_off_fields(self) -> list[forms.BoundField]:
        """For whom it is entered, how they were reached, and whether it was said back."""
        return [self[name] for name in CUT_OFF]

    @property
    def cut_off_opens(self) -> bool:
        """Whether there is something to see in the part that is folded up."""
        return any(self[name].value() or self[name].errors for name in CUT_OFF)

    @property
    def place_opens(self) -> bool:
        """Whether there is something to see in the part that is folded up."""
        return any(self[name].value() or self[name].errors for name in ("lon", "lat"))

    @property
    def asked_fields(self) -> list[tuple[str, forms.BoundField]]:
        """What only some kinds are asked, with those kinds."""
        return [
            (
                " ".join(kind for kind, names in ASKED.items() if one.name[6:] in names),
                one,
            )
            for one in self.visible_fields()
            if one.name.startswith("asked_")
        ]

    @property
    def present_kind(self) -> str:
        """The kind that is chosen while the sheet is drawn."""
        return str(self["hazard"].value() or "")

    def arguments(self) -> dict[str, Any]:
        """The sheet as the action takes it; 未知 and blank are both None."""
        values = super().arguments()
        values.pop("expected_version", None)
        asked = {name[6:]: values.pop(name) for name in list(values) if name[:6] == "asked_"}
        key = values.pop("idempotency_key")
        wanted = ASKED.get(values["hazard"], ())
        values |= {name: None if values[name] is UNKNOWN else values[name] for name in FIGURES}
        heard = values["received_at"] or clock.now(self.realm)
        moment = read_moment(values["occurred"], localtime(heard))
        told = Told(
            channel=SignalChannel(values.pop("way") or self.channel or SignalChannel.PHONE),
            occurred_at=moment.at if moment else None,
            asked={name: asked[name] for name in wanted if asked.get(name) not in {None, ""}},
            **values,
        )
        return {"told": told, "idempotency_key": key}


def _fact_field(fact: Fact) -> forms.Field:
    """How a fact of the dictionary is asked for."""
    label = fact.label_with_unit
    if fact.type == "boolean":
        return forms.TypedChoiceField(
            label=label,
            choices=YES_NO,
            required=False,
            coerce=lambda value: value == "true",
            empty_value=None,
        )
    if fact.type == "integer":
        return forms.IntegerField(
            label=label, required=False, min_value=0, max_value=MOST_PEOPLE
        )
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_digits=12, decimal_places=4
    )


class PasteForm(DeedForm):
    """What was said in a chat group, as it was copied, and pictures or voice notes from it."""

    title = _("粘贴微信群消息")
    verb = _("识别要素")
    busy = _("正在识别")

    words = forms.CharField(
        label=_("聊天文字"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 9}),
        help_text=_("在微信里多选消息、复制，粘贴到这里；昵称和时间一起粘贴。"),
    )
    attached = ManyFilesField(
        label=_("截图、语音"),
        required=False,
        help_text=_("图片和语音作为证据保存；本机不识别图片和语音里的字，请对照着打在旁边。"),
    )

    def arguments(self) -> dict[str, Any]:
        """What is pasted has no version."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class TakeForm(DeedForm):
    """Answering."""

    title = _("接听并登记")
    verb = _("接听并登记")

    def arguments(self) -> dict[str, Any]:
        """A signal that climbed meanwhile is still to be taken."""
        values = super().arguments()
        values.pop("expected_version", None)
        return values


class TakeUpForm(DeedForm):
    """Making an emergency of a call that was put down."""

    title = _("转接报登记")
    verb = _("转接报登记")
    done = _("已转为接报，请补齐要素后登记。")


class HandForm(TakeForm):
    """Passing on."""

    title = _("转带班领导")
    verb = _("转带班领导")
    done = _("已转带班领导，正在那里响铃")


class DismissForm(TakeForm):
    """Why it is let be."""

    title = _("不作登记")
    verb = _("不作登记")
    dangerous = True
    done = _("已记录原因，不再响铃")

    reason = forms.CharField(
        label=_("原因"), widget=LONG, max_length=500, help_text=_("打错、重复、与险情无关")
    )
