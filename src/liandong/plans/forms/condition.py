"""Input of a condition: comparisons of facts, and groups of them in one another.

A row is known by where it stands: ``0`` is the first part of the condition, ``0-2`` the third
part of what the first one holds.
"""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.kernel.wording import gettext
from liandong.plans.forms.place import STATUSES, Choices, LengthField, PlaceForm, put
from liandong.plans.language import Fact, FactError, dictionary
from liandong.plans.language.reach import PLAN_LEVEL
from liandong.plans.queries.outline import condition_said, mapping, things
from liandong.web.pickers import Picker

JOINTS = [("all", _("同时满足")), ("any", _("满足任一")), ("n", _("至少满足几项"))]
JOINT_WORDS = {"all": "all", "any": "any", "of": "n"}  # in the text, and in the form
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
NOW = ("", _("现在的情况"))
SINCE = [("highest", _("其间曾经达到")), ("lowest", _("其间一直如此"))]
SUMMED = [("total", _("其间累计")), ("rise", _("其间上升")), *SINCE]
# What a row may be, other than a comparison of a fact.
GROUP, AREAS, UNREAD, KEPT = "(group)", "(areas)", "(unread)", "(kept)"
NESTING = [(GROUP, _("几项合成一组")), (AREAS, _("几个以上乡镇达到"))]
SINGLE = [(UNREAD, _("原文未载的一项"))]
DEEPEST = 6  # the text may nest deeper; what does is kept as it stands
SAID = frozenset({"cite", "status"})
REACH = frozenset({"within", "taken", "of_plan"})
COMPARING = frozenset({"at_least", "above", "below", "at_most", "equals"})


class ClauseForm(PlaceForm):
    """一款条件：几项怎样比、合起来怎样算."""

    kind = "clause"
    STANDS = (
        ("ends_when",),
        ("levels", str, "when"),
        ("levels", str, "when", "any", int),
        ("levels", str, "steps", str, "when"),
        ("levels", str, "steps", str, "waits_for"),
    )
    cite = forms.CharField(label=_("条款"), max_length=500, required=False)
    status = forms.ChoiceField(
        label=_("依据"), required=False, choices=[("", _("同本级")), *STATUSES]
    )

    def lay_out(self) -> None:
        self.facts: Choices = [
            ("", _("请选事实")),
            *((name, one.label_with_unit) for name, one in dictionary().items()),
        ]
        names = [name.removeprefix("fact-") for name in self.data if name.startswith("fact-")]
        self.rows_sent = Counter(name.rpartition("-")[0] for name in names)
        self.initial.update({word: self.seen.get(word, "") for word in SAID})
        self.group = Group(self, (), self.seen)

    def add(self, name: str, field: forms.Field, initial: Any) -> str:
        """Add a box; give what it holds, as sent or as seen."""
        self.fields[name] = field
        self.initial[name] = initial
        return str(self.data.get(name, "") if self.is_bound else initial or "")

    def clean(self) -> dict[str, Any]:
        """Each part must be one that a condition can have."""
        self.written = self.group.value()
        return self.cleaned_data

    def edits(self) -> list[Any]:
        """A condition is written whole; what is the same in it stays as it stands."""
        value = self.written
        if value is not None:
            boxes = {word: self.cleaned_data[word] for word in ("cite", "status")}
            value = {**value, **{word: one for word, one in boxes.items() if one}}
        if value == (self.seen or None):
            return []
        return [put(self.path, value, {"": self.seen or None}, ("",))]


class Group:
    """Parts, and how they are put together: the whole condition, or what stands in one row of it."""

    def __init__(self, form: ClauseForm, at: tuple[int, ...], seen: Any) -> None:
        self.form, self.at = form, at
        self.name = "".join(f"-{part}" for part in at)
        word = next((word for word in JOINT_WORDS if word in mapping(seen)), "")
        said = {key: one for key, one in mapping(seen).items() if key in SAID}
        self.said = said if at else {}  # of the whole condition there are boxes for it
        self.is_listed = bool(word)
        self.seen = things(mapping(seen).get(word)) if word else _alone(seen)
        self.joint = form.add(
            f"joint{self.name}",
            forms.ChoiceField(label=_("几项怎样算"), choices=JOINTS, required=False),
            JOINT_WORDS.get(word, "all"),
        )
        least = forms.IntegerField(label=_("几项"), min_value=1, max_value=99, required=False)
        form.add(f"least{self.name}", least, mapping(seen).get("at_least_n"))
        sent = form.rows_sent["-".join(map(str, at))]
        count = max(sent, len(self.seen) + 1)
        self.rows = [
            Row(form, (*at, n), self.seen[n] if n < len(self.seen) else None)
            for n in range(count)
        ]

    @property
    def boxes(self) -> list[forms.BoundField]:
        """How its parts are put together; nothing where there is but one."""
        if not self.at and sum(bool(row.kind) for row in self.rows) < 2:
            return []
        names = ["joint", "least"] if self.joint == "n" else ["joint"]
        return [self.form[f"{name}{self.name}"] for name in names]

    def value(self) -> dict[str, Any] | None:
        """The condition that was written; None where nothing was."""
        parts = [part for row in self.rows if (part := row.value()) is not None]
        if not parts:
            return None
        alone = len(parts) == 1 and not (self.is_listed and len(self.seen) == 1)
        if alone and isinstance(parts[0], dict):
            return {**parts[0], **self.said}
        joint = self.form.cleaned_data.get(f"joint{self.name}") or "all"
        if joint == "n":
            least = self.form.cleaned_data.get(f"least{self.name}") or 1
            return {"at_least_n": least, "of": parts, **self.said}
        return {joint: parts, **self.said}


class Row:
    """One part: a comparison, a group, so many townships, or what the paper does not say."""

    def __init__(self, form: ClauseForm, at: tuple[int, ...], seen: Any) -> None:
        self.form, self.seen, self.name = form, seen, "-".join(map(str, at))
        was = _kind_of(seen, len(at))
        nesting = NESTING if len(at) < DEEPEST else []
        kept = [(KEPT, self._kept_said())] if was == KEPT else []
        choices = [*form.facts, *nesting, *SINGLE, *kept]
        field = forms.ChoiceField(
            label=_("事实"), choices=choices, required=False, widget=Picker
        )
        kind = form.add(f"fact-{self.name}", field, was)
        self.kind = kind if kind in dict(choices) else ""
        self.fact = dictionary().get(self.kind)
        self.group: Group | None = None
        known = mapping(seen) if self.kind == was else {}
        if self.fact is not None:
            self._compares(self.fact, known)
        elif self.kind == UNREAD:
            words = forms.CharField(label=_("原文说到的是什么"), max_length=500, required=False)
            form.add(f"unread-{self.name}", words, known.get("not_recorded"))
        elif self.kind in {GROUP, AREAS}:
            if self.kind == AREAS:
                many = forms.IntegerField(
                    label=_("几个以上乡镇"), min_value=1, max_value=999, required=False
                )
                form.add(f"areas-{self.name}", many, known.get("areas_at_least"))
            self.group = Group(form, at, known.get("where") if self.kind == AREAS else known)

    @property
    def chooser(self) -> forms.BoundField:
        """What it is."""
        return self.form[f"fact-{self.name}"]

    @property
    def boxes(self) -> list[forms.BoundField]:
        """What is said of it, beside what it is."""
        names: list[str] = []
        if self.fact is not None:
            names = ["of_plan", "word", "value"] if self._is_of_plan else ["word", "value"]
            if self.fact.type == "boolean":
                names = ["word"]
            elif self.word == "range":
                names.append("upper")
        elif self.kind in {UNREAD, AREAS}:
            names = ["unread"] if self.kind == UNREAD else ["areas"]
        own = [self.form[f"{name}-{self.name}"] for name in names]
        return own + (self.group.boxes if self.group else [])

    @property
    def window(self) -> list[forms.BoundField]:
        """Over which time it is looked at."""
        if self.fact is None:
            return []
        return [self.form[f"{name}-{self.name}"] for name in ("taken", "within")]

    @property
    def looks_back(self) -> bool:
        """Whether a time is given, or was given wrongly."""
        return any(box.value() or box.errors for box in self.window)

    def value(self) -> Any:
        """What it says; None where it was left empty or dropped."""
        if not self.kind or self.form.data.get("drop") == self.name:
            return None
        if self.kind == KEPT:
            return self.seen
        found = self._written()
        if found is None:
            return None
        return {**found, **{key: one for key, one in mapping(self.seen).items() if key in SAID}}

    def _written(self) -> dict[str, Any] | None:
        if self.fact is not None:
            return self._test(self.fact)
        if self.kind == UNREAD:
            return self._demanded("unread", "not_recorded", _("写明原文说到的是什么。"))
        inner = self.group.value() if self.group else None
        is_new = _kind_of(self.seen, 0) != self.kind
        if inner is None and is_new:
            self.form.add_error(f"fact-{self.name}-0", _("选里面的第一项。"))
        if self.kind == GROUP or inner is None:
            return inner
        many = self._demanded("areas", "areas_at_least", _("填几个。"))
        return {**many, "where": inner} if many else None

    def _demanded(self, box: str, word: str, otherwise: Any) -> dict[str, Any] | None:
        value = self._box(box)
        if not value:
            self._refuse(box, otherwise)
            return None
        return {word: value}

    def _box(self, name: str) -> Any:
        return self.form.cleaned_data.get(f"{name}-{self.name}")

    def _refuse(self, box: str, why: Any) -> None:
        if f"{box}-{self.name}" in self.form.cleaned_data:  # not refused already
            self.form.add_error(f"{box}-{self.name}", why)

    @property
    def _is_of_plan(self) -> bool:
        return self.kind == PLAN_LEVEL

    def _compares(self, fact: Fact, known: Mapping[str, Any]) -> None:
        word, value, upper = _bounds_in(known.get(fact.name))
        words = forms.ChoiceField(label=_("怎样比"), choices=_words(fact), required=False)
        self.word = self.form.add(f"word-{self.name}", words, word)
        self.form.add(f"value-{self.name}", _value_field(fact), value)
        above = forms.CharField(label=_("上限"), required=False, max_length=30)
        self.form.add(f"upper-{self.name}", above, upper)
        taken = SUMMED if fact.is_numeric else SINCE
        how = forms.ChoiceField(label=_("看什么"), choices=[NOW, *taken], required=False)
        self.form.add(f"taken-{self.name}", how, known.get("taken"))
        self.form.add(f"within-{self.name}", LengthField(_("多长时间内")), known.get("within"))
        if self._is_of_plan:
            plan = self.form.pick(
                known.get("of_plan"), _("哪部预案"), _("请选预案"), among=self.form.plans
            )
            self.form.add(f"of_plan-{self.name}", plan, known.get("of_plan"))

    def _test(self, fact: Fact) -> dict[str, Any] | None:
        expects = self._expectation(fact)
        if expects is None:
            return None
        taken, within = self._box("taken"), self._box("within")
        if taken and not within:
            self._refuse("within", _("写明看多长时间。"))
        if within and not taken:
            self._refuse("taken", _("选一段时间里看什么。"))
        of_plan = self._box("of_plan")
        if self._is_of_plan and not of_plan:
            self._refuse("of_plan", _("选哪部预案。"))
        if f"within-{self.name}" not in self.form.changed_data:
            within = self.form.initial[f"within-{self.name}"]  # as it is spelled there
        reach = {"within": within, "taken": taken, "of_plan": of_plan}
        return {fact.name: expects, **{word: one for word, one in reach.items() if one}}

    def _expectation(self, fact: Fact) -> Any:
        word, raw = self._box("word") or "", self._box("value") or ""
        if fact.type == "boolean":
            return word != "false"
        if not raw:
            self._refuse("value", _("填多少。"))
            return None
        bounds = {"range": ("at_least", "below")}.get(word, (word or "at_least",))
        boxes = {"value": raw, "upper": self._box("upper") or ""}
        found: dict[str, Any] = {}
        for bound, (box, value) in zip(bounds, boxes.items(), strict=False):
            try:
                found[bound] = _kept(fact.read(str(value).strip()))
            except FactError as wrong:
                self._refuse(box, f"{wrong.what}。{wrong.remedy}。")
                return None
        return found

    def _kept_said(self) -> str:
        said = condition_said(self.seen) or gettext("（写法不对，见右）")
        return gettext("照文本原样：%(said)s") % {"said": said}


def _alone(condition: Any) -> list[Any]:
    """The one part of a condition that is no group, without what stands in boxes of its own."""
    bare = {key: one for key, one in mapping(condition).items() if key not in SAID}
    return [bare] if bare else []


def _kind_of(part: Any, depth: int) -> str:
    """What a part of the text is; nothing where there is none, ``KEPT`` where the form has no boxes for it."""
    if part is None:
        return ""
    words = set(mapping(part)) - SAID
    joint = next((word for word in JOINT_WORDS if word in words), "")
    may_nest = depth < DEEPEST
    if joint and words <= {joint, "at_least_n"} and isinstance(part[joint], list):
        return GROUP if may_nest else KEPT
    if words == {"areas_at_least", "where"} and isinstance(part["where"], dict):
        return AREAS if may_nest else KEPT
    if words == {"not_recorded"}:
        return UNREAD
    facts = words - REACH
    name = next(iter(facts)) if len(facts) == 1 else ""
    return str(name) if name in dictionary() and _is_plain(part[name]) else KEPT


def _is_plain(expects: Any) -> bool:
    words = set(mapping(expects))
    one = len(words) == 1 and words <= COMPARING
    return isinstance(expects, bool) or one or words == {"at_least", "below"}


def _bounds_in(expects: Any) -> tuple[str, Any, Any]:
    """A comparison as its boxes show it: word, value, upper value."""
    if isinstance(expects, bool):
        return str(expects).lower(), "", ""
    said = mapping(expects)
    if set(said) == {"at_least", "below"}:
        return "range", said["at_least"], said["below"]
    return next(((word, value, "") for word, value in said.items()), ("", "", ""))


def _words(fact: Fact) -> Choices:
    if fact.type == "boolean":
        return YES_NO
    if fact.is_numeric:
        return NUMERIC
    return ORDERED if fact.is_ordered else NAMED


def _value_field(fact: Fact) -> forms.Field:
    if fact.options:
        return forms.ChoiceField(
            label=_("哪一种"), choices=[("", "—"), *fact.options.items()], required=False
        )
    return forms.CharField(label=_("多少"), required=False, max_length=30)


def _kept(value: Any) -> Any:
    """A value as the text keeps it: whole numbers without a point."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value
