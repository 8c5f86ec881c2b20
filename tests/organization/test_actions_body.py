from dataclasses import replace
from decimal import Decimal

import pytest

from liandong.kernel.actors import Grant
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, KeyReused, Stale
from liandong.organization import actions
from liandong.organization.models import Body, Duty
from liandong.organization.permissions import Permission
from liandong.organization.queries import heir_of
from liandong.organization.states import BodyKind, Phase
from tests.factories import organization as make
from tests.organization.journal import audience, told
from tests.people import allowed

pytestmark = pytest.mark.django_db
UNIT = {"key": "water-bureau", "name": "县水利局", "kind": BodyKind.UNIT}


def test_create_body_sets_it_up():
    body = actions.create_body(allowed(Permission.CREATE_BODY), **UNIT, short_name="水利局")

    assert (body.key, body.short_name, body.management) == ("water-bureau", "水利局", "county")
    assert told("organization.body_created") == [
        {"subject_id": str(body.pk), "key": "water-bureau", "title": "县水利局", "kind": "unit"}
    ]
    assert audience("organization.body_created") == {"county"}


def test_create_body_needs_permission():
    with pytest.raises(Forbidden):
        actions.create_body(allowed(Permission.CREATE_POST), **UNIT)

    assert Body.objects.count() == 0


def test_create_body_twice_with_one_key_is_once():
    actor = allowed(Permission.CREATE_BODY)

    first = actions.create_body(actor, **UNIT, idempotency_key="k")
    second = actions.create_body(actor, **UNIT, idempotency_key="k")

    assert first == second
    assert len(told("organization.body_created")) == 1


def test_create_body_with_a_key_used_for_another_is_refused():
    actor = allowed(Permission.CREATE_BODY)
    actions.create_body(actor, **UNIT, idempotency_key="k")

    with pytest.raises(KeyReused):
        actions.create_body(actor, **{**UNIT, "key": "another"}, idempotency_key="k")


def test_create_body_refuses_a_key_in_use():
    make.body("water-bureau")

    with pytest.raises(Invalid) as refused:
        actions.create_body(allowed(Permission.CREATE_BODY), **UNIT)

    assert list(refused.value.fields) == ["key"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("key", "水 利"), ("name", ""), ("name", "长" * 101), ("kind", "club"), ("order", -1)],
)
def test_create_body_names_the_field_that_is_wrong(field, value):
    with pytest.raises(Invalid) as refused:
        actions.create_body(allowed(Permission.CREATE_BODY), **{**UNIT, field: value})

    assert field in refused.value.fields
    assert Body.objects.count() == 0


def test_create_body_refuses_an_office_of_nothing():
    office = {**UNIT, "kind": BodyKind.HEADQUARTERS_OFFICE}

    with pytest.raises(Invalid) as refused:
        actions.create_body(allowed(Permission.CREATE_BODY), **office)

    assert list(refused.value.fields) == ["parent"]


def test_create_body_is_not_for_drills():
    with pytest.raises(Forbidden):
        actions.create_body(allowed(Permission.CREATE_BODY, realm="drill-1"), **UNIT)

    assert Body.objects.count() == 0


def rename(body, *, version=1, actor=None, name="县应急管理局", **more):
    return actions.rename_body(
        actor or allowed(Permission.RENAME_BODY),
        body=body,
        name=name,
        short_name="县应急局",
        expected_version=version,
        **more,
    )


def test_rename_body_keeps_the_old_board():
    body = make.body(name="县安监局")

    rename(body)

    body.refresh_from_db()
    assert (body.name, body.short_name) == ("县应急管理局", "县应急局")
    assert body.aliases == ["县安监局"]
    assert told("organization.body_renamed") == [
        {"subject_id": str(body.pk), "before": "县安监局", "title": "县应急管理局"}
    ]


def test_rename_body_to_the_same_name_adds_no_board():
    body = make.body(name="县应急管理局")

    assert rename(body).aliases == []


def test_rename_body_needs_permission():
    with pytest.raises(Forbidden):
        rename(make.body(), actor=allowed(Permission.CREATE_BODY))


def test_rename_body_refuses_who_saw_an_older_version():
    body = make.body(name="县安监局")
    rename(body)

    with pytest.raises(Stale):
        rename(body, name="别的名字")

    body.refresh_from_db()
    assert body.name == "县应急管理局"


def test_rename_body_refuses_a_blank_name():
    with pytest.raises(Invalid) as refused:
        rename(make.body(), name="  ")

    assert list(refused.value.fields) == ["name"]


def test_rename_body_twice_with_one_key_is_once():
    body = make.body()
    actor = allowed(Permission.RENAME_BODY)

    rename(body, actor=actor, idempotency_key="k")
    rename(body, actor=actor, idempotency_key="k")

    assert len(told("organization.body_renamed")) == 1


def test_rename_body_is_not_for_drills():
    with pytest.raises(Forbidden):
        rename(make.body(), actor=allowed(Permission.RENAME_BODY, realm="drill-1"))


def merge(body, into, *, version=1, actor=None, **more):
    said = {"paper": "县机构改革方案"} | more
    return actions.merge_body(
        actor or allowed(Permission.MERGE_BODY),
        body=body,
        into=into,
        expected_version=version,
        **said,
    )


def test_merge_body_names_who_has_its_work_now():
    old, new = make.body("safety", name="县安监局"), make.body("emergency", name="县应急局")

    merge(old, new)

    old.refresh_from_db()
    assert (old.merged_into, old.merged_at is not None) == (new, True)
    assert told("organization.body_merged") == [
        {
            "subject_id": str(old.pk),
            "title": "县安监局",
            "into": str(new.pk),
            "into_title": "县应急局",
            "paper": "县机构改革方案",
        }
    ]


def test_merge_body_is_refused():
    old, new = make.body("safety", name="县安监局"), make.body("emergency", name="县应急局")
    with pytest.raises(Forbidden):
        merge(old, new, actor=allowed(Permission.RENAME_BODY))
    with pytest.raises(Forbidden):
        merge(old, new, actor=allowed(Permission.MERGE_BODY, realm="drill-1"))
    with pytest.raises(Invalid):
        merge(old, old)
    with pytest.raises(Invalid):
        merge(old, new, paper=" ")
    with pytest.raises(Stale):
        merge(old, new, version=7)

    merge(old, new, idempotency_key="k", actor=(actor := allowed(Permission.MERGE_BODY)))
    merge(old, new, idempotency_key="k", actor=actor)

    with pytest.raises(IllegalMove):
        merge(old, new, version=2)
    with pytest.raises(Invalid):
        merge(new, old)
    assert len(told("organization.body_merged")) == 1


def test_the_heir_is_found_however_often_bodies_were_merged():
    first, second = make.body("a", name="甲"), make.body("b", name="乙")
    third = make.body("c", name="丙")
    merge(first, second)
    merge(second, third)

    assert heir_of(Body.objects.get(pk=first.pk)) == third
    assert heir_of(third) == third


def set_duty(body, *, actor=None, text="转移群众", **more):
    return actions.set_duty(
        actor or allowed(Permission.SET_DUTY),
        body=body,
        hazard="11A",
        phase=Phase.RESPONSE,
        text=text,
        **more,
    )


def test_set_duty_fills_a_blank_cell():
    body = make.body()

    duty = set_duty(body)

    assert told("organization.duty_set") == [
        {
            "subject_id": str(body.pk),
            "duty_id": str(duty.pk),
            "hazard": "11A",
            "phase": "response",
            "text": "转移群众",
        }
    ]


def test_set_duty_writes_a_cell_anew():
    body = make.body()
    first = set_duty(body)

    set_duty(body, text="转移并安置群众", expected_version=first.version)

    assert [duty.text for duty in Duty.objects.all()] == ["转移并安置群众"]


def test_set_duty_refuses_who_thought_the_cell_blank():
    body = make.body()
    set_duty(body)

    with pytest.raises(Stale):
        set_duty(body, text="另一句")

    assert Duty.objects.get().text == "转移群众"


def test_set_duty_refuses_who_saw_an_older_version():
    body = make.body()
    set_duty(body)
    set_duty(body, text="第二句", expected_version=1)

    with pytest.raises(Stale):
        set_duty(body, text="第三句", expected_version=1)


@pytest.mark.parametrize("version", [0, 1])
def test_set_duty_refuses_a_blank_duty(version):
    body = make.body()
    if version:
        set_duty(body)

    with pytest.raises(Invalid):
        set_duty(body, text="  ", expected_version=version)


def test_set_duty_needs_permission_for_this_body():
    with pytest.raises(Forbidden):
        set_duty(make.body(), actor=allowed(Permission.CREATE_BODY))


def test_set_duty_twice_with_one_key_is_once():
    body, actor = make.body(), allowed(Permission.SET_DUTY)

    set_duty(body, actor=actor, idempotency_key="k")
    set_duty(body, actor=actor, idempotency_key="k")

    assert len(told("organization.duty_set")) == 1


def test_set_duty_is_not_for_drills():
    with pytest.raises(Forbidden):
        set_duty(make.body(), actor=allowed(Permission.SET_DUTY, realm="drill-1"))


def test_rename_body_reaches_only_the_bodies_of_the_grant():
    mine, other = make.body(), make.body()
    grant = Grant(permission=str(Permission.RENAME_BODY), body=str(mine.pk))
    actor = replace(allowed(), grants=frozenset({grant}))

    with pytest.raises(Forbidden):
        rename(other, actor=actor)

    assert rename(mine, actor=actor).name == "县应急管理局"


HERE = {"lon": Decimal("112.4123456"), "lat": Decimal("27.7")}


def test_locate_body_fixes_its_seat_and_tells():
    body = make.body("water-bureau", name="县水利局")

    actions.locate_body(
        allowed(Permission.LOCATE_BODY), body=body, expected_version=body.version, **HERE
    )

    body.refresh_from_db()
    assert (body.lon, body.lat) == (Decimal("112.412346"), Decimal("27.700000"))
    assert told("organization.body_located") == [
        {
            "subject_id": str(body.pk),
            "title": "县水利局",
            "lon": "112.412346",
            "lat": "27.700000",
        }
    ]
    assert audience("organization.body_located") == {"county"}


def test_locate_body_needs_permission():
    body = make.body("water-bureau")

    with pytest.raises(Forbidden):
        actions.locate_body(
            allowed(Permission.RENAME_BODY), body=body, expected_version=1, **HERE
        )


@pytest.mark.parametrize(("lon", "lat"), [("27.7", "112.4"), ("NaN", "27.7"), ("-0.1", "51.5")])
def test_locate_body_refuses_places_outside_china(lon, lat):
    body = make.body("water-bureau")

    with pytest.raises(Invalid) as refused:
        actions.locate_body(
            allowed(Permission.LOCATE_BODY),
            body=body,
            lon=Decimal(lon),
            lat=Decimal(lat),
            expected_version=1,
        )

    assert refused.value.place == "机构驻地"


def test_locate_body_tells_whoever_saw_an_older_version():
    body, actor = make.body("water-bureau"), allowed(Permission.LOCATE_BODY)
    actions.locate_body(actor, body=body, expected_version=1, **HERE)

    with pytest.raises(Stale):
        actions.locate_body(actor, body=body, expected_version=1, **HERE)


def test_locate_body_twice_with_one_key_is_once():
    body, actor = make.body("water-bureau"), allowed(Permission.LOCATE_BODY)

    for _time in range(2):
        actions.locate_body(actor, body=body, expected_version=1, idempotency_key="k", **HERE)

    assert len(told("organization.body_located")) == 1


def test_locate_body_is_not_for_drills():
    body = make.body("water-bureau")
    drill = allowed(Permission.LOCATE_BODY, realm="drill-1")

    with pytest.raises(Forbidden):
        actions.locate_body(drill, body=body, expected_version=1, **HERE)
