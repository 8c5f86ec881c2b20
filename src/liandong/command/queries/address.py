"""Where an order goes: from the key a plan writes to a post at which somebody answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.models import Body, Post


@dataclass(frozen=True)
class Address:
    """A post and its body; ``instead_of`` names the empty post this one stands in for."""

    post: Post
    body: Body
    instead_of: str = ""
    merged: str = ""

    def words(self, text: str) -> str:
        """What is sent there: the text, and whose it would have been."""
        if self.merged:
            text = _("（原由“%(body)s”办理，现已并入“%(heir)s”）%(text)s") % {
                "body": self.merged,
                "heir": self.body,
                "text": text,
            }
        if not self.instead_of:
            return text
        return _("（原应由“%(post)s”办理，该岗位空缺）%(text)s") % {
            "post": self.instead_of,
            "text": text,
        }


def receiving_post(key: str) -> Post:
    """Return the post a plan's key means: a post's own, or the one that receives for a body."""
    if "." in key:
        return organization.post_by_key(key)
    body = organization.body_by_key(key)
    post = organization.liaison_of(body)
    if post is None:
        raise Missing(
            _("“%(body)s”没有接收指令的岗位。") % {"body": body},
            place=key,
            remedy=_("请先在组织页为它设联络岗。"),
        )
    return post


def staffed_address(key: str) -> Address:
    """Return where what a plan asks of a post goes: past empty chairs up the ladder, at last to the desk.

    A decision must not fail because one chair is empty, or because the county has no such post;
    who answers instead is told.
    """
    try:
        post = receiving_post(key)
    except Missing:
        return _stand_in(duty_leaders(), of=key)
    # The body keeps the duty, whoever of its superiors has to see to it.
    body = organization.body_by_key(key) if "." not in key else post.body
    if body.merged_into_id:
        heir = organization.heir_of(body)
        return replace(staffed_address(heir.key), merged=body.short_name)
    if not organization.is_vacant(post):
        return Address(post, body)
    return _stand_in([*organization.ladder(post), *duty_leaders()], of=name_of(post), body=body)


def staffed_addresses(posts: Sequence[Post]) -> list[Address]:
    """Return where orders to several posts go, past empty chairs as ``staffed_address`` does."""
    answered = organization.staffed(posts)
    return [
        Address(post, post.body)
        if answered.get(post.pk)
        else _stand_in(
            [*organization.ladder(post), *duty_leaders()], of=name_of(post), body=post.body
        )
        for post in posts
    ]


def _stand_in(posts: list[Post], *, of: str, body: Body | None = None) -> Address:
    for post in posts:
        if not organization.is_vacant(post):
            return Address(post, body or post.body, instead_of=of)
    raise Missing(
        _("“%(post)s”空缺，它的上级岗位和带班领导也都空缺。") % {"post": of},
        place=of,
        remedy=_("请先在组织页安排任职。"),
    )


def staffed_superior(post: Post) -> Post | None:
    """The nearest post above at which somebody answers."""
    above = (other for other in organization.ladder(post) if not organization.is_vacant(other))
    return next(above, None)


def duty_leaders() -> list[Post]:
    """The posts of leaders in charge of the shift, the last rung of every ladder.

    First the one where the roster's leader of now sits, if there is a roster.
    """
    return organization.leading_posts()


def rungs(post: Post) -> list[Post]:
    """Whom an overdue order is told to, one rung after another; the post's own deputies first."""
    found: dict[object, Post] = {}
    for one in (post, *organization.ladder(post), *duty_leaders()[:1]):
        found.setdefault(one.pk, one)
    return list(found.values())


def rungs_of_request(post: Post) -> list[Post]:
    """Whom a request without an answer is told to: whoever was asked, then the county's own leaders."""
    leaders = duty_leaders()[:1]
    above = [one for leader in leaders for one in organization.ladder(leader)]
    found = {one.pk: one for one in (post, *leaders, *above)}
    return list(found.values())


def name_of(post: Post) -> str:
    """A post as people call it: body and title."""
    return f"{post.body} {post.title}"
