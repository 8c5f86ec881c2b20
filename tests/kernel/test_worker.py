import threading

import pytest
from django.db import connection

from liandong.kernel.heartbeats import Heartbeat
from liandong.kernel.identity import Node
from liandong.kernel.journal.checkpoints import heads
from liandong.kernel.journal.models import Link, Outbox
from liandong.kernel.journal.sequencing import FencedError
from liandong.kernel.worker import Rounds, run, work_until_quiet
from tests.kernel.gauges import MOVE, heard, move
from tests.people import allowed


@pytest.mark.django_db(transaction=True)
def test_the_worker_chains_answers_and_ends_when_told(tmp_path):
    heard.clear()
    stop = threading.Event()

    def work():
        run(epoch=1, checkpoints=tmp_path, stop=stop)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    move(allowed(MOVE), gauges=[("上游", 1)])
    for _ in range(200):
        if heard:
            break
        stop.wait(0.05)
    stop.set()
    worker.join(5)

    assert (heard, Outbox.objects.count(), worker.is_alive()) == ([("上游", 1)], 0, False)
    assert Heartbeat.objects.get().part == "worker"


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_works_and_the_other_waits():
    stop, second = threading.Event(), []

    def work():
        run(epoch=1, checkpoints=None, stop=stop)
        connection.close()

    def ask():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            )
            second.append(cursor.fetchone()[0])
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    stop.wait(1.5)
    ask()
    stop.set()
    for worker in workers:
        worker.join(5)

    assert second == [1]


@pytest.mark.django_db(transaction=True)
def test_a_worker_of_another_epoch_ends():
    Node.objects.create(division_code="330000", name="示例县", public_key="", epoch=2)
    move(allowed(MOVE), gauges=[("上游", 1)])

    with pytest.raises(FencedError):
        run(epoch=1, checkpoints=None, stop=threading.Event())
    assert Link.objects.count() == 0


@pytest.mark.django_db
def test_a_head_is_written_down_once_and_again_when_it_moved(tmp_path):
    move(allowed(MOVE), gauges=[("上游", 1)])
    work_until_quiet(epoch=1)
    rounds = Rounds(tmp_path)

    rounds.go()
    rounds.done.clear()
    rounds.go()
    assert [head.position for head in heads(tmp_path)] == [1]

    move(allowed(MOVE), gauges=[("上游", 2)])
    work_until_quiet(epoch=1)
    rounds.done.clear()
    rounds.go()
    assert [head.position for head in heads(tmp_path)] == [1, 2]


@pytest.mark.django_db
def test_a_folder_that_takes_no_heads_does_not_end_the_worker(tmp_path, caplog):
    move(allowed(MOVE), gauges=[("上游", 1)])
    work_until_quiet(epoch=1)
    (tmp_path / "taken").write_text("a file where a folder is wanted")

    Rounds(tmp_path / "taken").go()

    assert "a round of the worker failed" in caplog.text
