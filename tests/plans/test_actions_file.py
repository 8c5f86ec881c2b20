import io
import json

import pytest

from liandong.kernel.files.actions import store_file
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Missing
from liandong.plans import actions, queries
from liandong.plans.models import PlanFile
from liandong.plans.states import PaperKind
from tests.factories import organization as make
from tests.people import SEES, duty_officer, office
from tests.plans import lives

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def kept(by, version, what=PaperKind.FILING, name="回执.pdf", **more):
    return actions.keep_paper(
        by, to=version, name=name, content=io.BytesIO(PDF), what=what, **more
    )


def test_a_receipt_stands_with_its_version_and_in_the_journal():
    version = lives.issued()

    row = kept(office(), version, caption="市林业局回执")

    assert list(queries.files_of(office(), version)) == [row]
    told = json.loads(Entry.objects.get(name="plans.file_attached").payload.text)
    assert (told["what"], told["caption"], told["digest"]) == (
        "备案材料、回执",
        "市林业局回执",
        row.file.digest,
    )


def test_a_unit_hands_in_its_letter_and_nothing_else():
    unit = make.body(name="县林业局")
    version = lives.asked(unit)
    liaison = lives.liaison(unit)

    letter = kept(liaison, version, PaperKind.OPINION, audience=("duty", f"body:{unit.pk}"))

    with pytest.raises(Missing, match="不经办"):
        kept(liaison, version, PaperKind.APPROVAL)
    with pytest.raises(Missing, match="不经办"):
        kept(lives.liaison(make.body(name="县水利局")), version, PaperKind.OPINION)
    with pytest.raises(Forbidden):
        kept(duty_officer(), version)
    assert PlanFile.objects.get() == letter


def test_a_letter_is_seen_by_its_unit_and_the_office_only():
    unit, other = make.body(name="县林业局"), make.body(name="县水利局")
    version = lives.asked(unit, other)
    kept(lives.liaison(unit), version, PaperKind.OPINION, audience=("duty", f"body:{unit.pk}"))
    stranger = make_liaison_without_duty(other)

    assert queries.files_of(office(), version).count() == 1
    assert not queries.files_of(stranger, version).exists()


def make_liaison_without_duty(body):
    from dataclasses import replace

    return replace(lives.liaison(body), scopes=(SEES - {"duty"}) | {f"body:{body.pk}"})


def test_a_file_stored_for_something_else_is_refused():
    file = store_file(
        office(),
        name="现场.pdf",
        content=io.BytesIO(PDF),
        audience=["county"],
        subject_kind="command.incident",
        subject_id="1",
    )

    with pytest.raises(IllegalMove, match="不是交给这部预案"):
        actions.attach_plan_file(office(), to=lives.draft(), file=file, what=PaperKind.OTHER)
