import json

import pytest

from liandong.kernel.actors import Actor, Grant
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, KeyReused, Missing, Stale
from liandong.plans import actions
from liandong.plans.actions import (
    adopt_draft,
    begin_manuscript,
    confirm_guess,
    discard_manuscript,
    edit_manuscript,
    open_manuscript,
    put_into_draft,
    redo_change,
    undo_change,
    write_manuscript,
)
from liandong.plans.language.editing import Edit
from liandong.plans.language.guesses import Guess
from liandong.plans.models import ManuscriptChange, PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.queries import guesses_of, manuscripts_visible
from liandong.plans.states import VersionState
from tests.people import allowed, duty_officer, office
from tests.plans.example import FOREST
from tests.plans.people import adopted

pytestmark = pytest.mark.django_db

CORDON = ("levels", "IV", "steps", "cordon")
DEADLINE = (*CORDON, "finish_within")
GUESS = Guess(
    path=("levels", "IV", "steps", 1, "finish_within"),
    paragraph=31,
    quote="四十分钟内完成交通管制",
    reading="完成限：40分钟",
)


def told(name):
    entries = Entry.objects.filter(name=name).order_by("id")
    return [json.loads(entry.payload.text) for entry in entries]


def begun(text=FOREST, **more):
    return begin_manuscript(office(), text=text, **more)


def put(path, value, manuscript, *, by=None, seen=None):
    return edit_manuscript(
        by or office(),
        manuscript=manuscript,
        edit=Edit(deed="put", path=path, value=value),
        expected_version=seen or manuscript.version,
    )


def other():
    return office(post="other")


def test_open_manuscript_begins_with_what_any_plan_says_of_itself(at):
    now = at("2026-07-14T04:07")

    found = open_manuscript(
        office(),
        title="示例预案",
        key="sample",
        kind="special",
        hazard="11G",
        headquarters="hq",
    )

    assert (found.key, found.title, found.version, found.created_at) == (
        "sample",
        "示例预案",
        1,
        now,
    )
    assert found.text == (
        "language: 1\nplan: sample\ntitle: 示例预案\nkind: special\nhazard: 11G\n"
        "headquarters: hq\ndocument: {}\nlevels: {}\n"
    )
    assert told("plans.manuscript_begun")[0]["title"] == "示例预案"


def test_open_manuscript_refuses_a_key_that_is_taken_unless_it_is_meant():
    head = {
        "title": "森林火灾预案", "key": "forest-fire", "kind": "special", "hazard": "11G",
        "headquarters": "hq",
    }  # fmt: skip
    adopted(FOREST)

    with pytest.raises(Invalid) as refused:
        open_manuscript(office(), **head)
    found = open_manuscript(office(), **head, anew=True)
    with pytest.raises(Invalid) as again:
        open_manuscript(office(), **head)

    assert refused.value.title == "代号“forest-fire”已有：森林火灾应急预案第 1 版。"
    assert "点“修订”" in refused.value.remedy
    assert found.key == "forest-fire"
    assert "森林火灾预案文稿（指挥部办公室在写）" in again.value.title
    assert "接着写那一份" in again.value.remedy


def test_begin_manuscript_keeps_a_text_that_does_not_even_read():
    found = begun("title: [\n")

    assert (found.text, found.readable_text, found.key) == ("title: [\n", "", "")


def test_begin_manuscript_revises_a_version():
    version = adopted(FOREST)

    found = begun(version.text, based_on=version)

    assert (found.based_on, found.key) == (version, "forest-fire")
    assert ManuscriptChange.objects.get().what == "从第 1 版开始修订"


def test_edit_manuscript_changes_one_place_and_says_which():
    found = put(DEADLINE, "PT20M", begun())

    assert found.text == FOREST.replace("PT40M", "PT20M")
    assert found.version == 2
    change = ManuscriptChange.objects.get(number=2)
    said = "Ⅳ级 · 对火场周边道路实施交通管制，… · 完成限：40分钟 → 20分钟"
    assert (change.what, change.text) == (said, found.text)
    fact = told("plans.manuscript_changed")[0]
    assert (fact["what"], fact["number"]) == (said, 2)
    assert "language: 1" not in str(fact)


def test_edit_manuscript_merges_with_what_others_changed_elsewhere():
    manuscript = begun()
    put((*CORDON, "text"), "封路", manuscript, by=other(), seen=1)

    found = put(DEADLINE, "PT20M", manuscript, seen=1)

    assert "text: 封路" in found.text
    assert "finish_within: PT20M" in found.text


def test_edit_manuscript_follows_a_step_that_moved():
    manuscript = begun()
    move = Edit(deed="move", path=CORDON, to=0)
    edit_manuscript(other(), manuscript=manuscript, edit=move, expected_version=1)

    found = put(("levels", "IV", "steps", 1, "finish_within"), "PT20M", manuscript, seen=1)

    assert found.text.index("PT20M") < found.text.index("notify")


def test_edit_manuscript_refuses_the_place_that_another_changed():
    manuscript = begun()
    put(DEADLINE, "PT30M", manuscript, by=other(), seen=1)

    with pytest.raises(Stale) as refused:
        put(DEADLINE, "PT20M", manuscript, seen=1)

    assert "完成限”刚被指挥部办公室改过。" in refused.value.title
    assert refused.value.remedy == "现在是：30分钟；您写的是：20分钟。请商定后再改一次。"


def test_edit_manuscript_refuses_the_same_list_without_names():
    manuscript = begun()
    clauses = ("levels", "IV", "when", "any")
    remove = Edit(deed="remove", path=(*clauses, 0))
    edit_manuscript(other(), manuscript=manuscript, edit=remove, expected_version=1)

    with pytest.raises(Stale):
        edit_manuscript(office(), manuscript=manuscript, edit=remove, expected_version=1)


def test_edit_manuscript_adds_a_step_beside_anothers():
    manuscript = begun()
    for who, name in ((other(), "x"), (office(), "y")):
        step = {"id": name, "do": "order", "to": "emergency", "text": name}
        edit = Edit(deed="insert", path=("levels", "IV", "steps", 3), value=step)
        found = edit_manuscript(who, manuscript=manuscript, edit=edit, expected_version=1)

    assert "id: x" in found.text
    assert "id: y" in found.text


def test_edit_manuscript_refuses_while_the_text_does_not_read():
    manuscript = write_manuscript(
        office(), manuscript=begun(), text=FOREST + "x: [\n", expected_version=1
    )

    with pytest.raises(Invalid, match="文本现在读不通"):
        put(DEADLINE, "PT20M", manuscript)


def test_edit_manuscript_refuses_a_place_that_is_gone():
    with pytest.raises(Invalid, match="这一处用表单改不了"):
        edit_manuscript(
            office(),
            manuscript=begun(),
            edit=Edit(deed="remove", path=("levels", "II")),
            expected_version=1,
        )


def test_write_manuscript_keeps_what_does_not_read_and_what_last_did():
    found = write_manuscript(
        office(), manuscript=begun(), text=FOREST + "x: [\n", expected_version=1
    )

    assert (found.text, found.readable_text) == (FOREST + "x: [\n", FOREST)
    assert ManuscriptChange.objects.get(number=2).what.startswith("改文本（第 ")


def test_write_manuscript_merges_lines_and_refuses_the_same_ones():
    manuscript = begun()
    put(DEADLINE, "PT30M", manuscript, by=other(), seen=1)

    found = write_manuscript(
        office(), manuscript=manuscript, text=FOREST.replace("P2D", "P3D"), expected_version=1
    )

    assert "PT30M" in found.text
    assert "P3D" in found.text
    with pytest.raises(Stale, match="刚被指挥部办公室改过"):
        write_manuscript(
            office(),
            manuscript=manuscript,
            text=FOREST.replace("PT40M", "PT50M"),
            expected_version=1,
        )


def test_write_manuscript_refuses_a_text_beyond_measure():
    with pytest.raises(Invalid, match="超过 1 MB"):
        write_manuscript(office(), manuscript=begun(), text="长" * 400_000, expected_version=1)


def test_nothing_changed_is_no_change():
    found = write_manuscript(office(), manuscript=begun(), text=FOREST, expected_version=1)

    assert found.version == 1
    assert told("plans.manuscript_changed") == []


def test_undo_change_takes_back_ones_own_and_redo_change_makes_it_again():
    manuscript = begun()
    mine = put(DEADLINE, "PT20M", manuscript)
    theirs = put((*CORDON, "text"), "封路", mine, by=other())

    undone = undo_change(office(), manuscript=theirs, expected_version=theirs.version)

    assert undone.text == FOREST.replace("对火场周边道路实施交通管制，疏散无关人员", "封路")
    with pytest.raises(IllegalMove):
        undo_change(office(), manuscript=undone, expected_version=undone.version)
    again = redo_change(office(), manuscript=undone, expected_version=undone.version)
    assert "PT20M" in again.text
    assert "封路" in again.text
    with pytest.raises(IllegalMove):
        redo_change(office(), manuscript=again, expected_version=again.version)


def test_undo_change_refuses_what_another_has_written_over():
    mine = put(DEADLINE, "PT20M", begun())
    theirs = put(DEADLINE, "PT30M", mine, by=other())

    with pytest.raises(Stale, match="刚被指挥部办公室改过"):
        undo_change(office(), manuscript=theirs, expected_version=theirs.version)


def test_a_new_change_ends_what_could_be_made_again():
    manuscript = put(DEADLINE, "PT20M", begun())
    undone = undo_change(office(), manuscript=manuscript, expected_version=2)
    after = put(DEADLINE, "PT25M", undone)

    with pytest.raises(IllegalMove):
        redo_change(office(), manuscript=after, expected_version=after.version)


def test_confirm_guess_says_who_and_opens_the_way_to_a_draft():
    manuscript = begun(guesses=[GUESS])
    with pytest.raises(Invalid, match="还有 1 处读法没有确认"):
        put_into_draft(office(), manuscript=manuscript, expected_version=1)

    found = confirm_guess(office(), manuscript=manuscript, path=GUESS.path, expected_version=1)

    (guess,) = guesses_of(found)
    assert (guess.confirmed_by, guess.changed) == ("指挥部办公室", False)
    assert put_into_draft(office(), manuscript=found, expected_version=2).state == "draft"
    with pytest.raises(Missing):
        confirm_guess(office(), manuscript=found, path=GUESS.path, expected_version=3)


def test_confirm_guess_refuses_what_another_changed_meanwhile():
    manuscript = begun(guesses=[GUESS])
    put(DEADLINE, "PT30M", manuscript, by=other(), seen=1)

    with pytest.raises(Missing):
        confirm_guess(office(), manuscript=manuscript, path=GUESS.path, expected_version=1)


def test_editing_the_place_confirms_and_taking_it_back_does_not():
    edited = put(DEADLINE, "PT30M", begun(guesses=[GUESS]))

    assert [(one.is_open, one.changed) for one in guesses_of(edited)] == [(False, True)]
    undone = undo_change(office(), manuscript=edited, expected_version=2)
    assert guesses_of(undone) == [GUESS]


def test_put_into_draft_makes_a_version_and_says_so():
    draft = put_into_draft(office(), manuscript=begun(), expected_version=1)

    assert (draft.key, draft.number, draft.text) == ("forest-fire", 1, FOREST)
    assert draft.manuscripts.get().version == 2
    assert told("plans.manuscript_changed")[0]["what"] == "存入草案第 1 版"
    assert told("plans.version_drafted")[0]["number"] == 1


def test_what_is_written_on_goes_into_the_draft_it_was_put_into_before():
    manuscript = begun()
    first = put_into_draft(office(), manuscript=manuscript, expected_version=1)
    manuscript.refresh_from_db()
    text = FOREST.replace("火情续报", "火情和气象续报")
    written = write_manuscript(office(), manuscript=manuscript, text=text, expected_version=2)

    again = put_into_draft(office(), manuscript=written, expected_version=3)

    assert (again.pk, again.number, again.text) == (first.pk, 1, text)
    assert len(told("plans.version_drafted")) == 1
    assert len(told("plans.draft_revised")) == 1


def test_a_draft_is_revised_where_it_stands_and_what_was_issued_by_a_version_of_its_own():
    draft = put_into_draft(office(), manuscript=begun(), expected_version=1)
    text = FOREST.replace("火情续报", "火情和气象续报")
    onward = begin_manuscript(office(), text=text, based_on=draft)
    assert put_into_draft(office(), manuscript=onward, expected_version=1).number == 1
    draft.refresh_from_db()
    issued = adopt_draft(office(), draft=draft, expected_version=draft.version)

    onward.refresh_from_db()
    more = write_manuscript(office(), manuscript=onward, text=FOREST, expected_version=2)
    third = begin_manuscript(office(), text=FOREST, based_on=issued)

    assert put_into_draft(office(), manuscript=more, expected_version=3).number == 2
    assert put_into_draft(office(), manuscript=third, expected_version=1).number == 3


def test_a_draft_on_its_way_is_not_written_over():
    manuscript = begun()
    draft = put_into_draft(office(), manuscript=manuscript, expected_version=1)
    draft.change(expected_version=draft.version, state=VersionState.OPINIONS)
    manuscript.refresh_from_db()
    text = FOREST.replace("火情续报", "火情和气象续报")
    written = write_manuscript(office(), manuscript=manuscript, text=text, expected_version=2)

    with pytest.raises(IllegalMove, match="征求意见"):
        put_into_draft(office(), manuscript=written, expected_version=3)

    draft.refresh_from_db()
    assert draft.text == FOREST
    manuscript.refresh_from_db()
    assert manuscript.text == text


def test_put_into_draft_refuses_an_unsound_text_and_keeps_it():
    manuscript = begun(FOREST.replace("burned_ha", "burnd_ha"))

    with pytest.raises(Invalid, match="预案文本有 1 处不能成立"):
        put_into_draft(office(), manuscript=manuscript, expected_version=1)

    assert not PlanVersion.objects.exists()


def test_put_into_draft_refuses_who_saw_an_older_text():
    manuscript = begun()
    put(DEADLINE, "PT30M", manuscript, by=other(), seen=1)

    with pytest.raises(Stale):
        put_into_draft(office(), manuscript=manuscript, expected_version=1)


def test_discard_manuscript_wants_a_reason_and_ends_it():
    manuscript = begun()
    with pytest.raises(Invalid):
        discard_manuscript(office(), manuscript=manuscript, reason=" ", expected_version=1)

    gone = discard_manuscript(
        office(), manuscript=manuscript, reason="另起一份", expected_version=1
    )

    assert (gone.state, told("plans.manuscript_discarded")[0]["reason"]) == (
        "discarded",
        "另起一份",
    )
    assert not manuscripts_visible(office()).exists()
    with pytest.raises(IllegalMove):
        put(DEADLINE, "PT30M", gone)


def test_discard_manuscript_refuses_who_saw_an_older_text():
    manuscript = begun()
    put(DEADLINE, "PT30M", manuscript, by=other(), seen=1)

    with pytest.raises(Stale):
        discard_manuscript(office(), manuscript=manuscript, reason="重复", expected_version=1)


DEEDS = {
    "open_manuscript": {
        "title": "预案", "key": "p", "kind": "special", "hazard": "11G", "headquarters": "hq",
    },
    "begin_manuscript": {"text": FOREST},
    "edit_manuscript": {"edit": Edit(deed="put", path=DEADLINE, value="PT20M")},
    "write_manuscript": {"text": "title: 一\n"},
    "undo_change": {},
    "redo_change": {},
    "confirm_guess": {"path": GUESS.path},
    "put_into_draft": {},
    "discard_manuscript": {"reason": "重复"},
}  # fmt: skip
BEGINNING = {"open_manuscript", "begin_manuscript"}


def asked(name, manuscript):
    more = (
        {}
        if name in BEGINNING
        else {"manuscript": manuscript, "expected_version": manuscript.version}
    )
    return {**DEEDS[name], **more}


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_writing_is_for_those_who_may_and_not_in_a_drill(name):
    manuscript = begun()

    for actor in (duty_officer(), allowed(Permission.ADOPT_VERSION)):
        with pytest.raises(Forbidden):
            getattr(actions, name)(actor, **asked(name, manuscript))
    with pytest.raises(Forbidden, match="演练中不能改动预案"):
        getattr(actions, name)(office(realm="drill-1"), **asked(name, manuscript))


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_writing_reaches_no_further_than_the_grant(name):
    grant = Grant(permission=str(Permission.DRAFT_VERSION), hazard="11A")
    manuscript = begun()

    with pytest.raises(Forbidden):
        getattr(actions, name)(
            Actor(label="防办", grants=frozenset({grant})), **asked(name, manuscript)
        )


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_the_same_key_twice_is_once(name):
    manuscript = begun(guesses=[GUESS])
    if name == "put_into_draft":
        manuscript = confirm_guess(
            office(), manuscript=manuscript, path=GUESS.path, expected_version=1
        )
    if name in {"undo_change", "redo_change"}:
        manuscript = put((*CORDON, "text"), "封路", manuscript)
    if name == "redo_change":
        manuscript = undo_change(office(), manuscript=manuscript, expected_version=2)
    given = {**asked(name, manuscript), "idempotency_key": "k"}

    first = getattr(actions, name)(office(), **given)
    entries = Entry.objects.count()

    assert getattr(actions, name)(office(), **given) == first
    assert Entry.objects.count() == entries
    changed = {"title": "x"} if name == "open_manuscript" else {"text": "x"}
    changed = changed if name in BEGINNING else {"expected_version": 99}
    with pytest.raises(KeyReused):
        getattr(actions, name)(office(), **{**given, **changed})


def test_write_manuscript_holds_on_to_ones_own_lines_and_keeps_the_others():
    manuscript = begun()
    theirs = FOREST.replace("PT40M", "PT30M").replace("P2D", "P4D").replace("火情续报", "续报")
    write_manuscript(other(), manuscript=manuscript, text=theirs, expected_version=1)
    mine = FOREST.replace("PT40M", "PT50M").replace("P2D", "P3D")
    with pytest.raises(Stale) as refused:
        write_manuscript(office(), manuscript=manuscript, text=mine, expected_version=1)

    found = write_manuscript(
        office(), manuscript=manuscript, text=mine, expected_version=1, settled=2
    )

    assert found.text == mine.replace("火情续报", "续报")
    assert refused.value.remedy == (
        "现在是：expected: P4D；您写的是：expected: P3D。\n"
        "现在是：finish_within: PT30M；您写的是：finish_within: PT50M。\n"
        "请商定后再改一次。"
    )


def test_write_manuscript_asks_again_where_another_has_changed_it_since():
    manuscript = begun()
    for text, seen in (
        (FOREST.replace("P2D", "P4D"), 1),
        (FOREST.replace("P2D", "P4D").replace("PT40M", "PT30M"), 2),
    ):
        write_manuscript(other(), manuscript=manuscript, text=text, expected_version=seen)
    mine = FOREST.replace("PT40M", "PT50M").replace("P2D", "P3D")

    with pytest.raises(Stale, match=r"第 32 行前后刚被指挥部办公室改过。") as refused:
        write_manuscript(
            office(), manuscript=manuscript, text=mine, expected_version=1, settled=2
        )

    assert "P4D" not in refused.value.remedy


def test_the_text_of_an_old_change_is_not_kept(monkeypatch):
    monkeypatch.setattr("liandong.plans.actions.manuscript.TEXTS_KEPT", 3)
    monkeypatch.setattr("liandong.plans.queries.manuscript.TEXTS_KEPT", 3)
    manuscript = begun()
    for minutes in (10, 20, 30, 40, 50):
        manuscript = put(DEADLINE, f"PT{minutes}M", manuscript)

    kept = ManuscriptChange.objects.exclude(text="").values_list("number", flat=True)
    assert sorted(kept) == [4, 5, 6]
    with pytest.raises(Stale, match="页面上的文稿不是这一份"):
        put(("title",), "某预案", manuscript, seen=2)
    manuscript = undo_change(office(), manuscript=manuscript, expected_version=6)
    with pytest.raises(IllegalMove):
        undo_change(office(), manuscript=manuscript, expected_version=manuscript.version)
