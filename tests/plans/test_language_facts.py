from decimal import Decimal

import pytest

from liandong.plans.language import FactError, dictionary

FACTS = dictionary()


@pytest.mark.parametrize(
    ("name", "raw", "value", "shown"),
    [
        ("burned_ha", "12.50", Decimal("12.50"), "12.50 公顷"),
        ("burned_ha", 12, Decimal(12), "12 公顷"),
        ("deaths", "3", 3, "3 人"),
        ("deaths", Decimal("3.0"), 3, "3 人"),
        ("spreading", "是", True, "是"),
        ("spreading", False, False, "否"),
        ("rainstorm_signal", "橙色", "橙", "橙色"),
        ("levee_danger", "重大险情", "major", "重大险情"),
        ("superior_level", "Ⅲ级", "III", "Ⅲ级"),
        ("superior_level", "三级响应", "III", "Ⅲ级"),
    ],
)
def test_a_value_is_read_as_people_write_it(name, raw, value, shown):
    read = FACTS[name].read(raw)

    assert (read, type(read), FACTS[name].show(read)) == (value, type(value), shown)


@pytest.mark.parametrize(
    ("name", "raw", "what"),
    [
        ("deaths", "-1", "“死亡”-1 超出范围"),
        ("deaths", "2.5", "“死亡”不能是 2.5"),
        ("deaths", True, "“死亡”不能是 True"),
        ("deaths", "很多", "“死亡”不能是 '很多'"),
        ("deaths", "1e400", "“死亡”不能是 '1e400'"),
        ("burned_ha", "NaN", "“过火面积”不能是 'NaN'"),
        ("burned_ha", "1E-999999", "“过火面积”不能是 '1E-999999'"),
        ("burned_ha", 0.1, "“过火面积”不能是 0.1"),
        ("spreading", 1, "“火势仍在蔓延”不能是 1"),
        ("rainstorm_signal", "紫", "“暴雨预警信号”不能是 '紫'"),
        ("superior_level", "橙色", "“上级已启动的响应级别”不能是 '橙色'"),
        ("earthquake_magnitude", "11", "“地震震级”11 超出范围"),
    ],
)
def test_a_value_a_fact_cannot_have_is_refused(name, raw, what):
    with pytest.raises(FactError) as refusal:
        FACTS[name].read(raw)

    assert refusal.value.what == what


def test_choices_and_levels_have_an_order():
    signal, level = FACTS["rainstorm_signal"], FACTS["superior_level"]

    assert signal.order("none") < signal.order("蓝") < signal.order("橙") < signal.order("红")
    assert level.order("none") < level.order("IV") < level.order("I")


def test_every_fact_says_whom_to_ask_and_what():
    assert [fact.name for fact in FACTS.values() if not (fact.ask and fact.question)] == []


def test_no_two_facts_are_called_the_same():
    labels = [fact.label for fact in FACTS.values()]

    assert sorted(labels) == sorted(set(labels))
