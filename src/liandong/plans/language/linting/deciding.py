"""Rules about who proposes, decides and is told, and for how long a level is expected to last."""

from collections.abc import Iterator
from itertools import pairwise

from liandong.plans.language.conditions import Status
from liandong.plans.language.document import Level, Plan
from liandong.plans.language.levels import LevelKey, level_label, rank
from liandong.plans.language.linting.rule import Found, Gravity, rule
from liandong.plans.language.linting.steps import steps_by_level
from liandong.plans.language.wording import gettext_noop as _

STARTING = "《突发事件应对法》第七十二条"
REPORTING = "《突发事件应对法》第十七条"


@rule(
    "LD201",
    Gravity.MUST,
    _("没有写谁决定"),
    remedy=_("选“谁决定”（decides）；几个人的，再选共同决定（all_of）还是任一决定（any_of）。"),
    bad="levels: {IV: {decides: null}}",
    good="levels: {IV: {decides: {all_of: [fire-hq.executive-deputy]}}}",
    of_response=True,
)
def no_decider(plan: Plan) -> Iterator[Found]:
    """Find a level nobody may begin."""
    for key, level in _carried_out(plan):
        if level.decides is None:
            yield Found(
                path=("levels", key), what=f"{level_label(key)}响应没有决定人，无人能启动"
            )


@rule(
    "LD202",
    Gravity.MUST,
    _("没有写预计期限"),
    remedy=_("写上“预计期限”（expected），如 2天；启动响应时应当明确预计期限。"),
    basis=STARTING,
    bad="levels: {IV: {expected: null}}",
    good="levels: {IV: {expected: P2D}}",
    of_response=True,
)
def no_expectation(plan: Plan) -> Iterator[Found]:
    """Find a level whose start could not name how long it is to last."""
    for key, level in _carried_out(plan):
        if level.expected is None:
            yield Found(path=("levels", key), what=f"{level_label(key)}响应没有预计期限")


@rule(
    "LD203",
    Gravity.MUST,
    _("没有写措施"),
    remedy=_("点“加一步”写上步骤（steps），或选“同时执行哪一级的步骤”（builds_on）。"),
    basis=STARTING,
    bad="levels: {IV: {steps: []}, III: {builds_on: null}}",
    good="levels: {III: {builds_on: IV}}",
)
def no_steps(plan: Plan) -> Iterator[Found]:
    """Find a level at which nothing would be done."""
    for key, _level in _carried_out(plan):
        if not steps_by_level(plan)[key]:
            yield Found(path=("levels", key), what=f"{level_label(key)}响应启动后没有一条措施")


@rule(
    "LD204",
    Gravity.MUST,
    _("同一个岗位写了两次"),
    remedy=_("删去重复的一个；共同决定应是不同的人。"),
    bad="levels: {IV: {decides: {all_of: [fire-hq.commander, fire-hq.commander]}}}",
    good="levels: {IV: {decides: {all_of: [fire-hq.commander, fire-office.director]}}}",
)
def decider_doubled(plan: Plan) -> Iterator[Found]:
    """Find a joint decision of one post with itself."""
    for key, level in plan.highest_first():
        posts = level.decides.posts if level.decides else []
        if len(posts) != len(set(posts)):
            yield Found(path=("levels", key, "decides"), what="共同决定里有同一个岗位")


@rule(
    "LD205",
    Gravity.SHOULD,
    _("没有写谁提出建议"),
    remedy=_("选“谁建议”（proposes），通常是指挥部办公室。"),
    bad="levels: {IV: {proposes: null}}",
    good="levels: {IV: {proposes: fire-office.director}}",
    of_response=True,
)
def no_proposer(plan: Plan) -> Iterator[Found]:
    """Find a level nobody is asked to propose."""
    for key, level in _carried_out(plan):
        if level.proposes is None:
            yield Found(
                path=("levels", key), what=f"{level_label(key)}响应没有写由谁研判并提出建议"
            )


@rule(
    "LD206",
    Gravity.SHOULD,
    _("启动后没有报告对象"),
    remedy=_("写上“报告谁”（informs）、“多久之内”；县级应当立即向上一级报告。"),
    basis=REPORTING,
    bad="levels: {IV: {informs: []}}",
    good="levels: {IV: {informs: [{post: city-emergency, within: PT30M}]}}",
    of_response=True,
)
def nobody_informed(plan: Plan) -> Iterator[Found]:
    """Find a level of which nobody else would hear."""
    for key, level in _carried_out(plan):
        if not level.informs:
            yield Found(path=("levels", key), what=f"{level_label(key)}响应启动后不报告任何人")


@rule(
    "LD207",
    Gravity.SHOULD,
    _("须经同意的人就是决定人"),
    remedy=_("清空“须经谁同意”（consent），或改为更高一级的领导。"),
    bad="levels: {IV: {consent: fire-hq.executive-deputy}}",
    good="levels: {IV: {consent: general-hq.commander}}",
)
def own_consent(plan: Plan) -> Iterator[Found]:
    """Find a consent that the decider gives to itself."""
    for key, level in plan.highest_first():
        if level.decides and level.consent in level.decides.posts:
            yield Found(path=("levels", key, "consent"), what="决定人须经自己同意")


@rule(
    "LD208",
    Gravity.SHOULD,
    _("没有承接下一级的措施"),
    remedy=_(
        "在“同时执行哪一级的步骤”（builds_on）里选相邻的下一级；不再需要的措施应在正文说明。"
    ),
    bad="levels: {III: {builds_on: null}}",
    good="levels: {III: {builds_on: IV}}",
)
def builds_on_nothing(plan: Plan) -> Iterator[Found]:
    """Find a level at which what was being done below is no longer asked for."""
    order, steps = [key for key, _level in plan.highest_first()], steps_by_level(plan)
    for key, level in _carried_out(plan):
        lower = [other for other in order if rank(other) < rank(key)]
        own = steps[key]
        lost = [one for other in lower for name, one in steps[other].items() if name not in own]
        if lower and lost:
            wrong = (
                f"只承接{level_label(level.builds_on)}" if level.builds_on else "不承接任何一级"
            )
            what = f"{level_label(key)}{wrong}，“{lost[0].text[:20]}”等 {len(lost)} 条措施在升级后不再要求"
            yield Found(path=("levels", key), what=what)


@rule(
    "LD209",
    Gravity.SHOULD,
    _("级别越高，预计期限反而越短"),
    remedy=_("核对两级的“预计期限”（expected）。"),
    bad="levels: {IV: {expected: P5D}, III: {expected: P1D}}",
    good="levels: {IV: {expected: P1D}, III: {expected: P2D}}",
)
def shorter_above(plan: Plan) -> Iterator[Found]:
    """Find a graver level that is expected to be over sooner."""
    there = [(key, level) for key, level in plan.highest_first() if level.expected]
    for (key, level), (below, lower) in pairwise(there):
        if level.expected and lower.expected and level.expected < lower.expected:
            what = f"{level_label(key)}预计期限短于{level_label(below)}"
            yield Found(path=("levels", key, "expected"), what=what)


def _carried_out(plan: Plan) -> Iterator[tuple[LevelKey, Level]]:
    """The levels that are more than a heading of which nothing was found."""
    for key, level in plan.highest_first():
        if level.source.status != Status.NOT_RECORDED or level.steps:
            yield key, level
