"""Every address and every action × every role, decided by the table and tried at the door."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from liandong.config.readers import reader_of
from liandong.kernel.actions import catalog
from liandong.kernel.permissions import Role, every_permission, permissions_of
from liandong.kernel.problems import Forbidden
from liandong.organization.queries.standing import DUTY_DESK
from tests.architecture import world as places
from tests.architecture.permission_table import TABLE
from tests.architecture.tree import ROOT
from tests.architecture.world import LOCKED, NEIGHBOR, POSTLESS, ROLES, STRANGER, undone
from tests.monitoring.alerts import cap
from tests.people import actor

pytestmark = pytest.mark.django_db
BESIDE_DJANGO = {"/live"}
ADDRESSES = sorted(TABLE.keys() - BESIDE_DJANGO)
DOOR = "/accounts/login/"
OUTSIDE = [STRANGER, LOCKED]
FIELDS = {"who", "object", "seen_by", "own", "reach", "methods", "data", "device"}
REFERENCE = (ROOT / "docs/reference/permissions.md").read_text()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once, and gone without a trace in the end."""
    with django_db_blocker.unblock(), undone():
        yield places.build()


def named(patterns, space=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from named(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def place_of(world, what):
    """What stands in the address."""
    liaison = world.accounts[Role.UNIT_LIAISON].person
    special = {
        "": [],
        "code": [world.station.code],
        "code_and_quantity": [world.station.code, "rain_mm"],
        "digest_kind": ["daily"],
        "digest_and_key": [world.digest.pk, "incidents"],
        "delivery": [world.delivery.pk],
        "drill_and_inject": [world.drill.pk, world.inject.pk],
        "drill_and_person": [world.drill.pk, liaison.pk],
        "drawing": [world.drawing.file.digest],
        "library": ["flood"],
        "mail_key": ["none"],
        "incident_and_telling": [world.incident.pk, world.telling],
        "map_layer": ["incidents"],
        "owner": ["person", liaison.pk],
        "past_drill_and_aim": [world.past_drill.pk, 1],
        "plan": ["flood-drought"],
        "run_and_step": [world.run.pk, "watch"],
        "plan_version": ["flood-drought", 1],
        "position": [world.position],
        "bulletin_and_body": [world.bulletin.pk, world.bodies["water"].pk],
        "record_and_inspection": [world.record.number, world.inspection.pk],
        "record_number": [world.record.number],
        "map_view": [world.map_view.pk],
        "register": ["risk_source"],
        "reset_key": ["1", "none"],
        "worded": ["11B03", "橙"],
        "year": [2030],
        "two_versions": ["flood-drought", 1, 1],
        "statistic_form": [world.statistic_form.key],
        "statistic_form_and_office": [
            world.statistic_form.key,
            world.bodies["flood-office"].pk,
        ],
        "tiles": [world.tiles.file.digest],
    }
    return special[what] if what in special else [getattr(world, what).pk]


def body_of(world, what, who):
    """What is sent with it, where nothing at all would not show what is asked."""
    if what == "readings":
        text = json.dumps({"readings": [{"station": "x", "quantity": "rain_mm"}]})
        return {"data": text, "content_type": "application/json"}
    if what == "filing":
        return {"data": json.dumps({"values": {}}), "content_type": "application/json"}
    if what == "warning":
        return {"data": cap("B-1"), "content_type": "application/xml"}
    if what == "signal":
        text = json.dumps({"caller": "河口镇值班室"})
        return {"data": text, "content_type": "application/json"}
    post = str(world.posts[who].pk) if who in world.posts else ""
    return {
        "data": {
            "": {},
            "file": {"file": SimpleUploadedFile("a.txt", b"a")},
            "post": {"post": post},
            "upload": {"name": "a.txt", "size": "3"},
        }[what]
    }


def asked(world, name, method, who):
    """Ask, as this person, and undo what came of it."""
    row = TABLE[name]
    client = world.clients.get(who) or Client()
    url = reverse(name, args=place_of(world, row.get("object", "")))
    url += "?since=2026-07-01T00:00:00Z&until=2026-07-02T00:00:00Z" if "readings" in url else ""
    more = body_of(world, row.get("data", ""), who) if method == "POST" else {}
    # A part of a page is drawn sooner than the whole one; strangers ask for whole pages.
    part = {} if who in OUTSIDE else {"HX-Request": "true"}
    with undone():
        answer = getattr(client, method.lower())(url, headers=part, **more)
        if answer.streaming:
            b"".join(answer)  # to its end, which closes the file
        return answer


def may(row, who):
    """What the table says."""
    if row["who"] in ("public", "closed", "second_factor"):
        return row["who"] == "public"
    if who in OUTSIDE or (who == POSTLESS and row["who"] == "chair"):
        return False
    seen = row.get("seen_by")
    if seen is not None and who not in seen and not ("duty" in seen and who in DUTY_DESK):
        return False
    if row["who"] in ("signed_in", "chair") or who in row.get("own", []):
        return True
    if who == NEIGHBOR and row.get("reach") == "body":
        return False
    role = Role.UNIT_LIAISON if who == NEIGHBOR else who
    held = permissions_of(role) if role in Role.values else frozenset()
    return bool(held & set(row["who"]))


def verdict(answer):
    """Whether somebody was let in: refused is 401, 403, 404 or the way to the door."""
    to_the_door = answer.status_code == 302 and answer["Location"].startswith(DOOR)
    assert answer.status_code < 500
    assert "HX-Redirect" not in answer or answer["HX-Redirect"] != DOOR
    return not (answer.status_code in {401, 403, 404} or to_the_door)


def test_every_address_stands_in_the_table_and_none_besides():
    known = set(named(get_resolver().url_patterns)) | BESIDE_DJANGO

    assert sorted(known - TABLE.keys()) == []
    assert sorted(TABLE.keys() - known) == []


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_table_names_permissions_and_roles_that_exist(name):
    row = TABLE[name]
    wanted = set() if isinstance(row["who"], str) else set(row["who"])

    assert wanted - every_permission() == set()
    assert {*row.get("seen_by", []), *row.get("own", [])} - {*Role.values, "duty"} == set()
    assert set(row) <= FIELDS


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_lets_in_whom_the_table_says_and_nobody_else(world, name):
    row = TABLE[name]
    if row["who"] == "door":
        pytest.skip("a step of signing in: tests/config/test_accounts.py goes through it")
    expected, found = {}, {}

    for method in row.get("methods", ["GET"]):
        for who in [*ROLES, NEIGHBOR, POSTLESS, *OUTSIDE]:
            answer = asked(world, name, method, who)
            found[method, str(who)] = verdict(answer), answer.status_code
            expected[method, str(who)] = may(row, who)

    wrong = {key: found[key] for key in found if found[key][0] != expected[key]}
    assert wrong == {}


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name.startswith("api:")])
def test_a_device_comes_in_by_its_token_where_the_table_says(world, name):
    row = TABLE[name]
    url = reverse(name, args=place_of(world, row.get("object", "")))
    url += "?since=2026-07-01T00:00:00Z&until=2026-07-02T00:00:00Z" if "readings" in url else ""
    client = Client(headers={"authorization": f"Bearer {'d' * 40}"})
    (method,) = row.get("methods", ["GET"])
    more = body_of(world, row.get("data", ""), "") if method == "POST" else {}

    with undone():
        answer = getattr(client, method.lower())(url, **more)

    assert verdict(answer) == row.get("device", False), answer.status_code


def test_the_live_stream_is_read_by_whoever_has_signed_in(world):
    def heard(who):
        cookies = world.clients[who].cookies if who in world.clients else {}
        return reader_of("; ".join(f"{name}={one.value}" for name, one in cookies.items()))

    readers = {who: heard(who) for who in [*ROLES, NEIGHBOR, POSTLESS, *OUTSIDE]}

    assert {who for who, reader in readers.items() if reader is None} == set(OUTSIDE)
    assert readers[Role.EXPERT].scopes == world.actors[Role.EXPERT].scopes


# Tests bring actions of their own along, where they were collected before this.
OURS = sorted(name for name in catalog if catalog[name].run.__module__.startswith("liandong."))


@pytest.mark.parametrize("name", OURS)
def test_an_action_is_open_to_the_roles_that_the_reference_names(name):
    one = catalog[name]
    said = re.search(rf"^\| `{one.permission}` \| (.*) \|$", REFERENCE, re.MULTILINE)[1]

    open_to = set()
    for role in Role:
        try:
            one.run(actor(role))
        except Forbidden:
            continue
        except TypeError:  # past the permission, it misses what it is about
            open_to.add(role.label)

    assert open_to == ({*said.split("、")} & set(Role.labels))
