from liandong.web.naming import actor_kind, place_name


def test_a_part_of_a_signature_has_a_chinese_name():
    assert actor_kind("post") == "岗位"
    assert actor_kind("unheard") == "unheard"


def test_a_subject_without_a_model_keeps_its_own_name():
    assert place_name("nowhere.thing") == "nowhere.thing"
    assert place_name("odd") == "odd"


def test_a_model_gives_its_own_name():
    assert place_name("auth.permission") != "auth.permission"
