"""Founding a node and bringing it back."""

import stat

import pytest

from liandong.kernel import keys
from liandong.kernel.identity import Node, this_node
from liandong.kernel.journal.models import Entry, Payload
from liandong.kernel.node import COPY, MOVE, Permission, found_node, record_restore
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing
from tests.people import allowed, visitor

KEY, OTHER = "ab" * 32, "cd" * 32


@pytest.fixture
def founder():
    return allowed(Permission.FOUND_NODE, Permission.RESTORE_NODE, label="建立节点")


@pytest.fixture
def node(db, founder):
    return found_node(founder, division_code="370102", name="试验县", public_key=KEY)


def test_founding_makes_row_and_entry(node):
    entry = Entry.objects.get()

    assert this_node() == node
    assert (node.division_code, node.name, node.public_key, node.epoch) == (
        "370102",
        "试验县",
        KEY,
        1,
    )
    assert (entry.name, entry.subject_id) == ("kernel.node_founded", str(node.pk))
    assert Payload.objects.get().text == (
        f'{{"county":"试验县","division_code":"370102","is_demo":false,"public_key":"{KEY}",'
        f'"subject_id":"{node.pk}"}}'
    )


@pytest.mark.django_db
def test_founding_is_refused_without_the_permission():
    with pytest.raises(Forbidden):
        found_node(visitor(), division_code="370102", name="试验县", public_key=KEY)

    assert Node.objects.count() == 0


def test_a_second_node_is_refused(node, founder):
    with pytest.raises(IllegalMove, match="已有节点"):
        found_node(founder, division_code="370103", name="另一县", public_key=KEY)

    assert Node.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "name", "wrong"),
    [
        ("37010", "试验县", ["division_code"]),
        ("3701021", "试验县", ["division_code"]),
        ("07010a", "试验县", ["division_code"]),
        ("３７０１０２", "试验县", ["division_code"]),
        ("370102", "  ", ["name"]),
        ("", "", ["division_code", "name"]),
    ],
)
def test_a_wrong_code_or_name_is_refused_by_name(founder, code, name, wrong):
    with pytest.raises(Invalid) as caught:
        found_node(founder, division_code=code, name=name, public_key=KEY)

    assert sorted(caught.value.fields) == wrong
    assert (Node.objects.count(), Entry.objects.count()) == (0, 0)


def test_the_same_key_founds_once(db, founder):
    first, again = (
        found_node(
            founder, division_code="370102", name="试验县", public_key=KEY, idempotency_key="k"
        )
        for _ in range(2)
    )

    assert (first.pk, Entry.objects.count()) == (again.pk, 1)


def test_a_moved_node_stays_itself_in_a_new_epoch(node, founder):
    moved = record_restore(founder, how=MOVE, public_key=KEY, former_head="1:7:aa")

    assert (moved.pk, moved.public_key, moved.epoch) == (node.pk, KEY, 2)
    assert Payload.objects.order_by("entry_id").last().text == (
        f'{{"epoch":2,"former_head":"1:7:aa","former_node":"{node.pk}","how":"move",'
        f'"public_key":"{KEY}","subject_id":"{node.pk}"}}'
    )


def test_a_copied_node_is_another_with_another_key(node, founder):
    copy = record_restore(founder, how=COPY, public_key=OTHER, former_head="1:7:aa")

    assert copy.pk != node.pk
    assert (copy.public_key, copy.epoch, copy.name) == (OTHER, 2, "试验县")
    assert list(Node.objects.values_list("pk", flat=True)) == [copy.pk]
    assert Entry.objects.order_by("id").last().subject_id == str(copy.pk)


@pytest.mark.django_db
def test_an_empty_database_cannot_be_a_restored_node(founder):
    with pytest.raises(Missing, match="备份里没有节点"):
        record_restore(founder, how=MOVE, public_key=KEY, former_head="")


def test_a_restore_is_refused_without_the_permission(node):
    with pytest.raises(Forbidden):
        record_restore(visitor(), how=MOVE, public_key=KEY, former_head="")

    assert this_node().epoch == 1


def test_what_the_key_signed_checks_and_nothing_else(tmp_path):
    public = keys.make_key(tmp_path)
    signature = keys.sign("水位".encode(), home=tmp_path)

    assert public == keys.public_key(tmp_path)
    assert keys.check(public, "水位".encode(), signature)
    assert not keys.check(public, "水位。".encode(), signature)
    assert not keys.check(OTHER, "水位".encode(), signature)
    assert not keys.check("no hex", b"", "zz")


def test_the_private_key_is_for_its_owner_alone_and_never_replaced(tmp_path):
    public = keys.make_key(tmp_path)

    assert stat.S_IMODE(keys.key_path(tmp_path).stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.key_path(tmp_path).parent.stat().st_mode) == 0o700
    with pytest.raises(FileExistsError):
        keys.make_key(tmp_path)
    assert keys.public_key(tmp_path) == public


def test_a_missing_and_a_broken_key_are_named(tmp_path):
    with pytest.raises(Missing, match="找不到节点私钥"):
        keys.sign(b"", home=tmp_path)
    keys.make_key(tmp_path)
    keys.key_path(tmp_path).write_text("torn")
    with pytest.raises(Invalid, match="私钥文件已损坏"):
        keys.sign(b"", home=tmp_path)
