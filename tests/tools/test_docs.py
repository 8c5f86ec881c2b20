import pytest

from liandong import kernel
from tools import docs


@pytest.mark.parametrize(
    ("named", "clause", "covered"),
    [
        ("二(二)2", "二(二)2", True),
        ("二(二)", "二(二)2", True),
        ("二(二)2", "二(二)1", False),
        ("二(一)", "二(二)1", False),
    ],
)
def test_a_name_covers_its_parts(named, clause, covered):
    assert docs.stands_under(named, clause) is covered


def test_an_action_names_its_clauses(monkeypatch):
    def issue(actor):
        """Put a unit under a duty.

        Clause 二(二)2、三(一)1.
        """

    monkeypatch.setattr(issue, "__module__", "liandong.kernel")

    assert docs.clauses_of(issue) == ["二(二)2", "三(一)1"]


def test_an_action_without_a_clause_has_that_of_its_app(monkeypatch):
    def issue(actor):
        """Put a unit under a duty."""

    monkeypatch.setattr(issue, "__module__", "liandong.kernel")
    monkeypatch.setattr(kernel, "__doc__", "What everything leans on. Clause 二(二).")

    assert docs.clauses_of(issue) == ["二(二)"]


def test_a_call_is_found_in_a_test_by_name_or_by_module():
    import ast

    found = [
        docs.calls(node, "issue") for node in ast.walk(ast.parse("issue(a)\ncommand.issue(a)"))
    ]

    assert found.count(True) == 2
