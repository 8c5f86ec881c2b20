import pytest
from django.db import connection

from liandong.kernel.journal.models import Link
from liandong.kernel.journal.sequencing import sequence
from liandong.kernel.upkeep.erasing import erase_payload
from liandong.web.checking import check
from tests.people import auditor
from tests.web.journal_rows import note

pytestmark = pytest.mark.django_db(transaction=True)


def change(sql, *values):
    """As somebody with the keys of the database would."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET session_replication_role = DEFAULT")


def again(link):
    return check(Link.objects.select_related("entry__payload").get(pk=link.pk))


def test_an_untouched_entry_is_sound():
    note("一")

    found = again(note("二"))

    assert (found.chained, found.payload, found.sound) == (True, "kept", True)


def test_the_first_entry_needs_none_before_it():
    assert again(note("一")).sound


def test_a_changed_envelope_does_not_fit_the_chain():
    link = note("一")

    change("UPDATE kernel_entry SET incident = 'x' WHERE id = %s", link.entry_id)

    assert again(link).chained is False


def test_a_changed_text_does_not_fit_its_promise():
    link = note("一")

    change("UPDATE kernel_payload SET text = '{}' WHERE entry_id = %s", link.entry_id)

    assert again(link).payload == "changed"


def test_a_text_that_was_taken_away_is_lost():
    link = note("一")

    change("DELETE FROM kernel_payload WHERE entry_id = %s", link.entry_id)

    found = again(link)
    assert (found.payload, found.sound) == ("lost", False)


def test_a_text_destroyed_by_law_is_sound():
    link = note("一")

    erase_payload(auditor(), entry=link.entry_id, reason="到期")
    sequence(epoch=1)

    found = again(link)
    assert (found.payload, found.sound) == ("erased", True)
