"""Who may answer an order, by when, and what an answer must carry."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from liandong.command.models import Incident, Order
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of, staffed_superior
from liandong.command.states import UNANSWERED, UNDER_WAY, VOID, CounterAnswer, OrderKind
from liandong.kernel.actors import EVERYTHING, Actor
from liandong.kernel.geo.coordinates import in_china
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization import queries as organization
from liandong.organization.models import Body, Post

# Where neither the plan nor the one who orders says otherwise.
ACKNOWLEDGE_WITHIN = timedelta(minutes=10)
LEAST_INTERVAL = timedelta(minutes=5)
LEAST_SEVERAL = 2
BLANK = re.compile("＿|__")
PROOFS: dict[str, str | Promise] = {
    "photo": gettext_lazy("照片"),
    "video": gettext_lazy("视频"),
    "text": gettext_lazy("文字"),
    "list": gettext_lazy("名单"),
    "signature": gettext_lazy("签字"),
    "position": gettext_lazy("位置"),
}


@dataclass(frozen=True)
class Terms:
    """What an order says, by when, where, and with what it has to come back; alike for all who get it."""

    text: str
    acknowledge_within: timedelta | None = None
    finish_within: timedelta | None = None
    needs_proof: tuple[str, ...] = ()
    place: str = ""
    lon: Decimal | None = None
    lat: Decimal | None = None
    files: tuple[str, ...] = ()
    after: Order | None = None


def demand_terms(terms: Terms, *, is_kept: bool = False) -> None:
    """Refuse what has no words, leaves no time, asks for a proof nobody knows, or is nowhere in China.

    Words that are only kept ready (``is_kept``) have blanks; an order has none.
    """
    demand_words(terms.text, field="text", what=_("指令内容"))
    if not is_kept and BLANK.search(terms.text):
        raise Invalid(
            _("指令里还有没填的空。"),
            place=_("指令内容"),
            remedy=_("请把“＿＿”换成实际的地点、数量或时间。"),
            fields={"text": _("还有没填的空“＿＿”")},
        )
    demand_time(terms.acknowledge_within, field="acknowledge_within", what=_("复诵限时"))
    demand_time(terms.finish_within, field="finish_within", what=_("完成限时"))
    strange = [kind for kind in terms.needs_proof if kind not in PROOFS]
    if strange:
        raise Invalid(
            _("没有“%(kind)s”这种附件要求。") % {"kind": strange[0]},
            place=_("完成时须附"),
            remedy=_("可选：%(kinds)s。") % {"kinds": listed(PROOFS.values())},
        )
    if terms.lon is not None and terms.lat is not None:
        in_china(terms.lon, terms.lat, place=_("指令地点"))


def demand_standing(bodies: Iterable[Body]) -> None:
    """Refuse to order a body that was merged into another, and name who has its work now."""
    gone = next((body for body in bodies if body.merged_into_id), None)
    if gone is not None:
        raise Invalid(
            _("“%(body)s”已经撤并，指令没有下达。") % {"body": gone},
            place=_("接令单位"),
            remedy=_("它的职责现由“%(heir)s”承担，请改下达给它。") % {"heir": gone.merged_into},
            fields={"to_post": _("已并入%(heir)s") % {"heir": gone.merged_into}},
        )


def demand_predecessor(order: Order, incident: Incident) -> None:
    """Refuse to wait for what belongs to another incident, or was taken back."""
    if order.incident.lives_in.pk != incident.pk or order.state in VOID:
        raise IllegalMove(
            _("不能等%(order)s完成：它已撤回、改令，或不在本事件里。") % {"order": order},
            place=_("前序指令"),
            remedy=_("请另选一条，或不选。"),
        )


def demand_begun(order: Order) -> None:
    """Refuse to go on with what has to wait for another order."""
    if order.waits and order.is_held:
        raise IllegalMove(
            _("还没有确认下游知悉，%(order)s不得执行。") % {"order": order},
            place=str(order),
            remedy=_("请等指挥部确认下游都已通知到；现在可以复诵和接受。"),
        )
    if order.waits:
        raise IllegalMove(
            _("%(order)s要等%(after)s完成后才能开始。")
            % {"order": order, "after": order.after},
            place=str(order),
            remedy=_("等的那条完成或撤回时，会通知您；现在可以复诵和接受。"),
        )


def demand_splittable(order: Order) -> None:
    """Refuse to give out in parts what nobody owes, or what waits for the headquarters' answer."""
    if order.state not in UNANSWERED | UNDER_WAY:
        raise IllegalMove(
            _("%(order)s现在不能拆分。") % {"order": order},
            place=str(order),
            remedy=_("已报无法执行的，请先答复；已完成、撤回的，请另下指令。"),
        )


def demand_parts_done(order: Order, owed: Sequence[Order]) -> None:
    """Refuse to call the whole done while a part of it is owed."""
    if owed:
        raise IllegalMove(
            _("还有分办的指令没有完成：%(parts)s。")
            % {"parts": listed(f"{one}（{one.to_body}）" for one in owed)},
            place=str(order),
            remedy=_("等各条完成，或请指挥部撤回不再需要的，再报完成。"),
        )


def demand_amounts(amount: int | None, amount_of: int | None) -> None:
    """Refuse more done than there is, and a whole without a part."""
    if amount_of is not None and (amount is None or amount > amount_of):
        raise Invalid(
            _("已办的数比总数大，或者没有写。"),
            place=_("进展数字"),
            remedy=_("请核对；总数不清楚的留空。"),
            fields={"amount": _("请核对")},
        )


def demand_staffed(post: Post) -> None:
    """Refuse to order an empty chair, and say who sits above it."""
    if not organization.is_vacant(post):
        return
    superior = staffed_superior(post)
    remedy = (
        _("请改下达给上级岗位“%(superior)s”，或先安排任职。") % {"superior": name_of(superior)}
        if superior
        else _("请先在组织页安排任职，或改选其他岗位。")
    )
    raise Invalid(
        _("“%(post)s”现在无人任职，指令没有下达。") % {"post": name_of(post)},
        place=_("接令岗位"),
        remedy=remedy,
        fields={"to_post": _("岗位空缺")},
    )


def demand_below(order: Order, post: Post) -> None:
    """Refuse to hand on to anybody but one's own: another post of the unit, or a body under it."""
    own = order.to_body_id
    if post.pk == order.to_post_id or own not in {post.body_id, post.body.parent_id}:
        raise Invalid(
            _("只能转交给本单位的其他岗位或下属单位。"),
            place=_("转交给"),
            remedy=_("要改由别的单位办，请报“无法执行”，在对案里写明。"),
            fields={"to_post": _("不是下属")},
        )


def demand_several(posts: Sequence[Post]) -> None:
    """Refuse to send to many what goes to nobody, or to one."""
    if len(posts) < LEAST_SEVERAL:
        raise Invalid(
            _("群发至少要选两个单位。"),
            place=_("接令单位"),
            remedy=_("只给一个单位的，请用“下达指令”。"),
            fields={"units": _("请选两个以上单位")},
        )


def is_own(actor: Actor, order: Order) -> bool:
    """Say whether the order was given to the actor's post or body."""
    posts = {actor.post, actor.acting_for} - {""}
    return str(order.to_post_id) in posts or f"body:{order.to_body_id}" in actor.scopes


def demand_insistable(order: Order, answer: CounterAnswer) -> None:
    """Refuse to insist on what was only asked for: to say no is the right of whoever was asked."""
    if order.kind == OrderKind.REQUEST and answer == CounterAnswer.INSISTED:
        raise IllegalMove(
            _("%(order)s是商请，对方可以不答应，不能坚持。") % {"order": order},
            place=_("答复"),
            remedy=_("请采纳对案、改请别的单位，或撤回后报带班领导协调。"),
        )


def demand_answerable(actor: Actor, order: Order) -> None:
    """Only whoever was ordered answers; the desk may write down what was told by telephone."""
    if not (is_own(actor, order) or actor.may(Permission.NOTE_DELIVERY)):
        raise Forbidden(
            _("这条指令不是下达给您所在单位的。"),
            place=_("%(number)d号令") % {"number": order.number},
            remedy=_("请由“%(unit)s”答复；电话答复由值班员代录。") % {"unit": order.to_body},
        )


def demand_other_hands(actor: Actor, order: Order) -> None:
    """Whoever carried an order out does not check it."""
    if is_own(actor, order) and EVERYTHING not in actor.scopes:
        raise Forbidden(
            _("自己办的指令不能自己核验。"),
            place=_("%(number)d号令") % {"number": order.number},
            remedy=_("请由指挥部办公室或下令的岗位核验。"),
        )


def demand_words(text: str, *, field: str, what: str) -> None:
    """Refuse an answer without the words it consists of."""
    if not text.strip():
        raise Invalid(
            _("没有写%(what)s。") % {"what": what},
            place=what,
            remedy=_("请写明后再报。"),
            fields={field: _("请填写%(what)s") % {"what": what}},
        )


def demand_proof(order: Order, files: Sequence[str], *, is_placed: bool = False) -> None:
    """Refuse to take as finished what comes without the proof that was asked for."""
    shown = {"text"} | ({"position"} if is_placed else set())
    wanted = [kind for kind in order.needs_proof if kind not in shown]
    if wanted and not files:
        kinds = listed(PROOFS.get(kind, kind) for kind in wanted)
        raise Invalid(
            _("这条指令完成时须附%(kinds)s。") % {"kinds": kinds},
            place=_("%(number)d号令") % {"number": order.number},
            remedy=_("请添加附件；拍不了的先报进展，说明原因。"),
            fields={"files": _("须附%(kinds)s") % {"kinds": kinds}},
        )


def demand_told(told: datetime | None, now: datetime) -> None:
    """Refuse what is said to have been told, or to have gone up, in the future."""
    if told is not None and told > now:
        raise Invalid(
            _("口述或报出的时间晚于现在。"),
            place=_("时间"),
            remedy=_("请核对时间；现在办理的留空。"),
            fields={"told": _("不能晚于现在")},
        )


def demand_time(length: timedelta | None, *, field: str, what: str) -> None:
    """Refuse a deadline that leaves no time."""
    if length is not None and length <= timedelta():
        raise Invalid(
            _("%(what)s没有留时间。") % {"what": what},
            place=what,
            remedy=_("请填写一分钟以上；不限时的请留空。"),
            fields={field: _("至少一分钟")},
        )


def time_left(order: Order, now: datetime) -> timedelta | None:
    """What is left of an order's time; none where it has none, or none is left."""
    if order.finish_by is None or order.finish_by <= now:
        return order.finish_within
    return order.finish_by - now


def interval(asked_at: datetime, deadline: datetime) -> timedelta:
    """How long a rung has before the next is told: half of what the unit had, five minutes at least."""
    return max((deadline - asked_at) / 2, LEAST_INTERVAL)


def matches(text: str, said: str) -> bool:
    """Say whether a reading back agrees: every figure of the order, and most of its words."""
    ordered, heard = _plain(text), _plain(said)
    figures = re.findall(r"\d+(?:\.\d+)?", ordered)
    if any(figure not in heard for figure in figures):
        return False
    pairs = {ordered[at : at + 2] for at in range(len(ordered) - 1)}
    heard_pairs = {heard[at : at + 2] for at in range(len(heard) - 1)}
    return not pairs or 5 * len(pairs & heard_pairs) >= 3 * len(pairs)


def _plain(text: str) -> str:
    return re.sub(r"[^\w.]|_", "", unicodedata.normalize("NFKC", text)).lower()
