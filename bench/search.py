"""Searching over 200,000 rows: what people type, beside ILIKE over the same table.

``python -m bench.search --rows 20000`` measures it by itself, on a cluster of its own.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from liandong.kernel.database import Cluster, owner_url

ROWS, BATCH, MOST = 200_000, 5_000, 48
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单仇解覃"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文辉玲红玉春梅海燕志波鹏宇浩宏亮"
PLACES = (
    "东西南北大小上下河口岭湾桥坪坝田塘冲沟源泉山石岩白黄青红龙凤马牛羊金银铜新老高长平安太和"
)
THINGS = [
    "水库",
    "避难场所",
    "卫生院",
    "中心小学",
    "加油站",
    "雨量站",
    "水文站",
    "物资储备点",
    "危化品仓库",
    "地质灾害隐患点",
    "挖掘机",
    "冲锋舟",
    "排涝泵车",
    "发电车",
    "志愿服务队",
    "森林消防队",
    "民兵应急连",
    "养老院",
    "尾矿库",
    "烟花爆竹零售点",
]
# As typed, and the Chinese that is meant, which is all that ILIKE can be asked.
TYPED = {
    "水": "水", "水库": "水库", "王伟": "王伟", "东河镇水库": "东河镇水库", "查无此人": "查无此人",
    "镇 卫生院": "镇卫生院", "138": "138", "s": "水", "shui": "水", "shuiku": "水库", "ww": "王伟",
    "wangwei": "王伟", "dhzsk": "东河镇水库", "donghezhen": "东河镇", "东h镇": "东河镇",
    "yuliangzhan": "雨量站", "lihuaj": "李华娟", "山洪": "山洪",
}  # fmt: skip


def main() -> None:
    """Fill a cluster, ask as the duty desk and as a unit, print p50 and p99 beside the reference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="liandong-search-", dir="/tmp"))
    home.chmod(0o755)
    cluster = Cluster(home)
    cluster.start()
    cluster.ensure_database()
    try:
        os.environ.update(
            LIANDONG_HOME=str(home), DJANGO_SETTINGS_MODULE="liandong.config.settings.base"
        )
        command = [str(Path(sys.executable).with_name("liandong")), "migrate"]
        subprocess.run(command, env={**os.environ}, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own
        print(measured(asked.rows))
    finally:
        cluster.stop()
        shutil.rmtree(home, ignore_errors=True)


@dataclass(frozen=True)
class Told:
    """Milliseconds of a search, ours and the plain one's."""

    p50: float
    p99: float
    plain_p50: float
    plain_p99: float


def measured(count: int, rounds: int = 5) -> Told:
    """Milliseconds of ours and of the reference over everything that is typed; Django's settings are made."""
    import django  # noqa: PLC0415 -- its settings were made only now

    django.setup()
    from bench.reference import search as plain  # noqa: PLC0415 -- app ready
    from liandong.kernel.actors import Actor  # noqa: PLC0415 -- app ready
    from liandong.kernel.search.finding import find  # noqa: PLC0415 -- app ready

    _fill(count)
    seen = {"public", "county", "account:1"}
    desk = Actor(scopes=frozenset({*seen, "duty"}))
    unit = Actor(scopes=frozenset({*seen, "body:7", "post:9"}))
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(rounds + 1):
        for actor in (desk, unit):
            for typed, meant in TYPED.items():
                taken = (
                    _ms(lambda a=actor, t=typed: find(a, t)),
                    _ms(
                        lambda a=actor, m=meant: plain.find(a.realm, sorted(a.scopes), m, MOST)
                    ),
                )
                if number:  # the first round warms both
                    ours.append(taken[0])
                    theirs.append(taken[1])
    return Told(*_of(ours), *_of(theirs))


def _rows(count: int) -> Iterator[tuple[str, dict[str, object]]]:
    """A county's registers, as made up as they must be: people, places, orders, incidents."""
    draw = random.Random(2024)
    for number in range(count):
        place = "".join(draw.choices(PLACES, k=2)) + draw.choice("镇乡村组")
        named = draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2))))
        phone = f"1{draw.randrange(3, 10)}{draw.randrange(10**9):09}"
        title, detail = (
            (named, f"{place} 联络员"),
            (f"{place}{draw.choice(THINGS)}", named),
            (f"{number}号令 {place}", f"转移{place}受威胁群众{number % 97}人"),
            (f"{place}山洪", f"〔2026〕{number}号"),
        )[number % 4]
        seen = "county" if number % 4 < 2 else f"body:{draw.randrange(60)}"
        yield (
            f"bench.{number % 4}",
            {
                "title": title,
                "detail": detail,
                "names": [detail, phone],
                "audience": ["duty", seen],
                "weight": number % 4 * 10,
            },
        )


def _fill(count: int) -> None:
    from liandong.kernel.search import indexing  # noqa: PLC0415 -- app ready
    from liandong.kernel.search.models import SearchRow  # noqa: PLC0415 -- app ready

    some: list[SearchRow] = []
    # Led to afterwards, which is many times faster; every index stands before anything is measured.
    index = next(one for one in SearchRow._meta.indexes if one.fields == ["terms"])
    _as_owner(f"DROP INDEX {index.name}")
    for number, (kind, said) in enumerate(_rows(count), 1):
        row = indexing.Searchable(url=f"/{number}/", **said)  # type: ignore[arg-type] -- made above
        some.append(indexing.as_row(kind, str(number), row))
        if len(some) == BATCH or number == count:
            SearchRow.objects.bulk_create(some)
            some = []
    _as_owner(f"CREATE INDEX {index.name} ON kernel_searchrow USING gin (terms)")
    _as_owner("VACUUM ANALYZE kernel_searchrow")


def _as_owner(statement: str) -> None:
    with psycopg.connect(
        owner_url(Path(os.environ["LIANDONG_HOME"])), autocommit=True
    ) as owner:
        owner.execute(statement)  # type: ignore[arg-type] -- our own names


def _ms(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _of(some: list[float]) -> tuple[float, float]:
    """The median, and what one in a hundred exceeds."""
    most = statistics.quantiles(some, n=100, method="inclusive")[98]
    return round(statistics.median(some), 1), round(most, 1)


if __name__ == "__main__":
    main()
