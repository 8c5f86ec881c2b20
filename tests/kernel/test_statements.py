import pytest

from liandong.kernel.statements import execute

pytestmark = pytest.mark.django_db

KEPT = "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement = %s"


def test_a_statement_is_planned_by_the_server_once_and_kept():
    asked = "SELECT 17 + $1::int"

    for number in (1, 2, 3):
        assert execute("SELECT 17 + %s::int", [number]).fetchone() == (17 + number,)

    assert execute(KEPT, [asked]).fetchall() == [(3,)]
