import importlib.util

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

TABLE = "tests.architecture.permission_table"
FOREIGN = {"admin", "account", "mfa"}  # packages' own pages, which keep their own watch


def addresses(patterns, prefix="", space=""):
    """Every address of the site, under the name pages use for it."""
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, path, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}" if pattern.name else path


def test_every_address_is_decided_by_the_permission_table():
    if importlib.util.find_spec(TABLE) is None:
        pytest.skip("NOT RUN: the permission table is not there yet")
    table = importlib.import_module(TABLE).TABLE
    known = set(addresses(get_resolver().url_patterns))

    assert sorted(known - set(table)) == []
