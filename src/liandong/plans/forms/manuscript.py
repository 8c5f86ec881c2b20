"""Input of the editor: each form shows one place of a manuscript's data, and gives the edits that change it.

A form is bound to what was sent and begins with what was seen; only what differs becomes an edit,
so that a place nobody touched is never written over.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from liandong.kernel.wording import gettext
from liandong.plans.language import DEED_LABELS, Fact, FactError, dictionary, write_duration
from liandong.plans.language.durations import heard_duration
from liandong.plans.language.editing import Edit
from liandong.plans.language.problems import Path
from liandong.plans.queries.outline import (
    chain_of,
    duration_said,
    label_of,
    levels_of,
    mapping,
    things,
)
from liandong.web.forms import DeedForm, FaceForm
from liandong.web.pickers import Picker

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEY = RegexValidator(rf"^{NAME.pattern}$", _("只用小写英文、数字和连字符，如 forest-fire。"))
KINDS = [
    ("overall", _("总体预案")),
    ("special", _("专项预案")),
    ("departmental", _("部门预案")),
    ("township", _("乡镇预案")),
    ("village", _("村（社区）预案")),
    ("unit", _("单位预案")),
    ("warning", _("预警措施")),
]
STATUSES = [
    ("recorded", _("有据")),
    ("assumed", _("假定")),
    ("not_recorded", _("原文未载")),
]
DECIDING = [("all_of", _("共同决定")), ("any_of", _("任一决定"))]
PROOFS = [
    ("photo", _("照片")),
    ("video", _("录像")),
    ("text", _("文字")),
    ("list", _("清单")),
    ("signature", _("签字")),
    ("position", _("位置")),
]
JOINTS = [("all", _("同时满足")), ("any", _("满足任一")), ("n", _("至少满足几项"))]
NUMERIC = [
    ("at_least", _("以上")),
    ("above", _("超过")),
    ("below", _("以下")),
    ("at_most", _("不超过")),
    ("range", _("以上、以下")),
    ("equals", _("等于")),
]
ORDERED = [("at_least", _("达到")), ("equals", _("为"))]
NAMED = [("equals", _("为"))]
YES_NO = [("true", _("是")), ("false", _("否"))]
FEWEST_ROWS, MOST_ROWS = 1, 20

Choices = Sequence[tuple[str, Any]]


def _wide(name: str, width: str) -> dict[str, str]:
    """How wide the boxes of a row are, which may stand several times."""
    return {f"{name}-{at}": width for at in range(MOST_ROWS)}


def _offer(field: forms.Field, choices: Choices) -> None:
    cast("forms.ChoiceField", field).choices = list(choices)


class OpenManuscriptForm(DeedForm):
    """起草预案."""

    title, verb, done = _("起草预案"), _("开始写"), ""
    widths: ClassVar[dict[str, str]] = {
        "key": "half",
        "kind": "half",
        "hazard": "half",
        "headquarters": "half",
    }
    name = forms.CharField(
        label=_("名称"), max_length=200, help_text=_("例如 示例县森林火灾应急预案")
    )
    key = forms.CharField(
        label=_("代号"),
        max_length=64,
        validators=[KEY],
        help_text=_("英文小写，定了不改，如 forest-fire"),
    )
    kind = forms.ChoiceField(label=_("类别"), choices=KINDS, initial="special")
    hazard = forms.ChoiceField(label=_("灾种"), widget=Picker)
    headquarters = forms.ChoiceField(label=_("由哪个指挥部指挥"), widget=Picker)

    def __init__(self, *args: Any, hazards: Choices, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["hazard"], [("", _("请选灾种")), *hazards])
        _offer(self.fields["headquarters"], [("", _("请选指挥部")), *bodies])


class DiscardForm(DeedForm):
    """废弃文稿."""

    title, verb, done = _("废弃文稿"), _("废弃"), _("已废弃；存过的草案还在。")
    dangerous = True
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea)


class LengthField(forms.CharField):
    """A length of time as people say it; cleans to what the text keeps."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        box = forms.TextInput({"placeholder": _("如 20分钟、2小时")})
        super().__init__(label=label, required=False, max_length=40, widget=box, **kwargs)

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        if not said:
            return None
        try:
            return write_duration(heard_duration(said))
        except (ValueError, OverflowError) as wrong:
            raise forms.ValidationError(
                _("“%(said)s”不是时长，写成 20分钟、2小时、3天。"), params={"said": said}
            ) from wrong

    def prepare_value(self, value: Any) -> Any:
        """As people say it; what was typed stays as it is."""
        return duration_said(value) if isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether another length was meant, however it was written."""
        try:
            return bool(self.clean(data) != (initial or None))
        except forms.ValidationError:
            return True


class PlaceForm(FaceForm):
    """A form over one place. ``PATHS`` says where each field stands below it."""

    kind: ClassVar[str]
    STANDS: ClassVar[tuple[tuple[Any, ...], ...]]  # where it can stand: words, or kinds of them
    PATHS: ClassVar[dict[str, Path]] = {}

    def __init__(
        self,
        data: Any = None,
        *,
        path: Path,
        seen: Any,
        posts: Choices = (),
        whole: Any = None,
    ) -> None:
        self.path, self.seen, self.posts, self.whole = path, mapping(seen), posts, whole
        super().__init__(data, auto_id=f"{self.kind}-{_slug(path)}-%s", label_suffix="")
        self.lay_out()
        for name in self.PATHS:
            self.initial[name] = _within(self.seen, self.PATHS[name])

    @classmethod
    def fits(cls, path: Path) -> bool:
        """Say whether there is such a form over a place."""
        return any(stands_at(pattern, path) for pattern in cls.STANDS)

    def lay_out(self) -> None:
        """Make the fields that hang on what is there."""

    @property
    def path_sent(self) -> str:
        """The place as the page sends it back."""
        return json.dumps(self.path)

    @property
    def form_id(self) -> str:
        """A name that stays the same when the form is drawn again."""
        return f"form-{self.kind}-{_slug(self.path)}"

    def edits(self) -> list[Edit]:
        """What was changed, place by place."""
        found = [
            self._edit(name, at) for name, at in self.PATHS.items() if name in self.changed_data
        ]
        return [*found, *self.further()]

    def further(self) -> Iterator[Edit]:
        """What was changed in fields that are more than one value."""
        yield from ()

    def pick(self, value: Any, label: Any, blank: Any = "—") -> forms.ChoiceField:
        """A post or body to choose; what the text names and nobody knows can stay."""
        known = [("", blank), *self.posts]
        if value and str(value) not in dict(known):
            known.append((str(value), gettext("%(key)s（本县没有）") % {"key": value}))
        return forms.ChoiceField(label=label, choices=known, required=False, widget=Picker)

    def _edit(self, name: str, at: Path) -> Edit:
        value = self.cleaned_data[name]
        return put(
            self.path + at,
            value.isoformat() if isinstance(value, date) else value,
            self.seen,
            at,
        )


def stands_at(pattern: tuple[Any, ...], path: Path) -> bool:
    """Say whether a path is as a pattern has it: the same words, or any of a kind."""
    return len(pattern) == len(path) and all(
        isinstance(part, wanted) if isinstance(wanted, type) else part == wanted
        for wanted, part in zip(pattern, path, strict=True)
    )


def put(path: Path, value: Any, seen: Any, at: Path) -> Edit:
    """Write a value, or take the place away where nothing was given."""
    if value in (None, "", [], {}) and _within(seen, at) is not None:
        return Edit(deed="remove", path=path)
    return Edit(deed="put", path=path, value=value)


class HeadForm(PlaceForm):
    """文件信息."""

    kind = "head"
    STANDS = ((),)
    PATHS: ClassVar[dict[str, Path]] = {
        "title": ("title",),
        "plan": ("plan",),
        "plan_kind": ("kind",),
        "hazard": ("hazard",),
        "headquarters": ("headquarters",),
        "number": ("document", "number"),
        "replaces": ("document", "replaces"),
        "issued": ("document", "issued"),
        "in_force": ("document", "in_force"),
        "bounds": ("bounds",),
    }
    widths: ClassVar[dict[str, str]] = dict.fromkeys(PATHS, "half") | {"title": "full"}
    title = forms.CharField(label=_("名称"), max_length=200)
    plan = forms.CharField(label=_("代号"), max_length=64, validators=[KEY])
    plan_kind = forms.ChoiceField(label=_("类别"), choices=KINDS)
    hazard = forms.CharField(label=_("灾种（类别代码）"), max_length=64)
    number = forms.CharField(label=_("文号"), max_length=60, required=False)
    replaces = forms.CharField(label=_("代替哪份文件"), max_length=200, required=False)
    issued = forms.DateField(label=_("印发日期"), required=False)
    in_force = forms.DateField(label=_("施行日期"), required=False)
    bounds = forms.ChoiceField(
        label=_("“以上”“以下”怎样读"),
        required=False,
        choices=[
            ("half_open", _("以上含本数，以下不含本数")),
            ("closed", _("以上、以下均含本数")),
        ],
    )

    def lay_out(self) -> None:
        chosen = self.seen.get("headquarters")
        self.fields["headquarters"] = self.pick(chosen, _("由哪个指挥部指挥"))
        self.order_fields(list(self.PATHS))


class LevelForm(PlaceForm):
    """一个级别：谁建议、谁决定、报告谁、预计多久."""

    kind = "level"
    STANDS = (("levels", str),)
    PATHS: ClassVar[dict[str, Path]] = {
        "status": ("source", "status"),
        "cite": ("source", "cite"),
        "proposes": ("proposes",),
        "consent": ("consent",),
        "expected": ("expected",),
        "builds_on": ("builds_on",),
    }
    widths: ClassVar[dict[str, str]] = {
        "status": "third",
        "cite": "two-thirds",
        "proposes": "half",
        "consent": "half",
        "deciding": "third",
        "expected": "third",
        "builds_on": "third",
        **_wide("decides", "third"),
        **_wide("inform", "two-thirds"),
        **_wide("within", "third"),
    }
    status = forms.ChoiceField(label=_("依据"), choices=STATUSES)
    cite = forms.CharField(label=_("出处"), max_length=500, required=False)
    deciding = forms.ChoiceField(label=_("几人怎样定"), choices=DECIDING)
    expected = LengthField(_("预计期限"))

    def lay_out(self) -> None:
        self.fields["proposes"] = self.pick(self.seen.get("proposes"), _("谁建议"))
        self.fields["consent"] = self.pick(self.seen.get("consent"), _("须经谁同意"))
        lower = [(key, label_of(key)) for key in levels_of(self.whole) if key != self.path[-1]]
        self.fields["builds_on"] = forms.ChoiceField(
            label=_("同时执行哪一级的步骤"), required=False, choices=[("", "—"), *lower]
        )
        decides = mapping(self.seen.get("decides"))
        self.initial["deciding"] = "any_of" if "any_of" in decides else "all_of"
        self.deciders = [str(one) for one in things(decides.get(self.initial["deciding"]))]
        for at in range(len(self.deciders) + FEWEST_ROWS):
            value = self.deciders[at] if at < len(self.deciders) else ""
            label = _("谁决定") if at == 0 else _("还有谁决定")
            self.fields[f"decides-{at}"] = self.pick(value, label)
            self.initial[f"decides-{at}"] = value
        self.told = [mapping(one) for one in things(self.seen.get("informs"))]
        for at in range(len(self.told) + FEWEST_ROWS):
            one = self.told[at] if at < len(self.told) else {}
            self.fields[f"inform-{at}"] = self.pick(one.get("post"), _("报告谁"))
            self.fields[f"within-{at}"] = LengthField(_("多久之内"))
            self.initial.update(
                {f"inform-{at}": one.get("post"), f"within-{at}": one.get("within")}
            )
        many = [name for name in self.fields if name.partition("-")[0] in {"inform", "within"}]
        who = [name for name in self.fields if name.startswith("decides-")]
        first = ["status", "cite", "proposes", "consent"]
        self.order_fields([*first, *who, "deciding", "expected", "builds_on", *many])

    def clean(self) -> dict[str, Any]:
        """Whoever is told must be told within some time."""
        for at in range(len(self.told) + FEWEST_ROWS):
            post, within = self.cleaned_data.get(f"inform-{at}"), f"within-{at}"
            if post and within in self.cleaned_data and not self.cleaned_data[within]:
                self.add_error(within, _("写明多久之内报告。"))
        return self.cleaned_data

    def further(self) -> Iterator[Edit]:
        changed = {name.partition("-")[0] for name in self.changed_data}
        if changed & {"decides", "deciding"}:
            names = [name for name in self.fields if name.startswith("decides-")]
            posts = [self.cleaned_data[name] for name in names if self.cleaned_data[name]]
            value = {self.cleaned_data["deciding"]: posts} if posts else None
            if value or self.seen.get("decides"):
                yield put((*self.path, "decides"), value, self.seen, ("decides",))
        if changed & {"inform", "within"}:
            rows = [
                {
                    "post": self.cleaned_data[f"inform-{at}"],
                    "within": self.cleaned_data[f"within-{at}"],
                }
                for at in range(len(self.told) + FEWEST_ROWS)
                if self.cleaned_data[f"inform-{at}"]
            ]
            if rows or self.told:
                yield put((*self.path, "informs"), rows, self.seen, ("informs",))


class StepForm(PlaceForm):
    """一个步骤：叫谁做什么、多久做完、在什么之后、凭什么算完."""

    kind = "step"
    STANDS = (("levels", str, "steps", str),)
    PATHS: ClassVar[dict[str, Path]] = {
        "do": ("do",),
        "to": ("to",),
        "text": ("text",),
        "acknowledge_within": ("acknowledge_within",),
        "finish_within": ("finish_within",),
        "every": ("every",),
        "after": ("after",),
        "proof": ("proof",),
        "same_as": ("same_as",),
        "plan": ("plan",),
        "id": ("id",),
    }
    widths: ClassVar[dict[str, str]] = {
        "do": "third",
        "to": "two-thirds",
        "acknowledge_within": "third",
        "finish_within": "third",
        "every": "third",
        "needs": "half",
        "same_as": "half",
        "plan": "half",
        "id": "half",
        "status": "third",
        "cite": "two-thirds",
        **_wide("otherwise", "half"),
    }
    FOLDED: ClassVar[tuple[str, ...]] = (
        "needs",
        "otherwise",
        "same_as",
        "plan",
        "status",
        "cite",
        "id",
    )
    do = forms.ChoiceField(
        label=_("做法"),
        choices=[(key, _(label)) for key, label in DEED_LABELS.items()],
    )
    text = forms.CharField(label=_("内容"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    acknowledge_within = LengthField(_("复诵限"))
    finish_within = LengthField(_("完成限"))
    every = LengthField(_("每隔多久一次"))
    after = forms.MultipleChoiceField(
        label=_("前置（在这些之后才做）"), required=False, widget=forms.CheckboxSelectMultiple
    )
    proof = forms.MultipleChoiceField(
        label=_("凭据"), required=False, choices=PROOFS, widget=forms.CheckboxSelectMultiple
    )
    needs = forms.CharField(
        label=_("需要什么力量"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("一行一种：代号 数量 单位，如 traffic-control 2 组"),
    )
    same_as = forms.CharField(
        label=_("与哪部预案的哪个步骤是同一措施"),
        required=False,
        max_length=129,
        help_text=_("预案代号/步骤代号"),
    )
    plan = forms.CharField(
        label=_("启动哪部预案（代号）"), required=False, max_length=64, validators=[KEY]
    )
    status = forms.ChoiceField(
        label=_("依据"), required=False, choices=[("", _("同本级")), *STATUSES]
    )
    cite = forms.CharField(label=_("出处"), max_length=500, required=False)
    id = forms.CharField(label=_("步骤代号"), max_length=64, validators=[KEY])

    def lay_out(self) -> None:
        self.fields["to"] = self.pick(self.seen.get("to"), _("交给谁"), _("请选岗位或单位"))
        mine = self.seen.get("id")
        levels = levels_of(self.whole)
        steps = [
            mapping(one)
            for level in chain_of(self.whole, str(self.path[1]))
            for one in things(levels.get(level, {}).get("steps"))
        ]
        before = [
            (str(one["id"]), str(one.get("text") or one["id"])[:24])
            for one in steps
            if one.get("id") and one.get("id") != mine
        ]
        seen = [str(one) for one in things(self.seen.get("after"))]
        before += [(one, one) for one in seen if one not in dict(before)]
        _offer(self.fields["after"], before)
        self.has_other_step = isinstance(self.seen.get("otherwise"), dict)
        self.others = [str(one) for one in things(self.seen.get("otherwise"))]
        rows = [] if self.has_other_step else range(len(self.others) + FEWEST_ROWS)
        for at in rows:
            value = self.others[at] if at < len(self.others) else ""
            self.fields[f"otherwise-{at}"] = self.pick(value, _("办不成时改派谁"))
            self.initial[f"otherwise-{at}"] = value
        self.initial["needs"] = "\n".join(
            _need_said(mapping(one)) for one in things(self.seen.get("needs"))
        )
        source = mapping(self.seen.get("source"))
        self.initial.update(
            {"status": source.get("status", ""), "cite": source.get("cite", "")}
        )
        otherwise = [name for name in self.fields if name.startswith("otherwise-")]
        self.order_fields(
            ["do", "to", "text", "acknowledge_within", "finish_within", "every", "after", "proof",
             "needs", *otherwise, "same_as", "plan", "status", "cite", "id"]
        )  # fmt: skip

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What is asked of every step."""
        return [one for one in self.visible_fields() if not self._is_folded(one.name)]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """What few steps have."""
        return [one for one in self.visible_fields() if self._is_folded(one.name)]

    def _is_folded(self, name: str) -> bool:
        return name.partition("-")[0] in self.FOLDED

    def clean_needs(self) -> list[dict[str, Any]]:
        """One need a line."""
        found = []
        for line in self.cleaned_data["needs"].splitlines():
            if not line.strip():
                continue
            key, *rest = line.split()
            number = rest[0] if rest else "1"
            if not number.isascii() or not number.isdigit() or not NAME.fullmatch(key):
                raise forms.ValidationError(
                    _("“%(line)s”写法不对，写成：traffic-control 2 组。"), params={"line": line}
                )
            unit = " ".join(rest[1:])
            need: dict[str, Any] = {"capability": key, "quantity": int(number)}
            found.append(need | ({"unit": unit} if unit else {}))
        return found

    def further(self) -> Iterator[Edit]:
        if "needs" in self.changed_data and (
            self.cleaned_data["needs"] or "needs" in self.seen
        ):
            yield put((*self.path, "needs"), self.cleaned_data["needs"], self.seen, ("needs",))
        names = [name for name in self.fields if name.startswith("otherwise-")]
        if set(names) & set(self.changed_data):
            posts = [self.cleaned_data[name] for name in names if self.cleaned_data[name]]
            if posts or self.others:
                yield put((*self.path, "otherwise"), posts, self.seen, ("otherwise",))
        if {"status", "cite"} & set(self.changed_data):
            status, cite = self.cleaned_data["status"], self.cleaned_data["cite"]
            value = (
                {"status": status, "cite": cite}
                if status and cite
                else {"status": status}
                if status
                else None
            )
            if value or "source" in self.seen:
                yield put((*self.path, "source"), value, self.seen, ("source",))


@dataclass(frozen=True)
class ClauseRow:
    """The boxes of one comparison, and the fact that is compared."""

    fact: forms.BoundField
    word: forms.BoundField
    value: forms.BoundField
    upper: forms.BoundField
    known: Fact | None

    @property
    def takes_value(self) -> bool:
        return self.known is not None and self.known.type != "boolean"

    @property
    def takes_upper(self) -> bool:
        return self.takes_value and self.word.value() == "range"


class ClauseForm(PlaceForm):
    """一款条件：几个事实怎样比、合起来怎样算."""

    kind = "clause"
    STANDS = (
        ("ends_when",),
        ("levels", str, "when"),
        ("levels", str, "when", "any", int),
        ("levels", str, "steps", str, "when"),
        ("levels", str, "steps", str, "waits_for"),
    )
    joint = forms.ChoiceField(label=_("几项怎样算"), choices=JOINTS, required=False)
    least = forms.IntegerField(label=_("几项"), min_value=1, max_value=99, required=False)
    cite = forms.CharField(label=_("条款"), max_length=500, required=False)
    status = forms.ChoiceField(
        label=_("依据"), required=False, choices=[("", _("同本级")), *STATUSES]
    )
    widths: ClassVar[dict[str, str]] = {
        "joint": "third",
        "least": "third",
        "cite": "two-thirds",
        "status": "third",
    }

    def lay_out(self) -> None:
        self.tests, self.is_plain = _tests_in(self.seen)
        self.rows: list[dict[str, str]] = []
        facts = [
            ("", _("请选事实")),
            *((name, _fact_said(one)) for name, one in dictionary().items()),
        ]
        self.count = max(self._rows_sent(), len(self.tests) + FEWEST_ROWS)
        for at in range(self.count if self.is_plain else 0):
            test = self.tests[at] if at < len(self.tests) else {}
            name, word, value, upper = _parted(test)
            asked = self.data.get(f"fact-{at}", name) if self.is_bound else name
            fact = dictionary().get(str(asked))
            self.fields[f"fact-{at}"] = forms.ChoiceField(
                label=_("事实"), choices=facts, required=False, widget=Picker
            )
            self.fields[f"word-{at}"] = forms.ChoiceField(
                label=_("怎样比"), choices=_words(fact), required=False
            )
            self.fields[f"value-{at}"] = _value_field(fact)
            self.fields[f"upper-{at}"] = forms.CharField(
                label=_("上限"), required=False, max_length=30
            )
            self.initial.update(
                {
                    f"fact-{at}": name,
                    f"word-{at}": word,
                    f"value-{at}": value,
                    f"upper-{at}": upper,
                }
            )
        self.initial.update(
            {
                "joint": "any"
                if "any" in self.seen
                else "n"
                if "at_least_n" in self.seen
                else "all",
                "least": self.seen.get("at_least_n"),
                "cite": self.seen.get("cite", ""),
                "status": self.seen.get("status", ""),
            }
        )

    @property
    def drawn_rows(self) -> list[ClauseRow]:
        """The boxes of each comparison."""
        return [
            ClauseRow(
                self[f"fact-{at}"],
                self[f"word-{at}"],
                self[f"value-{at}"],
                self[f"upper-{at}"],
                dictionary().get(str(self[f"fact-{at}"].value() or "")),
            )
            for at in range(self.count if self.is_plain else 0)
        ]

    @property
    def has_several(self) -> bool:
        """Whether it must be said how the comparisons are put together."""
        return self.count > FEWEST_ROWS + 1

    def _rows_sent(self) -> int:
        return sum(name.startswith("fact-") for name in self.data) if self.is_bound else 0

    def clean(self) -> dict[str, Any]:
        """Each comparison must be one that its fact can have."""
        self.parts = []
        for at in range(self.count):
            name = self.cleaned_data.get(f"fact-{at}")
            fact = dictionary().get(str(name)) if name else None
            if fact is not None:
                part = self._test(fact, at)
                if part is not None:
                    self.parts.append(part)
        return self.cleaned_data

    def further(self) -> Iterator[Edit]:
        if not self.changed_data or not self.is_plain:
            return
        value = self.value()
        if value != (self.seen or None):
            yield put(self.path, value, {"": self.seen or None}, ("",))

    def value(self) -> dict[str, Any] | None:
        """The condition that was written; None where nothing was."""
        if not self.parts:
            return None
        more = {
            word: self.cleaned_data[word]
            for word in ("cite", "status")
            if self.cleaned_data[word]
        }
        joint = self.cleaned_data["joint"] or "all"
        if len(self.parts) == 1:
            return {**self.parts[0], **more}
        if joint == "n":
            return {"at_least_n": self.cleaned_data["least"] or 1, "of": self.parts, **more}
        return {joint: self.parts, **more}

    def _test(self, fact: Fact, at: int) -> dict[str, Any] | None:
        word, raw = (
            self.cleaned_data.get(f"word-{at}") or "",
            self.cleaned_data.get(f"value-{at}") or "",
        )
        same = self.tests[at] if at < len(self.tests) else {}
        if fact.type == "boolean":
            return {fact.name: word != "false"}
        if not raw:
            self.add_error(f"value-{at}", _("填多少。"))
            return None
        bounds = {"range": ("at_least", "below")}.get(word, (word or "at_least",))
        values = (raw, self.cleaned_data.get(f"upper-{at}") or "")
        found: dict[str, Any] = {}
        for bound, value, box in zip(
            bounds, values, (f"value-{at}", f"upper-{at}"), strict=False
        ):
            try:
                found[bound] = _kept(fact.read(str(value).strip()))
            except FactError as wrong:
                self.add_error(box, f"{wrong.what}。{wrong.remedy}。")
                return None
        return {**{k: v for k, v in same.items() if k in {"cite", "status"}}, fact.name: found}


class SourcesForm(PlaceForm):
    """引用的文件，一行一件."""

    kind = "sources"
    STANDS = (("sources",),)
    lines = forms.CharField(
        label=_("引用的文件"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("一行一件：简称：全称；条款出处里写简称"),
    )

    def lay_out(self) -> None:
        self.initial["lines"] = "\n".join(f"{key}：{one}" for key, one in self.seen.items())

    def clean_lines(self) -> dict[str, str]:
        """A short name and a paper a line."""
        found = {}
        for line in self.cleaned_data["lines"].splitlines():
            short, colon, paper = line.replace(":", "：", 1).partition("：")
            if not line.strip():
                continue
            if not (colon and short.strip() and paper.strip()):
                raise forms.ValidationError(
                    _("“%(line)s”写法不对，写成 简称：全称。"), params={"line": line}
                )
            found[short.strip()] = paper.strip()
        return found

    def further(self) -> Iterator[Edit]:
        if self.cleaned_data["lines"] != self.seen:
            yield put(self.path, self.cleaned_data["lines"], {"": self.seen or None}, ("",))


class PeriodForm(PlaceForm):
    """每年的一段日子，其间一个事实成立."""

    kind = "period"
    STANDS = (("periods", int),)
    PATHS: ClassVar[dict[str, Path]] = {
        "fact": ("fact",), "since": ("since",), "until": ("until",), "cite": ("cite",),
    }  # fmt: skip
    widths: ClassVar[dict[str, str]] = dict.fromkeys(("fact", "since", "until"), "third")
    DAY = RegexValidator(
        r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", _("写成 月-日，如 05-15。")
    )
    fact = forms.ChoiceField(label=_("哪个事实"), widget=Picker)
    since = forms.CharField(label=_("从（月-日）"), validators=[DAY])
    until = forms.CharField(label=_("到（月-日）"), validators=[DAY])
    cite = forms.CharField(label=_("条款"), required=False, max_length=500)

    def lay_out(self) -> None:
        facts = [
            (name, one.label) for name, one in dictionary().items() if one.type == "boolean"
        ]
        _offer(self.fields["fact"], [("", _("请选事实")), *facts])

    def edits(self) -> list[Edit]:
        """A period is written whole."""
        if not self.changed_data:
            return []
        value = {
            name: self.cleaned_data[name] for name in self.PATHS if self.cleaned_data[name]
        }
        return [Edit(deed="put", path=self.path, value=value)]


class GroupForm(PlaceForm):
    """现场指挥部的一个工作组."""

    kind = "group"
    STANDS = (("field_post", "groups", int),)
    PATHS: ClassVar[dict[str, Path]] = {"name": ("name",), "leads": ("leads",)}
    widths: ClassVar[dict[str, str]] = {
        "name": "half",
        "leads": "half",
        **_wide("member", "third"),
    }
    name = forms.CharField(label=_("名称"), required=False, max_length=60)

    def lay_out(self) -> None:
        self.fields["leads"] = self.pick(self.seen.get("leads"), _("谁牵头"))
        self.members = [str(one) for one in things(self.seen.get("members"))]
        for at in range(len(self.members) + FEWEST_ROWS):
            value = self.members[at] if at < len(self.members) else ""
            self.fields[f"member-{at}"] = self.pick(value, _("成员单位"))
            self.initial[f"member-{at}"] = value

    def edits(self) -> list[Edit]:
        """A group is written whole; its key alone where nothing else is said."""
        if not self.changed_data:
            return []
        names = [name for name in self.fields if name.startswith("member-")]
        members = [self.cleaned_data[name] for name in names if self.cleaned_data[name]]
        said = {word: self.cleaned_data[word] for word in self.PATHS if self.cleaned_data[word]}
        value = {
            "key": self.seen.get("key"),
            **said,
            **({"members": members} if members else {}),
        }
        alone = list(value) == ["key"]
        return [Edit(deed="put", path=self.path, value=value["key"] if alone else value)]


def _within(data: Any, path: Path) -> Any:
    for part in path:
        data = mapping(data).get(str(part))
    return data


def _slug(path: Path) -> str:
    return "-".join(str(part) for part in path).replace("Ⅰ", "I")


def _need_said(need: Mapping[str, Any]) -> str:
    return " ".join(
        str(need[word]) for word in ("capability", "quantity", "unit") if need.get(word)
    )


def _fact_said(fact: Fact) -> str:
    return f"{fact.label}（{fact.unit}）" if fact.unit else fact.label


def _tests_in(condition: Mapping[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """The comparisons of a condition, and whether rows of them are all that it is."""
    if not condition:
        return [], True
    parts = next(
        (things(condition[word]) for word in ("all", "any", "of") if word in condition),
        [condition],
    )
    tests = [mapping(one) for one in parts]
    return tests, all(_is_plain(one, inner=one is not condition) for one in tests)


def _is_plain(test: Mapping[str, Any], *, inner: bool) -> bool:
    names = [name for name in test if name not in {"cite", "status"}]
    said = {"cite", "status"} & set(test)
    if len(names) != 1 or names[0] not in dictionary() or (inner and said):
        return False
    expects = test[names[0]]
    words = set(expects) if isinstance(expects, dict) else set()
    plain = len(words) == 1 and words <= {"at_least", "above", "below", "at_most", "equals"}
    return isinstance(expects, bool) or plain or words == {"at_least", "below"}


def _parted(test: Mapping[str, Any]) -> tuple[str, str, Any, Any]:
    """A comparison as its boxes show it: fact, word, value, upper value."""
    name = next((name for name in test if name not in {"cite", "status"}), "")
    expects = test.get(name)
    if isinstance(expects, bool):
        return name, str(expects).lower(), "", ""
    said = mapping(expects)
    if set(said) == {"at_least", "below"}:
        return name, "range", said["at_least"], said["below"]
    return next(((name, word, value, "") for word, value in said.items()), (name, "", "", ""))


def _words(fact: Fact | None) -> Choices:
    if fact is None:
        return [("", "—")]
    if fact.type == "boolean":
        return YES_NO
    if fact.is_numeric:
        return NUMERIC
    return ORDERED if fact.is_ordered else NAMED


def _value_field(fact: Fact | None) -> forms.Field:
    if fact is not None and fact.options:
        return forms.ChoiceField(
            label=_("哪一种"), choices=[("", "—"), *fact.options.items()], required=False
        )
    return forms.CharField(label=_("多少"), required=False, max_length=30)


def _kept(value: Any) -> Any:
    """A value as the text keeps it: whole numbers without a point."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value
