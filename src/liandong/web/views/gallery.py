"""Every component once, to be looked at beside the face."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from liandong.kernel import clock
from liandong.kernel.upkeep.permissions import Permission
from liandong.web.forms import DeedForm, UnknownField
from liandong.web.icons import names
from liandong.web.requests import actor_of
from liandong.web.states import STATES

NOW = datetime(2026, 7, 13, 20, 7, 32, tzinfo=UTC)
ORDER_STATES = (
    "issued",
    "read_back",
    "accepted",
    "in_progress",
    "finished",
    "overdue",
    "declined",
)
THEMES = (("light", _("亮")), ("dark", _("暗")), ("wall", _("大屏")))
SWATCHES = (
    ("surface", _("表面")),
    ("sunken", _("沉底")),
    ("line", _("线")),
    ("ink", _("正文")),
    ("ink2", _("次文")),
    ("accent", _("主色")),
    ("red", _("红")),
    ("orange", _("橙")),
    ("yellow", _("黄字")),
    ("blue", _("蓝")),
    ("green", _("绿")),
)
CLAUSES = ("met", "undetermined", "not_met", "not_recorded")


class SampleForm(DeedForm):
    """A form with every kind of field."""

    title = _("接报登记")
    verb = _("登记并通知带班领导")
    widths = {"found_at": "half", "caller": "half", "injured": "half", "kind": "half"}

    found_at = forms.DateTimeField(label=_("发现时间"))
    caller = forms.CharField(label=_("来电单位"), max_length=100)
    injured = UnknownField(forms.IntegerField(min_value=0), label=_("重伤人数"))
    kind = forms.ChoiceField(
        label=_("类别"), choices=[("flood", _("洪水")), ("fire", _("森林火灾"))]
    )
    text = forms.CharField(
        label=_("发生了什么"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("伤亡、趋势、已采取措施"),
    )


def components(request: HttpRequest) -> HttpResponse:
    """The gallery; for developers, and for whoever keeps the node."""
    if not (settings.DEBUG or actor_of(request).may(Permission.RETRY_DELIVERY)):
        raise Http404
    return render(request, "web/gallery.html", samples(clock.now(actor_of(request).realm)))


def samples(now: datetime) -> dict[str, object]:
    """What the gallery shows."""
    form = SampleForm(
        {"caller": "东岭乡林业站", "found_at": "", "kind": "flood", "idempotency_key": "x"}
    )
    form.is_valid()
    return {
        "now": now,
        "order_states": ORDER_STATES,
        "clauses": CLAUSES,
        "states": list(STATES),
        "dues": [
            (now + timedelta(minutes=24), now - timedelta(minutes=6)),
            (now + timedelta(seconds=110), now - timedelta(minutes=4)),
            (now - timedelta(minutes=12, seconds=20), now - timedelta(hours=1)),
            (now + timedelta(hours=1, minutes=43, seconds=50), now),
            (now + timedelta(days=2, hours=3), now),
        ],
        "form": form,
        "entries": [
            told(NOW, "决定启动Ⅳ级响应，预计 2 天", "常务副指挥长、办公室主任 双签"),
            told(
                NOW - timedelta(minutes=4),
                "河口镇民兵连报 17 号令无法执行",
                "电话，04:14 值班员代录",
            ),
            told(NOW - timedelta(minutes=11), "接报：鹰嘴岩东坡雷击起火", "东岭乡林业站值班员"),
        ],
        "problem": SimpleNamespace(
            title="指令没有下达",
            place="接令岗位",
            remedy="04:07 时县交警大队岗位已换人。内容已保留，请改选接令岗位。",
        ),
        "chart": chart(),
        "icon_names": sorted(names()),
        "themes": THEMES,
        "swatches": SWATCHES,
    }


def told(at: datetime, sentence: str, who: str) -> SimpleNamespace:
    """An entry of the sample timeline."""
    return SimpleNamespace(at=at, happened_at=None, sentence=sentence, who=who)


def chart() -> dict[str, object]:
    """A hydrograph in the form that chart.js reads."""
    levels = [50.8, 50.8, 50.9, 51.0, 51.1, 51.3, 51.6, 52.1, 52.6, 52.86]
    start = int((NOW - timedelta(hours=9)).timestamp() * 1000)
    hour = 3_600_000
    return {
        "quantity": "水位",
        "unit": "m",
        "now": start + 9 * hour,
        "observed": [[start + n * hour, level] for n, level in enumerate(levels)],
        "forecast": [
            [start + (9 + n) * hour, 52.86 + 0.28 * n - 0.028 * n * n] for n in range(8)
        ],
        "band": [
            [start + (9 + n) * hour, 52.86 + 0.1 * n, 52.86 + 0.4 * n - 0.03 * n * n]
            for n in range(8)
        ],
        "rain": [
            [start + n * hour, mm] for n, mm in enumerate([0, 1, 2, 4, 9, 14, 11, 7, 5, 3])
        ],
        "lines": [
            {"kind": "record", "label": "历史最高", "value": 54.83},
            {"kind": "guarantee", "label": "保证", "value": 54.0},
            {"kind": "alert", "label": "警戒", "value": 52.0},
        ],
    }
