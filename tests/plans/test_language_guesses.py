from liandong.plans.language.guesses import Guess, guesses_after, read_guesses

GUESS = Guess(
    path=("levels", "IV", "steps", 0, "finish_within"),
    paragraph=12,
    quote="20分钟内封控道路",
    reading="完成限：20分钟",
)
STEP = {"id": "cordon", "finish_within": "PT20M"}


def data(*steps):
    return {"levels": {"IV": {"steps": list(steps)}}}


def after(before, now, guess=GUESS, **more):
    (found,) = guesses_after([guess], before, now, by="甲", at="2026-07-14", **more)
    return found


def test_a_guess_is_what_json_carries():
    assert read_guesses([GUESS.as_data()]) == [GUESS]
    assert GUESS.is_open


def test_writing_the_place_anew_confirms():
    found = after(data(STEP), data({**STEP, "finish_within": "PT30M"}))

    assert (found.is_open, found.changed, found.confirmed_by) == (False, True, "甲")


def test_a_guess_goes_where_its_step_goes():
    found = after(data(STEP, {"id": "x"}), data({"id": "x"}, STEP))

    assert (found.path, found.is_open) == (("levels", "IV", "steps", 1, "finish_within"), True)


def test_a_step_taken_away_settles_its_guess():
    assert after(data(STEP, {"id": "x"}), data({"id": "x"})).changed


def test_what_takes_back_a_change_opens_the_guess_again():
    changed = data({**STEP, "finish_within": "PT30M"})
    guess = after(data(STEP), changed)

    assert after(changed, data(STEP), guess, taking_back=True) == GUESS
