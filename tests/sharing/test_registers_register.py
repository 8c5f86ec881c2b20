import pytest

from liandong.sharing.forms.record import HEAD, PLACE
from liandong.sharing.registers import COMMON, REGISTERS, Kind

TAKEN = {
    *HEAD,
    *PLACE,
    "reason",
    "idempotency_key",
    "expected_version",
    "signer",
    "signing_code",
}


@pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
def test_a_register_is_sound(register):
    keys = [one.key for one in register.fields]
    headings = [str(word) for one in register.columns for word in {one.title, *one.also}]

    assert len(keys) == len(set(keys))
    assert not TAKEN & set(keys)
    assert all(
        register.by_key[key].kind in {Kind.CHOICE, Kind.CHOICES, Kind.YES_NO}
        for key in register.facets
    )
    assert not register.inspection or register.inspection in keys
    assert [word for word in headings if headings.count(word) > 1] == []


@pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
def test_lists_and_facets_hold_nothing_sensitive(register):
    shown = {one.key for one in register.fields if one.listed} | set(register.facets)

    assert not shown & register.sensitive


@pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
def test_other_words_lead_to_choices_there_are(register):
    for one in register.fields:
        assert set(one.words.values()) <= set(one.choices)


def test_all_prefixes_differ():
    assert len({one.prefix for one in REGISTERS.values()}) == len(REGISTERS)


def test_what_all_records_have_comes_first():
    assert REGISTERS["team"].columns[: len(COMMON)] == COMMON
    assert "lon" not in [one.key for one in REGISTERS["expert"].columns]
