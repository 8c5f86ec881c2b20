"""Chinese words for what the journal names in identifiers."""

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SIGNATURE: dict[str, str | Promise] = {
    "kind": _("性质"),
    "account": _("账号"),
    "person": _("人员"),
    "post": _("岗位"),
    "body": _("单位"),
    "acting_for": _("代理"),
    "device": _("设备"),
    "label": _("署名"),
}
# Subjects that are no model with a Chinese name of its own.
SUBJECTS: dict[str, str | Promise] = {
    "kernel.delivery": _("投递"),
    "kernel.entry": _("流水"),
    "kernel.file": _("附件"),
    "kernel.node": _("节点"),
    "plans.subject": _("研判对象"),
}


def actor_kind(key: str) -> str:
    """A part of an actor's signature, in words."""
    return str(SIGNATURE.get(key, key))


def place_name(kind: str) -> str:
    """A subject's kind: the model's own Chinese name where there is such a model."""
    if kind in SUBJECTS:
        return str(SUBJECTS[kind])
    label, _dot, name = kind.partition(".")
    try:
        return str(apps.get_model(label, name.replace("_", ""))._meta.verbose_name)
    except (LookupError, AttributeError, ValueError):
        return kind
