"""The evaluation app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    """演练评估: drills, their scripts, scores and what follows from them."""

    name = "liandong.evaluation"
    label = "evaluation"
    verbose_name = _("演练评估")
