"""A special plan on its way, brought by actions to any point of it."""

from datetime import timedelta

from liandong.kernel.permissions import Role
from liandong.plans import actions, queries
from liandong.plans.models import Opinion
from liandong.plans.states import ExaminedPoint, Weighty
from tests.factories import organization as make
from tests.people import SEES, actor, chief, office
from tests.plans.example import FOREST

EVERY_POINT = [str(one) for one in ExaminedPoint]
NOTHING_WEIGHTY = [str(one) for one in Weighty]


def liaison(body):
    """联络员 of a unit."""
    scopes = SEES | {f"body:{body.pk}"}
    return actor(Role.UNIT_LIAISON, body=str(body.pk), scopes=scopes, label="联络员")


def draft(text=FOREST):
    return actions.draft_version(office(), text=text)


def in_days(days):
    return queries.today() + timedelta(days=days)


def asked(*units, version=None, due_in=7):
    version = version or draft()
    return actions.ask_opinions(
        office(),
        version=version,
        units=units or [make.body(name="县林业局")],
        due_on=in_days(due_in),
        expected_version=version.version,
    )


def opinion(version=None):
    return Opinion.objects.filter(plan_version=version or asked()).latest("id")


def answered(version, answer="agree", text=""):
    for one in Opinion.objects.filter(plan_version=version, answer=""):
        actions.give_opinion(
            office(), opinion=one, answer=answer, text=text, expected_version=one.version
        )
    return version


def advanced(version):
    return actions.advance_version(office(), version=version, expected_version=version.version)


def at_experts():
    return advanced(answered(asked()))


def reviewed(version, conclusion="passed", points=""):
    actions.record_expert_review(
        office(),
        version=version,
        reviewed_on=queries.today(),
        experts="王工 省林科院",
        conclusion=conclusion,
        points=points,
        expected_version=version.version,
    )
    return version


def at_alignment():
    return advanced(reviewed(at_experts()))


def aligned(version, *whom):
    for one in whom or ("mobilization", "emergency"):
        actions.record_alignment(
            office(),
            version=version,
            aligned_on=queries.today(),
            aligned_with=one,
            whom="县人武部",
            result="不抵触",
            expected_version=version.version,
        )
    return version


def at_approval():
    return advanced(aligned(at_alignment()))


def examined(version, points=EVERY_POINT, remark=""):
    actions.examine_version(
        office(),
        version=version,
        examined_on=queries.today(),
        points=points,
        remark=remark,
        expected_version=version.version,
    )
    return version


def signed(version=None):
    version = version or examined(at_approval())
    actions.approve_version(
        chief(),
        version=version,
        signatory="government_office",
        signed_by="县长 张三",
        signed_on=queries.today(),
        expected_version=version.version,
    )
    return version


def issued(version=None):
    version = version or signed()
    return actions.issue_version(
        office(),
        version=version,
        paper="江政办发〔2026〕12号",
        issued_on=queries.today(),
        expected_version=version.version,
    )


def filed(version):
    actions.file_version(
        office(),
        version=version,
        filed_with="市林业局",
        papers="正式文本、编制说明",
        sent_on=queries.today(),
        filed_on=queries.today(),
        receipt="备〔2026〕3号",
        expected_version=version.version,
    )
    return version


def published(version):
    actions.publish_version(
        office(),
        version=version,
        openness="full",
        published_on=queries.today(),
        address="www.example.gov.cn",
        expected_version=version.version,
    )
    return version
