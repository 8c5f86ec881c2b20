import pytest

from liandong.kernel.problems import Missing
from liandong.organization import actions, queries
from liandong.organization.states import BodyKind, Phase
from tests.factories import organization as make

pytestmark = pytest.mark.django_db


def duty(body, hazard="*", phase=Phase.RESPONSE, text="抢险"):
    return actions.set_duty(make.maker(), body=body, hazard=hazard, phase=phase, text=text)


def test_a_body_is_found_by_its_key():
    body = make.body("water-bureau")

    assert queries.body_by_key("water-bureau") == body


def test_an_unknown_key_is_named():
    with pytest.raises(Missing) as refused:
        queries.body_by_key("nowhere")

    assert refused.value.place == "nowhere"


def test_the_liaison_receives_what_is_sent_to_a_body():
    bureau = make.body()
    make.post(at=bureau, title="局长", rank=1)
    liaison = make.post(at=bureau, title="联络员", rank=9, is_liaison=True)

    assert queries.liaison_of(bureau) == liaison


def test_without_a_liaison_the_first_post_receives():
    bureau = make.body()
    make.post(at=bureau, rank=2)
    first = make.post(at=bureau, rank=1)

    assert queries.liaison_of(bureau) == first


def test_what_is_sent_to_a_headquarters_its_office_receives():
    headquarters = make.body(kind=BodyKind.SPECIAL_HEADQUARTERS)
    make.post(at=headquarters, title="指挥长")
    office = make.body(kind=BodyKind.HEADQUARTERS_OFFICE, parent=headquarters)
    desk = make.post(at=office, title="值班员")

    assert queries.liaison_of(headquarters) == desk


def test_a_body_without_posts_receives_nothing():
    assert queries.liaison_of(make.body()) is None


def test_duties_hold_for_the_hazards_below_theirs():
    water, fire, weather = make.body(name="水"), make.body(name="火"), make.body(name="气")
    every, flood = duty(water), duty(weather, "11A")
    duty(fire, "11G")
    duty(water, phase=Phase.RECOVERY)

    assert queries.duty_matrix("11A01", Phase.RESPONSE) == [flood, every]
    assert queries.duty_matrix("11", Phase.RESPONSE) == [every]


def test_each_body_with_a_duty_is_asked_once_and_by_its_liaison():
    water, weather = make.body(name="水利局", order=1), make.body(name="气象局", order=2)
    make.body(name="无职责")
    liaison = make.post(at=water, is_liaison=True, rank=5)
    make.post(at=water, rank=1)
    observer = make.post(at=weather)
    duty(water), duty(water, "11A"), duty(weather, "11A")

    assert queries.duty_posts("11A01", Phase.RESPONSE) == [liaison, observer]


def test_a_body_that_carries_a_duty_and_has_no_post_is_left_out():
    duty(make.body())

    assert queries.duty_posts("11A01", Phase.RESPONSE) == []


def test_the_headquarters_nearest_to_a_hazard_comes_first():
    special = BodyKind.SPECIAL_HEADQUARTERS
    wide = make.body(name="自然灾害指挥部", kind=special, hazard="11")
    near = make.body(name="防汛抗旱指挥部", kind=special, hazard="11A")
    make.body(name="森林防火指挥部", kind=special, hazard="11G")

    assert queries.headquarters_for("11A01") == [near, wide]


def test_a_body_is_found_by_any_of_its_boards():
    bureau = make.body(name="县应急管理局", short_name="县应急局", aliases=["县安监局"])

    assert queries.find_bodies("应急局") == [bureau]
    assert queries.find_bodies("县安监局") == [bureau]
    assert queries.find_bodies("水利") == []


def test_duties_of_a_body_go_by_hazard_and_phase():
    body = make.body()
    recovery = duty(body, phase=Phase.RECOVERY)
    prevention = duty(body, phase=Phase.PREVENTION)
    flood = duty(body, "11A")

    assert queries.duties_of(body) == [prevention, recovery, flood]
