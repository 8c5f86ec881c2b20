"""How many statements a page costs."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel import clock


def queries_of(client, url):
    # The clock is reread once a second: let it be read within each count.
    clock.forget()
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)
