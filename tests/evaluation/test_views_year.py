import io
from datetime import date
from urllib.parse import unquote

import docx
from django.urls import reverse

from liandong.plans.models import PlanVersion
from liandong.plans.queries import today
from tests.evaluation.drills import planned


def test_the_years_plan_is_a_page_to_print_and_a_word_file(enter, county, version, demo_node):
    PlanVersion.objects.filter(pk=version.pk).update(issued_on=date(2027, 7, 1))
    client = enter("leader")
    wanting = client.get(reverse("evaluation:year", args=[2030])).content.decode()
    planned(county, version)

    page = client.get(reverse("evaluation:year", args=[2030])).content.decode()
    answer = client.get(reverse("evaluation:year_docx", args=[2030]))

    assert "至少每 3 年一次" in wanting
    assert "2030-07-01" in wanting
    assert "清溪河防汛演练" in page
    paper = docx.Document(io.BytesIO(answer.getvalue()))
    assert "2030年应急演练计划" in paper.paragraphs[0].text
    assert [cell.text for cell in paper.tables[0].rows[1].cells][:2] == ["1", "清溪河防汛演练"]
    assert "2030年应急演练计划.docx" in unquote(answer["Content-Disposition"])
    assert client.get(reverse("evaluation:year", args=[1])).status_code == 404
    assert (
        reverse("evaluation:year", args=[today().year])
        in client.get(reverse("evaluation:drills")).content.decode()
    )
