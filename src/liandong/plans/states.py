"""The life of a plan's version, and of a run; what each kind of plan goes through."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liandong.kernel.states import Moves


class VersionState(TextChoices):
    """How far a version of a plan has come: written, gone through the county, in force, no longer."""

    DRAFT = "draft", _("草案")
    OPINIONS = "opinions", _("征求意见")
    EXPERTS = "experts", _("专家论证")
    ALIGNMENT = "alignment", _("衔接协调")
    APPROVAL = "approval", _("审核审批")
    IN_FORCE = "in_force", _("现行")
    SUPERSEDED = "superseded", _("已由新版替代")
    REPEALED = "repealed", _("已废止")


VERSION_MOVES = Moves(
    {
        VersionState.DRAFT: {
            VersionState.OPINIONS,
            VersionState.APPROVAL,
            VersionState.IN_FORCE,
        },
        VersionState.OPINIONS: {
            VersionState.DRAFT,
            VersionState.EXPERTS,
            VersionState.ALIGNMENT,
            VersionState.APPROVAL,
        },
        VersionState.EXPERTS: {
            VersionState.DRAFT,
            VersionState.ALIGNMENT,
            VersionState.APPROVAL,
        },
        VersionState.ALIGNMENT: {VersionState.DRAFT, VersionState.APPROVAL},
        VersionState.APPROVAL: {VersionState.DRAFT, VersionState.IN_FORCE},
        VersionState.IN_FORCE: {VersionState.SUPERSEDED, VersionState.REPEALED},
        VersionState.SUPERSEDED: set(),
        VersionState.REPEALED: set(),
    }
)
# What was issued is not written on; the next text is a version of its own.
ISSUED = frozenset({VersionState.IN_FORCE, VersionState.SUPERSEDED, VersionState.REPEALED})
# On the way from the draft to being issued.
UNDER_WAY = frozenset(
    {
        VersionState.OPINIONS,
        VersionState.EXPERTS,
        VersionState.ALIGNMENT,
        VersionState.APPROVAL,
    }
)


class Way(TextChoices):
    """By which way a version comes into force."""

    FULL = "full", _("全程序")
    SHORT = "short", _("简易程序")
    BEFORE = "before", _("登记已经印发的预案")


class PlanKind(TextChoices):
    """What a plan is in the county's system of plans; the plan's text says it."""

    OVERALL = "overall", _("总体预案")
    SPECIAL = "special", _("专项预案")
    DEPARTMENTAL = "departmental", _("部门预案")
    TOWNSHIP = "township", _("乡镇预案")
    VILLAGE = "village", _("村（社区）预案")
    UNIT = "unit", _("单位预案")
    WARNING = "warning", _("预警期措施")


class Answer(TextChoices):
    """What a unit says to a draft."""

    AGREE = "agree", _("同意")
    AMEND = "amend", _("有修改意见")
    DISAGREE = "disagree", _("不同意")
    SILENT = "silent", _("逾期未答复")


class Conclusion(TextChoices):
    """What experts conclude."""

    PASSED = "passed", _("通过")
    PASSED_IF = "passed_if", _("修改后通过")
    NOT_PASSED = "not_passed", _("不通过")


class AlignedWith(TextChoices):
    """With what a plan is brought into line."""

    MOBILIZATION = "mobilization", _("国防动员相关预案")
    EMERGENCY = "emergency", _("应急管理部门")
    SUPERIOR = "superior", _("上级预案")
    OTHER = "other", _("其他预案")


class Signatory(TextChoices):
    """In whose name a plan is issued."""

    PARTY_AND_GOVERNMENT = "party_and_government", _("党委和政府")
    GOVERNMENT_OFFICE = "government_office", _("政府办公室")
    HEADQUARTERS = "headquarters", _("有关应急指挥机构")
    DEPARTMENT = "department", _("部门")
    TOWNSHIP = "township", _("乡镇（街道）")
    VILLAGE = "village", _("村（居）民委员会")
    UNIT = "unit", _("本单位")


class ExaminedPoint(TextChoices):
    """What is looked at before a plan is approved."""

    LAW = "law", _("符合法律法规和标准")
    ABOVE = "above", _("符合上位预案，与有关预案衔接")
    CONTENTS = "contents", _("框架清楚，内容完备")
    COMMAND = "command", _("指挥体系、分工、分级、措施合理可行")
    OPINIONS = "opinions", _("各方面意见一致")
    OTHER = "other", _("其他需要审核的")


class Weighty(TextChoices):
    """What a minor revision leaves alone (art. 36)."""

    COMMAND = "command", _("组织指挥体系")
    PROCEDURE = "procedure", _("应急处置程序")
    MEASURES = "measures", _("主要处置措施")
    GRADING = "grading", _("突发事件分级标准")


class Openness(TextChoices):
    """How far a plan is made public."""

    FULL = "full", _("向社会公开全文")
    ABRIDGED = "abridged", _("公开简本")
    AFFECTED = "affected", _("向本单位和可能受影响者公开")
    WITHHELD = "withheld", _("不公开")


class DrillKind(TextChoices):
    """How a plan was drilled."""

    TABLETOP = "tabletop", _("桌面推演")
    FIELD = "field", _("实战演练")
    PARTIAL = "partial", _("单项演练")


class Outcome(TextChoices):
    """What follows from an evaluation."""

    KEEP = "keep", _("继续施行")
    REVISE = "revise", _("修订")
    REPLACE = "replace", _("重新编制")


class RevisionReason(TextChoices):
    """The six reasons for which a plan is revised."""

    LAW = "law", _("法律法规、上位预案变了")
    COMMAND = "command", _("指挥机构及其职责变了")
    RISK = "risk", _("面临的风险变了")
    RESOURCES = "resources", _("重要应急资源变了")
    LESSONS = "lessons", _("处置或演练中发现问题")
    OTHER = "other", _("其他需要修订的情况")


class PaperKind(TextChoices):
    """What a file that belongs to a plan is."""

    ORIGINAL = "original", _("原件")
    NOTES = "notes", _("编制说明")
    OPINION = "opinion", _("意见函")
    EXPERTS = "experts", _("专家论证意见")
    ALIGNMENT = "alignment", _("衔接材料")
    APPROVAL = "approval", _("审核、签批件")
    ISSUED = "issued", _("印发文件")
    FILING = "filing", _("备案材料、回执")
    PUBLICATION = "publication", _("公开情况")
    DRILL = "drill", _("演练总结")
    EVALUATION = "evaluation", _("评估报告")
    OTHER = "other", _("其他")


class DutyKind(TextChoices):
    """What is owed for a plan that is in force."""

    FILING = "filing", _("备案")
    PUBLICATION = "publication", _("公开")
    DRILL = "drill", _("演练")
    EVALUATION = "evaluation", _("评估")


WORKING_DAYS = 20  # to file and to publish (arts. 26, 28)
EVALUATED_EVERY = 3  # years (art. 34)
DRILLED_EVERY = 3  # years (art. 32)
ACCIDENTS, ACCIDENTS_DRILLED_EVERY = "12A", 2  # 生产安全事故应急条例 art. 8


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """What a kind of plan goes through, who signs it, where it is filed, how often it is drilled.

    ``bases`` name the article for each stage; there is none where the county itself has settled it.
    """

    stages: tuple[VersionState, ...]
    bases: Mapping[VersionState, str | Promise] = field(default_factory=dict)
    aligned_with: tuple[AlignedWith, ...] = ()
    signed_by: tuple[Signatory, ...] = ()
    signing_basis: str | Promise = ""
    filed_with: str | Promise = ""
    filing_basis: str | Promise = ""
    drilled_every: int = 0


GOVERNMENT = (
    VersionState.OPINIONS,
    VersionState.EXPERTS,
    VersionState.ALIGNMENT,
    VersionState.APPROVAL,
)
SHORT_WAY = (VersionState.APPROVAL,)
WRITTEN, EXAMINED = _("第十八至二十二条"), _("第二十四条、第二十五条")
BASES = {
    VersionState.OPINIONS: WRITTEN,
    VersionState.EXPERTS: WRITTEN,
    VersionState.ALIGNMENT: WRITTEN,
    VersionState.APPROVAL: EXAMINED,
}
PROCEDURES: Mapping[PlanKind, Procedure] = {
    PlanKind.OVERALL: Procedure(
        stages=GOVERNMENT,
        bases=BASES,
        aligned_with=(AlignedWith.MOBILIZATION,),
        signed_by=(Signatory.PARTY_AND_GOVERNMENT,),
        signing_basis=_("第二十五条"),
        filed_with=_("上一级政府（径送上级应急管理部门，抄有关部门）"),
        filing_basis=_("第二十六条"),
    ),
    PlanKind.SPECIAL: Procedure(
        stages=GOVERNMENT,
        bases={**BASES, VersionState.ALIGNMENT: _("第十八至二十二条、第二十五条")},
        aligned_with=(AlignedWith.MOBILIZATION, AlignedWith.EMERGENCY),
        signed_by=(Signatory.GOVERNMENT_OFFICE, Signatory.HEADQUARTERS),
        signing_basis=_("第二十五条"),
        filed_with=_("上一级牵头部门（抄上级应急管理部门）"),
        filing_basis=_("第二十六条"),
        drilled_every=DRILLED_EVERY,
    ),
    PlanKind.DEPARTMENTAL: Procedure(
        stages=GOVERNMENT,
        bases=BASES,
        aligned_with=(AlignedWith.MOBILIZATION,),
        signed_by=(Signatory.DEPARTMENT,),
        signing_basis=_("第二十五条"),
        filed_with=_("本级政府（径送本级应急管理部门）"),
        filing_basis=_("第二十六条"),
        drilled_every=DRILLED_EVERY,
    ),
    PlanKind.TOWNSHIP: Procedure(
        stages=(VersionState.OPINIONS, VersionState.APPROVAL),
        signed_by=(Signatory.TOWNSHIP,),
        filed_with=_("上一级政府（径送应急管理部门）"),
        filing_basis=_("第二十六条"),
    ),
    PlanKind.VILLAGE: Procedure(
        stages=(VersionState.OPINIONS, VersionState.APPROVAL),
        signed_by=(Signatory.VILLAGE,),
        filed_with=_("乡镇人民政府（街道办事处）"),
        filing_basis=_("第二十六条"),
    ),
    PlanKind.UNIT: Procedure(
        stages=(VersionState.OPINIONS, VersionState.APPROVAL), signed_by=(Signatory.UNIT,)
    ),
    PlanKind.WARNING: Procedure(
        stages=SHORT_WAY, signed_by=(Signatory.GOVERNMENT_OFFICE, Signatory.HEADQUARTERS)
    ),
}


def drilled_every(kind: PlanKind, hazard: str) -> int:
    """In how many years a plan must be drilled at least once; 0 where no rule says so."""
    usual = PROCEDURES[kind].drilled_every
    about_accidents = hazard.startswith(ACCIDENTS) and (usual or kind == PlanKind.TOWNSHIP)
    return ACCIDENTS_DRILLED_EVERY if about_accidents else usual


class ManuscriptState(TextChoices):
    """Whether a manuscript is being written, or was given up."""

    OPEN = "open", _("在写")
    DISCARDED = "discarded", _("已废弃")


MANUSCRIPT_MOVES = Moves(
    {
        ManuscriptState.OPEN: {ManuscriptState.DISCARDED},
        ManuscriptState.DISCARDED: set(),
    }
)


class RunState(TextChoices):
    """Whether a plan is being carried out."""

    RUNNING = "running", _("执行中")
    ENDED = "ended", _("已结束")


RUN_MOVES = Moves({RunState.RUNNING: {RunState.ENDED}, RunState.ENDED: set()})


class ChangeKind(TextChoices):
    """How a run departs from its plan."""

    ADD = "add", _("增加")
    DROP = "drop", _("取消")
    REASSIGN = "reassign", _("改派")
