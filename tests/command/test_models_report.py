import pytest

from liandong.command.models import Report


@pytest.mark.parametrize(
    ("ordinal", "title"),
    [(1, "续报一"), (10, "续报十"), (21, "续报二十一"), (99, "续报九十九"), (100, "续报100")],
)
def test_follow_ups_are_named_by_their_number_however_many_there_are(ordinal, title):
    assert Report(kind="follow_up", ordinal=ordinal).title == title
