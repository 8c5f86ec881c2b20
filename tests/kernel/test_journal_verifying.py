import pytest
from django.db import DatabaseError, connection, transaction

from liandong.kernel.journal.models import Entry, Link, Payload
from liandong.kernel.journal.sequencing import FencedError, sequence
from liandong.kernel.journal.verifying import Head, verify
from liandong.kernel.upkeep.erasing import erase_payload
from tests.kernel.gauges import MOVE, move
from tests.people import allowed

pytestmark = pytest.mark.django_db


def tamper(sql):
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL session_replication_role = replica; DELETE FROM kernel_delivery"
        )
        cursor.execute(sql)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def head(db):
    for level in range(1, 7):
        move(allowed(MOVE), gauges=[("上游", level)])
    assert (sequence(epoch=1, limit=2), sequence(epoch=1), sequence(epoch=1)) == (2, 4, 0)
    last = Link.objects.last()
    return Head(last.epoch, last.position, last.digest)


def troubles(*heads):
    return [(trouble.position, trouble.kind) for trouble in verify(heads=heads).troubles]


def test_positions_follow_one_another_over_batches(head):
    report = verify(heads=[head])

    assert [str(link) for link in Link.objects.all()] == [f"1:{n}" for n in range(1, 7)]
    assert (report.verified, report.entries, report.head) == (True, 6, head)


SWAP = """
UPDATE kernel_link SET position = -2 WHERE position = 2;
UPDATE kernel_link SET position = 2 WHERE position = 3;
UPDATE kernel_link SET position = 3 WHERE position = -2
"""
INSERT = """
INSERT INTO kernel_entry (id, realm, at, happened_at, name, version, subject_kind, subject_id,
    actor, incident, audience, algorithm, commitment, cause_id)
    SELECT gen_random_uuid(), realm, at, happened_at, name, version, subject_kind, 'forged',
    actor, incident, audience, algorithm, commitment, cause_id
    FROM (SELECT * FROM kernel_entry ORDER BY id LIMIT 1) AS one;
UPDATE kernel_link SET position = -position WHERE position >= 3;
UPDATE kernel_link SET position = 1 - position WHERE position < 0;
INSERT INTO kernel_link (position, epoch, entry_id, digest)
    SELECT 3, 1, id, repeat('a', 64) FROM kernel_entry WHERE subject_id = 'forged';
INSERT INTO kernel_payload (entry_id, salt, text) SELECT entry.id, said.salt, said.text FROM kernel_entry entry,
    (SELECT * FROM kernel_payload ORDER BY entry_id LIMIT 1) AS said WHERE subject_id = 'forged'
"""
RENUMBER = """
DELETE FROM kernel_link WHERE position = 3;
UPDATE kernel_link SET position = position - 1 WHERE position > 3
"""


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        (
            "UPDATE kernel_entry SET realm = 'x' WHERE id = (SELECT entry_id FROM kernel_link WHERE position = 3)",
            (3, "changed"),
        ),
        ("UPDATE kernel_link SET digest = repeat('0', 64) WHERE position = 6", (6, "changed")),
        ("UPDATE kernel_payload SET text = 'x' WHERE text LIKE '%:2,%'", (2, "payload")),
        ("DELETE FROM kernel_payload WHERE text LIKE '%:2,%'", (2, "payload")),
        ("DELETE FROM kernel_link WHERE position = 3", (3, "missing")),
        (RENUMBER, (3, "missing")),
        (SWAP, (2, "swapped")),
        (INSERT, (3, "added")),
        ("DELETE FROM kernel_link WHERE position > 4", (6, "cut")),
    ],
    ids=[
        "byte",
        "digest",
        "payload",
        "payload gone",
        "deletion",
        "renumbered",
        "swap",
        "insertion",
        "cut tail",
    ],
)
def test_verify_names_what_was_tampered_with(head, sql, expected):
    tamper(sql)

    found = [trouble for trouble in troubles(head) if trouble[1] != "unchained"]

    assert expected in found
    assert len(found) <= 2


def test_an_entry_slipped_in_beside_the_queue_is_named(head):
    tamper("DELETE FROM kernel_link WHERE position = 6")

    assert (0, "unchained") in troubles()


def test_a_lawfully_erased_payload_leaves_the_chain_whole(head):
    said = Link.objects.get(position=2).entry_id

    erase_payload(allowed("kernel:payload:erase"), entry=said, reason="应急结束,个人信息到期")
    sequence(epoch=1)

    report = verify(heads=[head])
    assert (report.verified, report.erased, report.entries) == (True, 1, 7)
    assert not Payload.objects.filter(entry=said).exists()


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE kernel_entry SET actor = '{}'",
        "DELETE FROM kernel_entry",
        "UPDATE kernel_link SET epoch = 2",
        "DELETE FROM kernel_link",
        "UPDATE kernel_payload SET text = ''",
    ],
)
def test_the_database_refuses_changes_even_to_its_owner(head, deed):
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        connection.cursor().execute(deed)


def test_a_sequencer_of_another_epoch_is_fenced_off(head):
    from liandong.kernel.identity import Node

    Node.objects.create(division_code="330000", name="示例县", public_key="", epoch=2)
    move(allowed(MOVE), gauges=[("上游", 9)])

    with pytest.raises(FencedError):
        sequence(epoch=1)
    assert Link.objects.count() == 6
    assert sequence(epoch=2) == 1
    assert str(Link.objects.last()) == "2:7"
    assert Entry.objects.count() == 7
