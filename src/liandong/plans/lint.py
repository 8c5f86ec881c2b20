"""Rules that hold plans against the county: empty chairs, nobody to reach, nobody who may sign."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from django.utils.translation import gettext_noop as _

from liandong.plans.language import Plan, level_label
from liandong.plans.language.linting import Found, Gravity, rule
from liandong.plans.language.linting.naming import keys_in, named_among, signing_in
from liandong.plans.language.linting.steps import steps_by_level
from liandong.plans.queries.county import Chair, County, county
from liandong.plans.states import DutyKind

MOST_CHAIRS = 2


@rule(
    "LD701",
    Gravity.MUST,
    _("决定人的岗位空缺"),
    remedy=_("任命这个岗位，或指定代行的人；空着时这一级响应无人能启动。"),
    reads=county,
    bad="county: {chairs: {fire-hq.commander: {seated: []}}}",
    good="plan: forest-fire",
)
def decider_vacant(plan: Plan, here: County) -> Iterator[Found]:
    """Find a decision that nobody could take, and what else that post has to do."""
    deciding = _deciding(plan, here)
    for one in named_among(plan, here.empty):
        chair = here.chair(one.key)
        if chair and chair.key in deciding and one.role != "members":
            yield Found(path=one.path, about=chair.key, what=f"“{chair.label}”空缺")


@rule(
    "LD702",
    Gravity.MUST,
    _("本县没有这个机构或岗位"),
    remedy=_("机构已撤并或改名的，在预案里改为现在的；应有而没有的，先在组织页建立。"),
    over="plans",
    reads=county,
    bad="levels: {IV: {proposes: fire-bureau.director}}",
    good="levels: {IV: {proposes: fire-office.director}}",
)
def unknown(plans: Sequence[Plan], here: County) -> Iterator[Found]:
    """Find a name that no body and no post of the county has; what it may mean is looked up once."""
    hints: dict[str, str] = {}
    for plan in plans:
        for one in named_among(plan, keys_in(plan) - here.known):
            if one.key not in hints:
                hints[one.key] = _hint(one.key, here)
            what = f"本县没有“{one.key}”{hints[one.key]}"
            yield Found(plan=plan.plan, path=one.path, about=one.key, what=what)


@rule(
    "LD703",
    Gravity.MUST,
    _("要办事的岗位空缺"),
    remedy=_("任命这个岗位；空着时指令逐级上送，最后送带班领导。"),
    reads=county,
    bad="county: {chairs: {forestry.liaison: {seated: []}}}",
    good="plan: forest-fire",
)
def vacant(plan: Plan, here: County) -> Iterator[Found]:
    """Find a step, proposal, consent or report that would come to an empty chair."""
    deciding = _deciding(plan, here)
    for one in named_among(plan, here.empty - here.elsewhere):
        chair = here.chair(one.key)
        if one.role == "members":
            continue
        if chair and chair.key not in deciding:
            yield Found(path=one.path, about=chair.key, what=f"“{chair.label}”空缺")
        elif chair is None:
            what = f"“{here.label(one.key)}”没有一个岗位能接收"
            yield Found(path=one.path, about=one.key, what=what)


@rule(
    "LD704",
    Gravity.MUST,
    _("今晚有时段无人值班"),
    remedy=_("在值班表里补上；无人值班时新的警情没有人接。"),
    over="plans",
    reads=county,
    bad="county: {unwatched: [带班领导]}",
    good="plan: forest-fire",
)
def unwatched(plans: Sequence[Plan], here: County) -> Iterator[Found]:
    """Find a turn of the duty desk that nobody takes until the morning."""
    for turn in here.unwatched if plans else ():
        yield Found(path=(), about="roster", what=f"从现在到明早 8 时，有时段没有{turn}")


@rule(
    "LD705",
    Gravity.MUST,
    _("岗位上的人没有电话"),
    remedy=_("登记并核实一个能打通的号码；没有时叫应无处可打。"),
    reads=county,
    bad="county: {chairs: {forestry.liaison: {seated: [{person: '1', name: 王伟, has_phone: false}]}}}",
    good="plan: forest-fire",
)
def no_telephone(plan: Plan, here: County) -> Iterator[Found]:
    """Find a post of whose people nobody has a working telephone."""
    for one in named_among(plan, here.silent):
        chair = here.chair(one.key)
        if chair and one.role != "members":
            yield Found(path=one.path, about=chair.key, what=f"“{chair.label}”没有可用的电话")


@rule(
    "LD706",
    Gravity.MUST,
    _("决定人不能登录"),
    remedy=_("为决定人开设账号；没有账号时不能在平台上签字决定。"),
    reads=county,
    bad="county: {chairs: {fire-hq.commander: {seated: [{person: '1', name: 王伟, has_account: false}]}}}",
    good="plan: forest-fire",
)
def no_account(plan: Plan, here: County) -> Iterator[Found]:
    """Find a decider none of whose people has an open account."""
    for one in signing_in(plan):
        chair = here.chair(one.key)
        if chair and chair.seated and not any(person.has_account for person in chair.seated):
            yield Found(path=one.path, about=chair.key, what=f"“{chair.label}”没有可用的账号")


@rule(
    "LD707",
    Gravity.MUST,
    _("共同决定的是同一个人"),
    remedy=_("调整任职，或在预案里改由另一个岗位共同决定。"),
    reads=county,
    bad="{levels: {IV: {decides: {all_of: [fire-hq.commander, fire-office.director]}}}, county: {chairs: {fire-hq.commander: {seated: [{person: '1', name: 王伟}]}, fire-office.director: {seated: [{person: '1', name: 王伟}]}}}}",
    good="levels: {IV: {decides: {all_of: [fire-hq.commander, fire-office.director]}}}",
)
def alone_together(plan: Plan, here: County) -> Iterator[Found]:
    """Find a joint decision in which one person would sign for two posts."""
    for key, level in plan.highest_first():
        posts = level.decides.all_of if level.decides and level.decides.all_of else []
        sits: dict[str, list[Chair]] = defaultdict(list)
        for chair in filter(None, map(here.chair, posts)):
            if chair.seated:
                sits[chair.seated[0].person].append(chair)
        for chairs in sits.values():
            if len({chair.key for chair in chairs}) > 1:
                labels = "、".join(chair.label for chair in chairs)
                what = f"{labels} 都是{chairs[0].seated[0].name}"
                yield Found(path=("levels", key, "decides"), about=chairs[-1].key, what=what)


@rule(
    "LD708",
    Gravity.MUST,
    _("向上级或外县下指令"),
    remedy=_("“做法”改用请求支援（do: request）或报告（do: report）。"),
    reads=county,
    bad="levels: {IV: {steps: [{id: ask, do: order, to: city-emergency, text: 派出扑火队伍, acknowledge_within: PT5M, finish_within: PT2H, proof: [text]}]}}",
    good="levels: {IV: {steps: [{id: ask, do: request, to: city-emergency, text: 请求派出扑火队伍, acknowledge_within: PT15M}]}}",
)
def order_upward(plan: Plan, here: County) -> Iterator[Found]:
    """Find an order to a body that the county does not command."""
    for one in named_among(plan, here.elsewhere):
        if one.role == "order":
            what = f"“{here.label(one.key)}”不归本县指挥"
            yield Found(path=one.path, about=one.key, what=what)


@rule(
    "LD709",
    Gravity.SHOULD,
    _("单位没有这一灾种的处置职责"),
    remedy=_("在职责矩阵里写上它的职责，或把措施交给有职责的单位。"),
    reads=county,
    bad="county: {units: {forestry: {hazards: []}}}",
    good="county: {units: {forestry: {hazards: [11G]}}}",
)
def no_duty(plan: Plan, here: County) -> Iterator[Found]:
    """Find an order to a unit whose duties in a response do not cover the plan's hazard."""
    for hazards, units in here.by_hazards.items():
        if plan.hazard == "any" or any(
            own == "*" or plan.hazard.startswith(own) for own in hazards
        ):
            continue
        for one in named_among(plan, units):
            if one.role == "order":
                what = f"“{here.label(one.key)}”没有灾种 {plan.hazard} 的处置救援职责"
                yield Found(path=one.path, about=one.key, what=what)


@rule(
    "LD710",
    Gravity.SHOULD,
    _("决定人没有 B 角"),
    remedy=_("指定一名 B 角，在决定人联系不上时代行。"),
    reads=county,
    bad="county: {chairs: {fire-hq.commander: {seated: [{person: '1', name: 王伟}]}}}",
    good="county: {chairs: {fire-hq.commander: {seated: [{person: '1', name: 王伟}, {person: '2', name: 李敏, is_deputy: true}]}}}",
)
def no_deputy(plan: Plan, here: County) -> Iterator[Found]:
    """Find a decision that hangs on one person's telephone."""
    for one in signing_in(plan):
        chair = here.chair(one.key)
        if one.role == "decides" and chair and len(chair.seated) == 1:
            yield Found(path=one.path, about=chair.key, what=f"“{chair.label}”只有一个人")


@rule(
    "LD711",
    Gravity.SHOULD,
    _("决定人没有第二因素"),
    remedy=_("请本人在“我的账号”里绑定动态码。"),
    reads=county,
    bad="county: {chairs: {fire-hq.commander: {seated: [{person: '1', name: 王伟, lacks_factor: true}, {person: '2', name: 李敏, is_deputy: true}]}}}",
    good="plan: forest-fire",
)
def no_second_factor(plan: Plan, here: County) -> Iterator[Found]:
    """Find a decider who could not sign in as their post demands."""
    for one in signing_in(plan):
        chair = here.chair(one.key)
        if one.role == "decides" and chair and chair.seated and chair.seated[0].lacks_factor:
            yield Found(path=one.path, about=chair.key, what=f"“{chair.label}”没有绑定动态码")


@rule(
    "LD712",
    Gravity.SHOULD,
    _("一个人同时顶几个岗位"),
    remedy=_("把其中的岗位交给别人，或指定能到场的 B 角。"),
    reads=county,
    bad="county: {chairs: {forestry.liaison: {seated: [{person: '1', name: 王伟}]}, meteorology.liaison: {seated: [{person: '1', name: 王伟}]}, public-security.liaison: {seated: [{person: '1', name: 王伟}]}}}",
    good="plan: forest-fire",
)
def stretched(plan: Plan, here: County) -> Iterator[Found]:
    """Find somebody whom one level asks for work at several posts."""
    if here.shared.isdisjoint(keys_in(plan)):
        return
    for key, _level in plan.highest_first():
        sits: dict[str, dict[str, Chair]] = defaultdict(dict)
        for step in steps_by_level(plan)[key].values():
            chair = here.chair(step.to)
            if step.do == "order" and chair and chair.seated:
                sits[chair.seated[0].person][chair.key] = chair
        for chairs in sits.values():
            if len(chairs) > MOST_CHAIRS:
                listed = list(chairs.values())
                labels = "、".join(chair.label for chair in listed)
                what = f"{level_label(key)}响应时，{listed[0].seated[0].name}一人要顶 {labels}"
                yield Found(path=("levels", key), about=listed[0].key, what=what)


@rule(
    "LD713",
    Gravity.SHOULD,
    _("向部队下指令"),
    remedy=_(
        "“做法”改用请求支援（do: request）；部队只能商请，执行时平台也按商请发出，对方可以不答应。"
    ),
    reads=county,
    bad="{levels: {IV: {steps: [{id: ask, do: order, to: armed-police, text: 派出兵力警戒, acknowledge_within: PT5M, finish_within: PT2H, proof: [text]}]}}, county: {units: {armed-police: {is_military: true}}}}",
    good="levels: {IV: {steps: [{id: ask, do: request, to: armed-police, text: 商请派出兵力警戒, acknowledge_within: PT15M}]}}",
)
def order_to_military(plan: Plan, here: County) -> Iterator[Found]:
    """Find an order to troops, which are asked."""
    for one in named_among(plan, here.military):
        if one.role == "order":
            what = f"“{here.label(one.key)}”不归本县指挥，只能商请"
            yield Found(path=one.path, about=one.key, what=what)


def _late(plan: Plan, here: County, what: DutyKind) -> Iterator[Found]:
    if due_on := here.overdue.get(plan.plan, {}).get(what):
        yield Found(path=(), what=f"应于 {due_on} 前{what.label}")


@rule(
    "LD801",
    Gravity.SHOULD,
    _("备案逾期"),
    remedy=_("在预案页登记备案；已经报送的，填上备案日期和回执号。"),
    basis="《突发事件应急预案管理办法》第二十六条",
    reads=county,
    bad="county: {overdue: {forest-fire: {filing: 2026-10-30}}}",
    good="plan: forest-fire",
)
def filing_overdue(plan: Plan, here: County) -> Iterator[Found]:
    """Find a plan that was issued more than twenty working days ago and is filed nowhere."""
    yield from _late(plan, here, DutyKind.FILING)


@rule(
    "LD802",
    Gravity.SHOULD,
    _("公开逾期"),
    remedy=_("向社会公开，或公开简本；依法不公开的，写明理由。"),
    basis="《突发事件应急预案管理办法》第二十八条",
    reads=county,
    bad="county: {overdue: {forest-fire: {publication: 2026-10-30}}}",
    good="plan: forest-fire",
)
def publication_overdue(plan: Plan, here: County) -> Iterator[Found]:
    """Find a plan that was issued more than twenty working days ago and is public nowhere."""
    yield from _late(plan, here, DutyKind.PUBLICATION)


@rule(
    "LD803",
    Gravity.SHOULD,
    _("演练逾期"),
    remedy=_("组织一次演练，在预案页登记；没有练过的预案，多半要到出事时才知道哪里不通。"),
    basis="《突发事件应急预案管理办法》第三十二条",
    reads=county,
    bad="county: {overdue: {forest-fire: {drill: 2026-10-30}}}",
    good="plan: forest-fire",
)
def drill_overdue(plan: Plan, here: County) -> Iterator[Found]:
    """Find a plan that nobody has drilled for as long as the rules allow."""
    yield from _late(plan, here, DutyKind.DRILL)


@rule(
    "LD804",
    Gravity.SHOULD,
    _("评估逾期"),
    remedy=_("评估一次，决定继续施行、修订还是重新编制。"),
    basis="《突发事件应急预案管理办法》第三十四条",
    reads=county,
    bad="county: {overdue: {forest-fire: {evaluation: 2026-10-30}}}",
    good="plan: forest-fire",
)
def evaluation_overdue(plan: Plan, here: County) -> Iterator[Found]:
    """Find a plan that nobody has evaluated for three years."""
    yield from _late(plan, here, DutyKind.EVALUATION)


def _deciding(plan: Plan, here: County) -> set[str]:
    """The posts that decide at some level."""
    chairs = (here.chair(one.key) for one in signing_in(plan) if one.role == "decides")
    return {chair.key for chair in chairs if chair}


def _hint(key: str, here: County) -> str:
    near = get_close_matches(key, [*here.units, *here.chairs], n=1, cutoff=0.8)
    return f"，是否应为“{here.label(near[0])}”（{near[0]}）" if near else ""
