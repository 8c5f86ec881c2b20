"""What the county calls goods that GB/T 38565 calls otherwise."""

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.sharing import queries, rules
from liandong.sharing.events import GoodsNamed, GoodsNameDropped
from liandong.sharing.models import GoodsAlias
from liandong.sharing.permissions import Permission


@action(Permission.NAME_GOODS)
def name_goods(actor: Actor, *, name: str, code: str, idempotency_key: str = "") -> GoodsAlias:
    """Say which code of GB/T 38565 a name means from now on. Publishes ``GoodsNamed``.

    Records that are there keep their codes. Refuses codes that the standard does not have. Not for
    drills.
    """
    rules.demand_actual(actor)
    name, code = "".join(name.split()), code.strip()
    if not queries.is_goods_code(code):
        raise Invalid(
            _("没有“%(code)s”这个物资编码。") % {"code": code[:20]},
            place=name[:60],
            remedy=_("请写 GB/T 38565-2020 的 7 位编码。"),
            fields={"code": _("没有这个编码")},
        )
    if not 0 < len(name) <= 60:
        raise Invalid(
            _("名称不能为空，也不能超过 60 字。"),
            remedy=_("请写清单上用的名称。"),
            fields={"name": _("请填写，不超过 60 字")},
        )
    alias, _made = GoodsAlias.objects.update_or_create(name=name, defaults={"code": code})
    fact = GoodsNamed(subject_id=str(alias.pk), title=name, code=code)
    happened(fact, audience={"county"})
    return alias


@action(Permission.NAME_GOODS)
def drop_goods_name(
    actor: Actor, *, alias: GoodsAlias, expected_version: int, idempotency_key: str = ""
) -> GoodsAlias:
    """Let a name mean no code of the county's own any longer. Publishes ``GoodsNameDropped``."""
    rules.demand_actual(actor)
    alias.change(expected_version=expected_version)
    fact = GoodsNameDropped(subject_id=str(alias.pk), title=alias.name, code=alias.code)
    GoodsAlias.objects.filter(pk=alias.pk).delete()
    happened(fact, audience={"county"})
    return alias
