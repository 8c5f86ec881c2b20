from liandong.plans.language import due_steps, load
from tests.plans.example import FOREST

STEPS = load(FOREST).steps_of("IV")
TWO_LEVELS = FOREST.replace(
    "levels:\n",
    """levels:
  III:
    source: {status: assumed}
    builds_on: IV
    when: {deaths: {at_least: 1}}
    steps:
      - {id: teams, do: order, to: fire-rescue, text: 增派队伍, after: [cordon]}
      - {id: sitrep, do: report, to: forest-fire-office, text: 火情续报, every: PT1H}
""",
)


def ids(steps):
    return [step.id for step in steps]


def test_a_step_is_due_when_its_predecessors_are_finished():
    assert ids(due_steps(STEPS, set())) == ["notify", "sitrep"]
    assert ids(due_steps(STEPS, {"notify"}, {"sitrep"})) == ["cordon"]
    assert ids(due_steps(STEPS, {"notify", "sitrep", "cordon"})) == []


def test_a_begun_step_is_not_due_again_and_lets_nothing_follow():
    assert ids(due_steps(STEPS, set(), {"notify", "sitrep"})) == []


def test_a_level_that_builds_on_a_lower_one_has_its_steps_too():
    plan = load(TWO_LEVELS)

    steps = plan.steps_of("III")

    assert ids(steps) == ["notify", "cordon", "sitrep", "teams"]
    assert {step.id: step.every for step in steps}["sitrep"].total_seconds() == 3600
    assert ids(plan.steps_of("IV")) == ["notify", "cordon", "sitrep"]
