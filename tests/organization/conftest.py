import pytest

from liandong.kernel import clock


@pytest.fixture(autouse=True)
def _clocks_are_read_once(monkeypatch):
    """So that counting queries does not depend on the second in which they are counted."""
    monkeypatch.setattr(clock, "FRESH_SECONDS", 3600)
