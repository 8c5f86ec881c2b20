from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.search import finding, terms
from liandong.kernel.search.asking import words
from liandong.kernel.search.finding import find, marked
from liandong.kernel.search.models import SearchRow
from liandong.kernel.search.pinyin import initials, readings

pytestmark = pytest.mark.django_db
READER = Actor(scopes=frozenset({"public", "county", "post:mine"}))
TITLES = [
    "县水利局", "县公安局", "东岭乡人民政府", "大坝水库水文站", "示应急〔2026〕3号", "单雄信", "仇英",
    "尉迟恭", "欧阳修", "曾国藩", "覃寿乔", "重庆路加油站", "长沙河", "LNG 储配站", "Ⅲ级响应", "西安路",
    "银行行长", "０７１５热线", "绿化所", "女儿湖", "𠮷野家", "A&B 公司", "朴实", "解放桥雨量站",
]  # fmt: skip


def entered(*titles, audience=("county",), realm="", kind="test.thing", names=(), at=None):
    rows = []
    for number, title in enumerate(titles, SearchRow.objects.count()):
        plain = [one for one in map(terms.plain, (title, *names)) if one]
        rows.append(
            SearchRow(
                kind=kind, subject=str(number), title=title, detail="", url=f"/{number}/",
                realm=realm, audience=list(audience), names="\n".join(plain),
                spelled="\n".join(map(terms.spelled, plain)), terms=sorted(terms.terms(plain)),
                at=at,
            )
        )  # fmt: skip
    SearchRow.objects.bulk_create(rows)


def titles(text, actor=READER):
    return [one.title for one in find(actor, text)]


def test_every_piece_of_a_title_finds_it():
    entered(*TITLES)

    for title in TITLES:
        for begin in range(len(title)):
            for end in range(begin + 1, len(title) + 1):
                if terms.plain(title[begin:end]):
                    assert title in titles(title[begin:end]), title[begin:end]


@pytest.mark.parametrize("title", TITLES)
def test_pinyin_finds_a_title_in_full_by_initials_and_in_any_mixture(title):
    entered(title, "无关")
    full = "".join(next(iter(readings(one)), one) for one in terms.plain(title))
    half = "".join(
        one if n % 2 else next(iter(readings(one)), one)[:1]
        for n, one in enumerate(terms.plain(title))
    )

    assert titles(full) == [title]
    assert titles(initials(terms.plain(title)) or title) == [title]
    assert titles(half) == [title]
    assert titles(full[:-1]) == [title] or len(full) == 1


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("shanxiongxin", "单雄信"),
        ("qy", "仇英"),
        ("qiuying", "仇英"),
        ("yuchigong", "尉迟恭"),
        ("zengguofan", "曾国藩"),
        ("qinsq", "覃寿乔"),
        ("chongqlu", "重庆路加油站"),
        ("changsha", "长沙河"),
        ("xian", "西安路"),
        ("xalu", "西安路"),
        ("yhhz", "银行行长"),
        ("lng", "LNG 储配站"),
        ("lngchupei", "LNG 储配站"),
        ("水利j", "县水利局"),
        ("县sl局", "县水利局"),
        ("公安 县", "县公安局"),
        ("2026 3号", "示应急〔2026〕3号"),
        ("iii级", "Ⅲ级响应"),
        ("0715", "０７１５热线"),
        ("ｌｎｇ", "LNG 储配站"),
        ("%", None),
        ("_", None),
        ("县%局", None),
        ("\\", None),
        ("' OR 1=1", None),
        ("x*", None),
        (".*", None),
    ],
)
def test_what_is_typed_is_taken_as_it_is_meant(typed, title):
    entered(*TITLES)

    found = titles(typed)

    if title:
        assert found[0] == title
    elif words(typed):
        assert all(terms.plain(typed).isascii() or "县" in one for one in found)
    else:
        assert found == []


def test_what_begins_with_it_stands_before_what_has_it_somewhere():
    entered("某水利局", "水利局", "水利", "水利局工会")

    assert titles("水利") == ["水利", "水利局", "水利局工会", "某水利局"]


def test_what_matters_more_stands_first():
    entered("县一中", "县二中")
    SearchRow.objects.filter(title="县二中").update(weight=9)

    assert titles("县") == ["县二中", "县一中"]


def test_other_names_find_it_too():
    entered("应急管理局", names=["安监局"])

    assert titles("anjian") == ["应急管理局"]
    assert titles("安监") == ["应急管理局"]
    assert titles("局安") == []  # names are not read into one another


def test_only_what_one_may_see_is_found():
    entered("公开", audience=["county"])
    entered("自己的", audience=["post:mine"])
    entered("别人的", audience=["post:theirs"])

    assert titles("公开") == ["公开"]
    assert titles("自己") == ["自己的"]
    assert titles("别人") == titles("bieren") == titles("人") == []


def test_a_drill_and_the_flood_do_not_find_each_other():
    entered("实战洪水", realm=ACTUAL)
    entered("演练洪水", realm="drill-1")
    entered("处处都有的洪水", realm="")

    assert set(titles("洪水")) == {"实战洪水", "处处都有的洪水"}
    drill = Actor(scopes=READER.scopes, realm="drill-1")
    assert set(titles("hongshui", drill)) == {"演练洪水", "处处都有的洪水"}


def test_of_too_many_those_that_begin_with_it_are_there():
    entered(*(f"第{n}水库" for n in range(finding.WEIGHED + 50)), "水库管理处")

    found = titles("水库")

    assert found[0] == "水库管理处"
    assert len(found) == finding.MOST
    assert titles("shuiku")[0] == "水库管理处"


def test_asking_takes_as_many_queries_whatever_is_typed_and_however_much_there_is():
    entered(*TITLES[:2])

    def counted(text):
        with CaptureQueriesContext(connection) as asked:
            find(READER, text)
        return len(asked)

    few = {counted(text) for text in ("", "县", "水利局", "xslj", "县 shui 站 bei")}
    entered(*TITLES)
    assert few == {counted("xslj")}


def test_what_takes_too_long_is_told(monkeypatch):
    monkeypatch.setattr(finding, "LONGEST_MS", 20)
    monkeypatch.setattr(
        finding, "RECENT", "SELECT pg_sleep(5) -- {columns}{own}{new}{seen}{most}"
    )

    with pytest.raises(Invalid, match="太宽"):
        find(READER, "")


def test_what_is_beyond_64_characters_does_not_count():
    entered("县" * 64)

    assert titles("县" * 500) == ["县" * 64]


@given(st.text(max_size=80))
def test_nothing_that_is_typed_breaks_it(text):
    find(READER, text)


@given(st.text(alphabet="县水利局重长单安西 abxn3", min_size=1, max_size=20), st.data())
def test_any_title_is_found_by_any_piece_of_it(title, data):
    SearchRow.objects.all().delete()
    entered(title)
    begin = data.draw(st.integers(0, len(title) - 1))
    end = data.draw(st.integers(begin + 1, len(title)))

    if terms.plain(title[begin:end]):
        assert titles(title[begin:end]) == [title]


@given(
    st.text(alphabet="县水利局重长单安西鄂岸偶尔abeginsu", min_size=1, max_size=10), st.data()
)
def test_any_name_is_found_by_its_pinyin_and_initials_however_it_is_read(title, data):
    SearchRow.objects.all().delete()
    entered(title)
    syllables = [data.draw(st.sampled_from(readings(one))) for one in title]

    assert titles("".join(syllables)) == [title]
    assert titles("".join(one[0] for one in syllables)) == [title]


@pytest.mark.parametrize(
    ("typed", "title", "pieces"),
    [
        ("水利", "县水利局", [("县", False), ("水利", True), ("局", False)]),
        ("sl", "县水利局", [("县", False), ("水利", True), ("局", False)]),
        ("2026 3", "示应急〔2026〕3号",
         [("示应急〔", False), ("2026", True), ("〕", False), ("3", True), ("号", False)]),
        ("安监", "应急管理局", [("应急管理局", False)]),
        ("20263", "〔2026〕3号", [("〔", False), ("2026〕3", True), ("号", False)]),
    ],
)  # fmt: skip
def test_what_was_meant_is_marked(typed, title, pieces):
    assert marked(title, words(typed)) == pieces


def test_nothing_typed_shows_ones_own_and_the_latest_what_matters_first():
    day = datetime(2026, 8, 1, tzinfo=UTC)
    entered("旧事", realm=ACTUAL, at=day)
    entered("新事", realm=ACTUAL, at=day + timedelta(days=1))
    entered("自己的旧事", audience=["post:mine"], at=day - timedelta(days=900))
    entered("别人的新事", audience=["post:theirs"], realm=ACTUAL, at=day + timedelta(days=2))
    entered("一直在的", "别处的")
    SearchRow.objects.filter(title="旧事").update(weight=9)

    assert titles("") == titles(" ，") == ["旧事", "新事", "自己的旧事"]
