from dataclasses import replace

import pytest

from liandong.command.actions import propose_level, record_incident_facts
from liandong.command.models import Incident, Proposal
from liandong.command.queries import open_proposals
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing
from liandong.plans.models import FactValue
from tests.command import county as places

pytestmark = pytest.mark.django_db


def know(county, flood, **facts):
    return record_incident_facts(county.officer, incident=flood, facts=facts, source="水文站")


def propose(county, flood, version, **more):
    return propose_level(county.officer, incident=flood, plan_version=version, **more)


def test_a_proposal_says_at_least_which_level_and_what_is_open(county, flood, version):
    know(county, flood, rainstorm_signal="红")

    propose(county, flood, version)

    proposal = Proposal.objects.get()
    entry = Entry.objects.get(name="command.level_proposed")
    assert (proposal.kind, proposal.level, proposal.at_least) == ("activate", "IV", "IV")
    assert proposal.headline == "建议启动Ⅳ级响应：至少Ⅳ级；Ⅲ级未定".replace(";", "；")
    assert proposal.grading["levels"][1]["clauses"][0]["verdict"] == "met"
    assert '"open_facts":"超警戒的主要站"' in entry.payload.text
    assert entry.audience == ["duty"]


def test_nothing_new_is_no_new_proposal(county, flood, version):
    know(county, flood, rainstorm_signal="橙")
    propose(county, flood, version)
    know(county, flood, rainstorm_signal="红")
    propose(county, flood, version)

    assert Proposal.objects.count() == 1


def test_a_new_grading_supersedes_the_open_proposal(county, flood, version):
    know(county, flood, rainstorm_signal="橙")
    propose(county, flood, version)
    know(county, flood, stations_above_warning=1)
    propose(county, flood, version)

    assert list(Proposal.objects.order_by("ordinal").values_list("state", "level")) == [
        ("superseded", "IV"),
        ("open", "III"),
    ]


def test_what_was_decided_is_not_proposed_again_while_nothing_changes(county, flood, version):
    know(county, flood, rainstorm_signal="橙", stations_above_warning=0)
    propose(county, flood, version)
    places.decide(county.office, flood, version, proposal=open_proposals(flood)[0])

    propose(county, flood, version)

    assert open_proposals(flood) == []


@pytest.mark.parametrize(
    ("facts", "kind", "level"),
    [
        ({"rainstorm_signal": "橙", "stations_above_warning": 2}, "raise", "III"),
        ({"rainstorm_signal": "none", "stations_above_warning": 0}, "end", ""),
        ({"rainstorm_signal": "橙", "stations_above_warning": None}, "maintain", "IV"),
    ],
)
def test_a_grading_is_compared_with_what_is_in_force(
    facts, kind, level, county, flood, version
):
    know(county, flood, rainstorm_signal="橙", stations_above_warning=0)
    places.decide(county.office, flood, version)

    know(county, flood, **facts)
    propose(county, flood, version)

    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.level, proposal.present) == (kind, level, "IV")


def test_an_open_level_is_never_read_as_a_no(county, flood, version):
    places.decide(county.deputy, flood, version, level="III")
    know(county, flood, rainstorm_signal="none")

    propose(county, flood, version)

    assert Proposal.objects.get().kind == "maintain"


def test_nothing_met_and_nothing_in_force_proposes_nothing(county, flood, version):
    know(county, flood, rainstorm_signal="none", stations_above_warning=0)

    propose(county, flood, version)

    assert not Proposal.objects.exists()


def test_facts_nobody_knows_or_that_cannot_be_are_refused(county, flood):
    with pytest.raises(Invalid):
        know(county, flood, moon_phase="full")
    with pytest.raises(Invalid):
        know(county, flood, stations_above_warning=-1)
    with pytest.raises(Invalid):
        record_incident_facts(
            county.officer, incident=flood, facts={"flooded_mu": 5}, source=" "
        )

    assert not FactValue.objects.exists()


def test_facts_and_proposals_are_refused_to_units_closed_incidents_and_drills(
    county, flood, version
):
    with pytest.raises(Forbidden):
        propose_level(county.water, incident=flood, plan_version=version)
    with pytest.raises(Forbidden):
        record_incident_facts(county.water, incident=flood, facts={}, source="x")
    with pytest.raises(Missing):
        propose_level(
            replace(county.officer, realm="drill-1"), incident=flood, plan_version=version
        )
    Incident.objects.update(state="closed")
    with pytest.raises(IllegalMove):
        propose(county, flood, version)
    with pytest.raises(IllegalMove):
        know(county, flood, flooded_mu=5)


def test_the_same_key_twice_is_one_proposal(county, flood, version):
    know(county, flood, rainstorm_signal="橙")

    propose(county, flood, version, idempotency_key="k")
    propose(county, flood, version, idempotency_key="k")

    assert Proposal.objects.count() == 1


def test_while_nothing_is_reached_it_is_said_what_to_ask_first(county, flood, version):
    propose(county, flood, version)

    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.level) == ("maintain", "")
    assert proposal.headline == "建议先核实：尚不能确认达到任何一级；Ⅲ、Ⅳ级未定"


def test_when_all_is_known_and_nothing_reached_nothing_is_proposed(county, flood, version):
    know(county, flood, rainstorm_signal="none", stations_above_warning=0)

    propose(county, flood, version)

    assert not Proposal.objects.exists()


def test_a_plan_that_says_when_it_ends_is_ended_by_that_alone(county, flood):
    version = places.plan(places.ENDING_PLAN)
    know(county, flood, rainstorm_signal="红", stations_above_warning=0)
    places.decide(county.office, flood, version)
    know(county, flood, rainstorm_signal="none")
    propose(county, flood, version)
    falling = open_proposals(flood)[0]

    know(county, flood, rainstorm_signal="红", open_flame_out=True, smoke_out=True)
    propose(county, flood, version)

    over = open_proposals(flood)[0]
    assert (falling.kind, over.kind, over.level) == ("maintain", "end", "")
    assert over.headline == "建议终止响应：终止条件已满足"


def test_after_the_end_the_same_facts_begin_nothing_anew(county, flood):
    version = places.plan(places.ENDING_PLAN)
    know(county, flood, rainstorm_signal="红", open_flame_out=True, smoke_out=True)

    propose(county, flood, version)

    assert not Proposal.objects.exists()
