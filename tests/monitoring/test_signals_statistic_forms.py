from liandong.monitoring.signals.statistic_forms import shipped_forms
from liandong.monitoring.states import Period


def test_every_form_that_comes_along_can_be_taken_up():
    forms = shipped_forms()

    assert {"cdc-weekly", "gas-inspection", "forest-patrol", "geohazard-watch"} <= set(forms)
    assert {one.period for one in forms.values()} == set(Period.values)
    assert all(one.items and one.filers and one.hazard for one in forms.values())
