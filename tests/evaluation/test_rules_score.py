from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from liandong.evaluation.rules.score import Deed, Expected, scored

NOON = datetime(2030, 7, 14, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def wanted(key, since, within=5, deed="taken"):
    return Expected(
        key=key,
        deed=deed,
        since=NOON + since * MINUTE,
        within=None if within is None else within * MINUTE,
    )


def done(at, name="taken"):
    return Deed(name=name, at=NOON + at * MINUTE, who="值班员")


def verdicts(expected, deeds):
    return {key: one.verdict for key, one in scored(expected, deeds).items()}


def test_in_time_late_and_not_at_all():
    expected = [wanted("a", 0), wanted("b", 10), wanted("c", 30), wanted("d", 31, None)]

    found = verdicts(expected, [done(5), done(16), done(40, "other")])

    assert found == {"a": "in_time", "b": "late", "c": "missed", "d": "missed"}
    assert verdicts([wanted("a", 0, None)], [done(600)]) == {"a": "done"}


def test_what_was_done_before_it_was_told_counts_for_nothing():
    assert verdicts([wanted("a", 10)], [done(9)]) == {"a": "missed"}


def test_one_deed_answers_one_inject():
    found = scored([wanted("a", 0), wanted("b", 1)], [done(2)])

    assert (found["a"].verdict, found["b"].verdict) == ("in_time", "missed")


minutes = st.integers(0, 60)


@given(
    st.lists(st.tuples(minutes, st.sampled_from("xy"), st.none() | minutes), max_size=8),
    st.lists(st.tuples(minutes, st.sampled_from("xy")), max_size=12),
)
def test_each_deed_serves_once_never_backward_and_the_verdict_is_the_limits(asked, acted):
    expected = [
        wanted(str(at), since, within, deed) for at, (since, deed, within) in enumerate(asked)
    ]
    deeds = [done(at, name) for at, name in acted]

    found = scored(expected, deeds)

    served = [one.deed for one in found.values() if one.deed]
    assert len({id(one) for one in served}) == len(served)
    for one in expected:
        score = found[one.key]
        if score.deed is None:
            assert score.verdict == "missed"
            continue
        assert score.deed.at >= one.since
        assert score.deed.name == one.deed
        in_time = one.within is not None and score.after <= one.within
        assert (score.verdict == "in_time") == in_time
    for kind in "xy":
        could = sum(one.deed == kind for one in expected)
        assert sum(one.name == kind for one in served) <= could
