from django.urls import reverse

from liandong.evaluation.models import Improvement
from tests.evaluation.test_actions_evaluation import over
from tests.evaluation.test_actions_improvement import asked


def url(name, *args):
    return reverse(f"evaluation:{name}", args=args)


def test_it_is_reported_done_and_checked_by_its_pages(enter, county, running, demo_node):
    row = asked(county, over(county, running))
    water, office = enter("water"), None
    listed = water.get(url("improvements")).content.decode()
    done = water.post(
        url("finish_improvement", row.pk), {"words": "已培训", "expected_version": row.version}
    )
    office = enter("office")
    back = office.post(
        url("check_improvement", row.pk),
        {"passed": "0", "words": "没有记录", "expected_version": row.version + 1},
    )

    assert "报告整改情况" in listed
    assert [done.status_code, back.status_code] == [303, 303]
    row = Improvement.objects.get()
    assert (row.state, row.checked_words) == ("open", "没有记录")
    assert "没有记录" in office.get(url("improvements")).content.decode()


def test_who_is_not_concerned_sees_none_of_it(enter, county, running):
    row = asked(county, over(county, running))
    client = enter("weather")

    assert "复诵漏了数量" not in client.get(url("improvements")).content.decode()
    assert client.get(url("finish_improvement", row.pk)).status_code == 404
