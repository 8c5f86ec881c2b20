import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.documents import Paper, Paragraph, Row, Table, read_docx
from liandong.kernel.problems import Invalid
from liandong.plans.adapters import Directory, read_plan
from liandong.plans.adapters.wording import MEASURE_HEAD
from liandong.plans.language import (
    Status,
    clauses_of,
    differences,
    load,
    parts_of,
    shipped_names,
    shipped_text,
)
from liandong.plans.language.editing import absent, at_path
from liandong.plans.language.yaml_text import read_yaml
from liandong.plans.queries import usually_called
from tests.documents.papers import paper
from tests.plans.county_papers import (
    ACROSS,
    CONTACTS,
    DECIDING,
    FIRE,
    FLOOD,
    HEAD,
    MEASURES,
    OUTAGE,
    written,
)
from tests.plans.example import FOREST
from tests.plans.papers import exported

DIRECTORY = Directory(usually_called(), county="清河县")


def read(content, name="预案.docx"):
    return read_plan(read_docx(content, name), DIRECTORY, name=name)


@pytest.fixture(scope="module")
def fire():
    return read(written())


@pytest.fixture(scope="module")
def relief():
    return read(written(HEAD, [ACROSS, DECIDING, MEASURES, CONTACTS]))


def conditions(plan, level):
    return [
        one.model_dump(by_alias=True, exclude_defaults=True, exclude={"cite"})
        for one in clauses_of(plan.levels[level].when)
    ]


def steps(plan, level):
    return [(one.do, one.to, one.text) for one in plan.levels[level].steps]


def test_the_text_that_is_read_is_a_plan(fire):
    assert load(fire.text) == fire.plan


def test_the_head_is_read_or_supposed_and_says_which(fire):
    plan = fire.plan
    readings = {one.path: one.reading for one in fire.guesses}

    assert (plan.title, plan.document.number, str(plan.document.issued)) == (
        "清河县森林火灾应急预案",
        "清政办发〔2025〕31号",
        "2025-09-01",
    )
    assert (plan.plan, plan.hazard, plan.headquarters) == (
        "forest-fire",
        "11G",
        "forest-fire-hq",
    )
    assert readings["hazard",] == "灾种：11G，由名称推断"
    assert readings["bounds",] == "“以上”含本数，“以下”不含本数"


def test_conditions_are_read_and_what_is_not_understood_stays_open(fire):
    assert conditions(fire.plan, "IV") == [
        {"burned_ha": {"above": 10}},
        {
            "all": [
                {"serious_injuries": {"at_least": 1, "below": 3}},
                {"open_flame_out": False},
            ]
        },
        {
            "not_recorded": "敏感时段发生的森林火灾，2小时未得到有效控制",
            "status": Status.NOT_RECORDED,
        },
        {"superior_demands": True},
        {"dangerous_fires_at_once": {"at_least": 2}},
    ]


def test_who_proposes_decides_and_is_told(fire):
    level = fire.plan.levels["IV"]

    assert level.proposes == "forest-fire-office.director"
    assert level.decides.all_of == [
        "forest-fire-hq.executive-deputy",
        "forest-fire-office.director",
    ]
    assert [(one.post, one.within.seconds) for one in level.informs] == [
        ("forest-fire-hq.commander", 600)
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Ⅰ级、Ⅱ级响应由指挥长决定启动，Ⅲ级响应由常务副指挥长决定启动。",
        "Ⅰ级响应由指挥长决定启动；Ⅱ级响应由指挥长决定启动；Ⅲ级响应由常务副指挥长决定启动。",
    ],
)
def test_who_decides_is_read_where_all_levels_stand_together(said):
    text = f"甲县防汛抗旱应急预案\n# 二、组织指挥\n{said}\n# 三、Ⅳ级响应\n（1）县公安局封路。"

    plan = read(written(text)).plan

    assert [plan.levels[key].decides.posts for key in ("I", "II", "III")] == [
        ["flood-hq.commander"],
        ["flood-hq.commander"],
        ["flood-hq.executive-deputy"],
    ]


def test_a_post_said_behind_its_headquarters_is_that_post():
    plan = read(written(FLOOD)).plan

    assert [plan.levels[key].decides.posts for key in ("I", "II", "III", "IV")] == [
        ["flood-hq.commander"],
        ["flood-hq.commander"],
        ["flood-hq.executive-deputy"],
        ["flood-office.director"],
    ]


def test_headings_that_run_into_their_text_are_known():
    plan = read(written(FLOOD)).plan

    assert conditions(plan, "II") == [{"flooded_mu": {"at_least": 100000, "below": 200000}}]
    assert [(one[0], one[1]) for one in steps(plan, "I")] == [
        ("consult", "flood-hq"),
        ("order", "emergency"),
        ("report", "water"),
        ("order", "flood-office.director"),
    ]
    assert [one[1] for one in steps(plan, "II")] == ["emergency", "public-security"]
    assert plan.levels["I"].steps[2].every.seconds == 3600


def test_levels_whose_conditions_stand_in_one_line_each():
    plan = read(written(OUTAGE)).plan

    assert conditions(plan, "IV") == [{"load_cut_percent": {"at_least": 20, "below": 40}}]
    assert [one[1] for one in steps(plan, "IV")] == ["power", "public-security"]
    assert [next(iter(one.__pydantic_extra__)) for one in parts_of(plan.ends_when)] == [
        "grid_stable",
        "outage_risk_removed",
    ]


def test_whose_consent_is_needed(fire):
    level = fire.plan.levels["III"]

    assert (level.decides.posts, level.consent) == (
        ["forest-fire-hq.commander"],
        "general-hq.commander",
    )


def test_measures_keep_their_sentence_and_find_who_leads(fire):
    assert steps(fire.plan, "IV") == [
        (
            "order",
            "public-security",
            "县公安局负责对火场周边道路实施交通管制，40分钟内完成",
        ),
        (
            "order",
            "health",
            "由县卫生健康局牵头，县医保局配合，1小时内组织医疗队赶赴现场",
        ),
        ("order", "fire-rescue", "消防部门会同县林业局组织专业队开展扑救"),
        ("report", "forest-fire-office.director", "县森防指办公室每2小时报告一次火情"),
        ("order", "forest-fire-office.director", "做好火场清理看守，严防复燃"),
    ]


def test_deadlines_and_turns_are_read_from_the_sentence(fire):
    times = [
        (one.finish_within and one.finish_within.seconds, one.every and one.every.seconds)
        for one in fire.plan.levels["IV"].steps
    ]

    assert times == [(2400, None), (3600, None), (None, None), (None, 7200), (None, None)]


def test_a_measure_of_nobody_is_given_to_the_office_and_says_so(fire):
    step = fire.plan.levels["IV"].steps[4]
    guess = next(one for one in fire.guesses if one.path == ("levels", "IV", "steps", 4))

    assert step.figures["to"].status == "not_recorded"
    assert "原文没有写责任单位" in guess.reading


def test_a_level_builds_on_the_one_it_names(fire):
    assert fire.plan.levels["III"].builds_on == "IV"


def test_groups_and_the_end_of_a_response_are_read(fire):
    groups = [(one.key, one.leads, one.members) for one in fire.plan.field_post.groups]
    ends = [next(iter(one.__pydantic_extra__)) for one in parts_of(fire.plan.ends_when)]

    assert groups == [
        ("coordination", "emergency", ["government-office", "forestry"]),
        ("security", "public-security", []),
    ]
    assert ends == ["open_flame_out", "smoke_out"]


def test_every_guess_stands_at_its_place_and_quotes_its_paragraph(fire):
    data = read_yaml(fire.text).data
    quotes = {one.number: one.text for one in read_docx(written(), "a").pieces()}

    assert fire.guesses
    for guess in fire.guesses:
        assert at_path(data, guess.path) is not absent, guess
        assert guess.quote == quotes[guess.paragraph]
        assert guess.is_open
        assert guess.reading


def test_every_figure_cites_its_paragraph(fire):
    level = fire.plan.levels["IV"]

    assert clauses_of(level.when)[0].cite == "第 18 段"
    assert level.source_of("decides").cite == "第 24 段"
    assert level.source_of_step(level.steps[0], "text").cite == "第 26 段"
    assert "预案.docx" in fire.plan.sources["原文"]


def test_what_was_not_understood_is_told_with_its_paragraph(fire):
    assert [(one.paragraph, one.why) for one in fire.not_read] == [
        (20, "启动条件没有看懂，按原文记为“未录”"),
        (35, "启动条件没有看懂，按原文记为“未录”"),
    ]


def test_a_table_with_levels_across_is_read(relief):
    assert conditions(relief.plan, "III") == [
        {"dead_missing": {"at_least": 3, "below": 6}},
        {"relocated": {"at_least": 1000, "below": 2500}},
        {"collapsed_rooms": {"at_least": 150, "below": 500}},
    ]


def test_a_range_with_a_dash_says_how_its_upper_number_was_meant(relief):
    reading = next(
        one.reading for one in relief.guesses if one.path == ("levels", "III", "when", "any", 0)
    )

    assert reading.endswith("（“3-6”按含前数、不含后数读，请核对）")


def test_a_table_of_conditions_and_deciders_is_read(relief):
    first, fourth = relief.plan.levels["I"], relief.plan.levels["IV"]

    assert conditions(relief.plan, "I") == [{"deaths": {"at_least": 10}}]
    assert conditions(relief.plan, "IV")[-1] == {
        "direct_loss_wan_yuan": {"at_least": 1000, "below": 5000}
    }
    assert first.decides.posts == ["relief-hq.commander"]
    assert [(one.post, one.within.seconds) for one in first.informs] == [
        ("city-emergency", 1800)
    ]
    assert fourth.decides.posts == ["relief-office.director"]


def test_a_table_of_measures_is_read_with_who_helps(relief):
    assert steps(relief.plan, "IV") == [
        ("order", "emergency", "查灾核灾（配合：县民政局）"),
        ("order", "finance", "拨付救灾资金"),
    ]
    assert [one.finish_within.days for one in relief.plan.levels["IV"].steps] == [1, 1]
    assert steps(relief.plan, "I") == [("request", "emergency", "请求市级支援")]


def test_telephones_are_not_put_into_a_plan(relief):
    assert "0830" not in relief.text
    assert any("电话簿" in one.why for one in relief.not_read)


def test_bounds_that_a_paper_does_not_explain_are_supposed_and_say_so(relief):
    reading = next(one.reading for one in relief.guesses if one.path == ("bounds",))

    assert reading.startswith("没有写")


@pytest.mark.parametrize(
    ("said", "bounds"),
    [
        ("本预案有关数量的表述中，“以上”含本数，“以下”不含本数。", "half_open"),
        ("本预案所称“以上”“以下”均含本数。", "closed"),
        ("本预案所称以上、以下都包含本数。", "closed"),
    ],
)
def test_how_bounds_are_meant_is_read(said, bounds):
    text = FIRE.replace("本预案所称“以上”含本数，“以下”不含本数。", said)

    assert read(written(text)).plan.bounds == bounds


@pytest.mark.parametrize(
    "heading", ["Ⅳ级响应", "IV级应急响应", "四级响应", "4级响应", "一般（Ⅳ级）响应"]
)
def test_levels_are_known_however_they_are_written(heading):
    text = FIRE.replace("5.2.1 Ⅳ级响应", f"5.2.1 {heading}").replace("启动Ⅳ级响应：", "：")

    assert len(read(written(text)).plan.levels["IV"].steps) == 5


def test_headings_without_styles_are_known_by_their_numbers():
    plain = "\n".join(line.lstrip("# ") for line in FIRE.splitlines())

    found = read(written(plain)).plan

    assert [len(found.levels[key].steps) for key in ("III", "IV")] == [1, 5]


def test_a_warnings_chapter_is_no_response():
    text = FIRE.replace(
        "# 5 应急响应", "# 4 预警\n## 4.1 一级预警\n（1）县林业局加强巡护。\n# 5 应急响应"
    )

    assert set(read(written(text)).plan.levels) == {"III", "IV"}


def test_a_title_that_says_nothing_is_told_to_be_settled():
    text = FIRE.replace("森林火灾应急预案", "某类应急预案")
    found = read(written(text))

    reading = next(one.reading for one in found.guesses if one.path == ("hazard",))
    assert (found.plan.plan, "没有认出" in reading) == ("imported-plan", True)


def test_names_of_the_county_and_of_old_are_known():
    text = FIRE.replace("（1）县公安局负责", "（1）清河县公安局负责").replace(
        "县卫生健康局牵头", "县卫计局牵头"
    )

    assert [one[1] for one in steps(read(written(text)).plan, "IV")][:2] == [
        "public-security",
        "health",
    ]


# --- out and in again


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_plan_that_went_out_comes_in_again(name):
    before = load(shipped_text(name))

    after = read(exported(shipped_text(name))).plan

    assert (after.title, after.kind, after.hazard, after.bounds) == (
        before.title,
        before.kind,
        before.hazard,
        before.bounds,
    )
    assert after.document == before.document
    for key, level in before.levels.items():
        other = after.levels[key]
        assert conditions_without_sources(after, key) == conditions_without_sources(before, key)
        for role in ("proposes", "decides", "consent", "informs", "ends", "expected"):
            assert getattr(other, role) == getattr(level, role), (key, role)
        assert other.builds_on == level.builds_on
        assert kept(after, key) == kept(before, key)
    assert after.field_post == before.field_post


def conditions_without_sources(plan, level):
    return json_without(
        [
            one.model_dump(by_alias=True, exclude_defaults=True)
            for one in clauses_of(plan.levels[level].when)
        ],
        marks=plan.levels[level].source_of("when").status,
    )


def json_without(clauses, marks):
    """Clauses as they come back: without cites inside; a status where it is not recorded."""

    def bare(value):
        if isinstance(value, dict):
            return {k: bare(v) for k, v in value.items() if k not in {"cite", "status"}}
        return [bare(one) for one in value] if isinstance(value, list) else value

    found = []
    for one in clauses:
        status = one.get("status", marks)
        found.append(bare(one) | ({} if status == Status.RECORDED else {"status": status}))
    return found


def kept(plan, key):
    """What a measure has to keep on its way; names of steps are made anew."""
    data = []
    for step in plan.levels[key].steps:
        one = step.model_dump(mode="json", by_alias=True, exclude={"id", "source", "figures"})
        one["after"] = len(one["after"])
        level = plan.levels[key]
        one["status"] = [
            str(level.source_of_step(step, field).status)
            for field in ("text", "to", "finish_within", "acknowledge_within")
            if getattr(step, field)
        ]
        data.append(one)
    return json.loads(json.dumps(data))


def test_what_hangs_on_a_measure_comes_in_again():
    text = FOREST.replace(
        "        proof: [photo]\n",
        "        proof: [photo, list]\n        when: {spreading: true}\n        waits_for: {open_flame_out: true}\n"
        "        otherwise: {to: emergency, text: 请消防队封路}\n        same_as: flood/cordon\n",
    )
    before = load(text).levels["IV"].steps[1]

    after = read(exported(text)).plan.levels["IV"].steps[1]

    for field in ("text", "proof", "when", "waits_for", "otherwise", "same_as", "needs"):
        assert getattr(after, field) == getattr(before, field), field


def test_what_comes_in_again_differs_in_names_and_sources_alone():
    before = load(shipped_text("flood"))
    after = read(exported(shipped_text("flood"))).plan

    found = [one.what for one in differences(before, after)]

    assert found
    assert all(
        "代号" in one or "出处" in one or "前置" in one or "引用的文件" in one for one in found
    )


# --- bad input


def test_a_paper_without_levels_is_refused_with_what_to_do():
    with pytest.raises(Invalid, match="没有从文档里读出任何一级响应") as refused:
        read(paper("关于召开会议的通知", "定于明日召开会议。"), "通知.docx")

    assert (refused.value.place, "Ⅳ级响应" in refused.value.remedy) == ("通知.docx", True)


def measures_table(rows):
    return ("Ⅳ级响应措施表", [list(MEASURE_HEAD), *rows])


def test_measures_that_wait_for_one_another_wait_for_nobody_and_that_is_told():
    rows = [
        ["1", "封路", "县公安局", "", "30分钟内", "2", ""],
        ["2", "疏散", "县公安局", "", "30分钟内", "1", ""],
    ]

    found = read(written(HEAD + "# 一、Ⅳ级响应\n", [measures_table(rows)]))

    assert [one.after for one in found.plan.levels["IV"].steps] == [[], []]
    assert ["互为前置" in one.why for one in found.not_read] == [True, True]


@pytest.mark.parametrize("after", ["9", "1", "Ⅰ级3"])
def test_a_number_before_that_is_not_there_is_told(after):
    rows = [["1", "封路", "县公安局", "", "30分钟内", after, ""]]

    found = read(written(HEAD + "# 一、Ⅳ级响应\n", [measures_table(rows)]))

    assert [one.why for one in found.not_read] == [f"前置“{after}”不在表中，没有录入"]


def test_a_level_that_builds_on_itself_builds_on_nothing():
    text = FIRE.replace("在Ⅳ级响应措施的基础上", "在Ⅲ级响应措施的基础上")

    assert read(written(text)).plan.levels["III"].builds_on is None


def test_a_report_told_to_nobody_in_time_is_told():
    text = FIRE.replace("并在10分钟内报告指挥长", "并报告指挥长")

    found = read(written(text))

    assert found.plan.levels["IV"].informs == []
    assert any("没有写多久之内" in one.why for one in found.not_read)


def test_more_measures_than_a_plan_can_hold_are_refused_by_their_number():
    rows = [
        [str(n), f"第{n}项措施" + "转移安置" * 20, "县公安局", "", "30分钟内", "", ""]
        for n in range(3000)
    ]

    with pytest.raises(Invalid, match="3000 项"):
        read_plan(
            _big(rows),
            DIRECTORY,
            name="大.docx",
        )


def _big(rows):
    """A large table as blocks: through python-docx it takes a minute to write."""
    lines = [tuple(MEASURE_HEAD), *map(tuple, rows)]
    table = Table(rows=tuple(Row(number=n, cells=one) for n, one in enumerate(lines, 3)))
    return Paper(
        blocks=(
            Paragraph(number=1, text="甲县防汛抗旱应急预案"),
            Paragraph(number=2, text="一、Ⅳ级响应", outline=1),
            table,
        )
    )


def test_a_thousand_measures_are_read():
    rows = [[str(n), "巡查", "县公安局", "", "30分钟内", "", ""] for n in range(1000)]

    assert len(read_plan(_big(rows), DIRECTORY, name="a").plan.levels["IV"].steps) == 1000


def test_a_day_that_is_none_is_left_out():
    text = FIRE.replace("2025年9月1日", "2025年9月31日")

    assert read(written(text)).plan.document.issued is None


LINES = [one.lstrip("# ") for one in FIRE.splitlines()]
CELLS = [
    "Ⅳ级",
    "一级",
    "死亡3人以上",
    "县公安局",
    "30分钟内",
    "1",
    "—",
    "（1）甲；（2）乙",
    "〔假定〕",
    "",
]
HEADS = [
    "级别",
    "启动条件",
    "决定人",
    "报告",
    "措施",
    "责任单位",
    "完成时限",
    "前置",
    "工作组",
    "牵头",
    "指标",
    "Ⅱ级",
    "Ⅲ级",
]


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=25),
    st.lists(
        st.integers(2, 5).flatmap(
            lambda wide: st.tuples(
                st.lists(st.sampled_from(HEADS), min_size=wide, max_size=wide),
                st.lists(
                    st.lists(st.sampled_from(CELLS), min_size=wide, max_size=wide), max_size=5
                ),
            )
        ),
        max_size=3,
    ),
)
def test_whatever_stands_in_a_paper_the_text_loads_or_it_is_refused(lines, tables):
    blocks = [Paragraph(number=at, text=one) for at, one in enumerate(lines, 1)]
    count = len(lines)
    for head, rows in tables:
        made = tuple(
            Row(number=count + at, cells=tuple(one)) for at, one in enumerate([head, *rows], 1)
        )
        blocks.append(Table(rows=made))
        count += len(made)
    try:
        found = read_plan(Paper(blocks=tuple(blocks)), DIRECTORY, name="a.docx")
    except Invalid as refused:
        if refused.fields.keys() != {"paper"} or "响应级别" not in refused.fields["paper"]:
            raise
        return

    data = read_yaml(found.text).data
    assert all(at_path(data, one.path) is not absent for one in found.guesses)


# --- periods of the year


def periods(*lines):
    found = read(written(FIRE.replace("# 2 组织", "\n".join(lines) + "\n# 2 组织")))
    kept = [(one.fact, one.since, one.until) for one in found.plan.periods]
    return kept, [one.why for one in found.not_read]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("敏感时段为每年2月1日至5月31日。", [("02-01", "05-31")]),
        ("“敏感时段”是指每年10月1日起至次年4月30日。", [("10-01", "04-30")]),
        (
            "敏感时段包括每年3月至4月，以及9月20日—10月10日。",
            [("03-01", "04-30"), ("09-20", "10-10")],
        ),
        ("每年2月1日至2月认定为处于敏感时段或敏感地区。", [("02-01", "02-29")]),
    ],
)
def test_periods_are_read_where_their_days_are_written(said, expected):
    found, _missed = periods(said)

    assert found == [("sensitive", *one) for one in expected]


def test_a_period_without_days_or_with_such_as_there_are_not_is_told():
    found, missed = periods("敏感时段是指清明、春节等。", "敏感时段为2月30日至3月1日。")

    assert found == []
    assert "处于敏感时段或敏感地区：没有写起止月日，没有录入" in missed
    assert "没有这样的月日，没有录入" in missed


def test_days_of_anything_else_are_no_period():
    assert periods("每年4月1日至9月30日为汛期，24小时值班。")[0] == []


def test_a_period_that_went_out_comes_in_again():
    span = "[{fact: sensitive, since: 11-01, until: 02-29}]"

    [period] = read(
        exported(FOREST.replace("levels:", f"periods: {span}\nlevels:"))
    ).plan.periods

    assert (period.fact, period.since, period.until) == ("sensitive", "11-01", "02-29")
