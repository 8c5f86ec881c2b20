"""What ``doctor`` asks of a running database; needs Django awake."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.db import connection

from liandong.config.findings import Finding, guarded
from liandong.config.migrating import running_role, unapplied
from liandong.kernel import clock
from liandong.kernel.database import owner_url
from liandong.kernel.database.holding import held_by
from liandong.kernel.database.roles import missing_grants
from liandong.kernel.heartbeats import Heartbeat
from liandong.kernel.identity import this_node
from liandong.kernel.journal.checkpoints import last_line
from liandong.kernel.journal.models import Delivery, Link, Outbox
from liandong.kernel.keys import key_path, public_key
from liandong.kernel.timers import Timer

QUIET = timedelta(seconds=30)


def examine(home: Path) -> Iterator[Finding]:
    """Everything that needs the database running."""
    for check in CHECKS:
        yield from guarded(check, home)


def _server(_home: Path) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), current_user, rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        version, role, is_super = cursor.fetchone()
        cursor.execute(
            "SELECT current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off'"
        )
        is_durable = cursor.fetchone()[0]
    major = int(version.split(".")[0])
    yield Finding("数据库版本", major >= 15, version, "请使用 PostgreSQL 15 或更新版本。")
    yield Finding(
        "运行角色",
        not is_super,
        role,
        "运行角色不得是超级用户，请改用 DATABASE_URL 指定普通角色。",
    )
    yield Finding(
        "写入落盘",
        is_durable,
        "开启" if is_durable else "关闭",
        "请开启 fsync 与 synchronous_commit，否则断电会丢失已确认的办理。",
    )


def _migrations(_home: Path) -> Iterator[Finding]:
    missing = unapplied()
    detail = f"缺 {len(missing)} 项：{'、'.join(missing[:3])}" if missing else "最新"
    yield Finding("数据库结构", not missing, detail, "请执行 liandong migrate。")


def _grants(home: Path) -> Iterator[Finding]:
    astray = missing_grants(owner_url(home), running_role())
    detail = "、".join(astray[:5]) if astray else "流水只可追加"
    yield Finding(
        "角色权限",
        not astray,
        detail,
        "请执行 liandong migrate 重新授权，并查明是谁改动了权限。",
    )


def _identity(home: Path) -> Iterator[Finding]:
    node = this_node()
    if node is None:
        yield Finding(
            "节点身份", ok=False, detail="数据库里没有节点", remedy="请执行 liandong init。"
        )
        return
    detail = f"{node.name}（{node.division_code}），第 {node.epoch} 纪元"
    same = key_path(home).exists() and public_key(home) == node.public_key
    yield Finding("节点身份", same, detail, "私钥与登记的公钥不符，请从备份恢复 keys 目录。")


def _head(home: Path) -> Iterator[Finding]:
    last = last_line(home / "checkpoints")
    if last is None:
        yield Finding("链头留存", ok=None, detail="尚无留存")
        return
    digests = Link.objects.filter(epoch=last.epoch, position=last.position).values_list(
        "digest", flat=True
    )
    is_same = list(digests) == [last.digest]
    detail = f"{last.epoch}:{last.position} {'相符' if is_same else '不符'}"
    yield Finding(
        "链头留存", is_same, detail, "流水可能被截去或改动，请执行 liandong journal verify。"
    )


def _worker(home: Path) -> Iterator[Finding]:
    beat = Heartbeat.objects.filter(part="worker").first()
    is_wanted = bool(held_by(home))
    age = clock.real() - beat.at if beat else None
    is_alive = age is not None and age < QUIET
    detail = f"{int(age.total_seconds())} 秒前" if age is not None else "从未运行"
    ok = True if is_alive else (False if is_wanted else None)
    yield Finding(
        "后台办理",
        ok,
        detail,
        "请查看 log/worker.log，并确认 liandong serve 或 worker 在运行。",
    )


def _streams(home: Path) -> Iterator[Finding]:
    """Whoever takes in what devices say beats only while broker and table both answer."""
    beat = Heartbeat.objects.filter(part="intake").first()
    if beat is None:
        yield Finding("遥测接入", ok=None, detail="未启用 MQTT 和 NATS，只经网页接口收读数")
        return
    age = clock.real() - beat.at
    ok = True if age < QUIET else (False if held_by(home) else None)
    yield Finding(
        "遥测接入",
        ok,
        f"{int(age.total_seconds())} 秒前",
        "消息总线或接入进程停了：请查看 log/nats.log 和 log/intake.log，并确认 serve --nats 或 intake 在运行。",
    )


def _queues(_home: Path) -> Iterator[Finding]:
    dead, waiting = Delivery.objects.filter(dead=True).count(), Outbox.objects.count()
    yield Finding(
        "失败的后续办理", not dead, f"{dead} 件", "请在运行维护页查看原因，处理后重试。"
    )
    stopped = Timer.objects.filter(dead=True).count()
    yield Finding(
        "停下的时钟", not stopped, f"{stopped} 个", "请在运行维护页查看原因，处理后重新响铃。"
    )
    yield Finding("待编号流水", True if not waiting else None, f"{waiting} 条")


def _time(_home: Path) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((cursor.fetchone()[0] - clock.real()).total_seconds())
    yield Finding(
        "与数据库时间之差", apart < 2, f"{apart:.1f} 秒", "请让两台机器对接同一授时服务器。"
    )
    last = Link.objects.select_related("entry").filter(entry__realm="actual").last()
    if last:
        is_after = last.entry.at <= clock.real() + timedelta(seconds=5)
        detail = last.entry.at.astimezone().isoformat(timespec="seconds")
        yield Finding("最后一条流水的时间", is_after, detail, "系统时间早于流水，请先校时。")


CHECKS = (_server, _migrations, _grants, _identity, _head, _worker, _streams, _queues, _time)
