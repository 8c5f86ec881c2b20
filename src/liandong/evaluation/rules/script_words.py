"""In which words a script is written on a sheet, and what each means: the same as on its page."""

from dataclasses import dataclass

from liandong.evaluation.rules.milestone import CHOICES
from liandong.evaluation.states import InjectKind, Trigger
from liandong.kernel.wording import recorded
from liandong.monitoring import queries as monitoring
from liandong.organization import queries as organization
from liandong.organization.models import Post
from liandong.plans.language import dictionary


@dataclass(frozen=True)
class ScriptWords:
    """What a cell may say, by the column's kind. A post whose name several bear stands for none of them."""

    kinds: dict[str, InjectKind]
    triggers: dict[str, Trigger]
    deeds: dict[str, str]
    posts: dict[str, Post | None]
    facts: dict[str, str]
    series: dict[str, tuple[str, str]]


def script_words() -> ScriptWords:
    """Gather them, in the county's own language: a sheet goes from hand to hand. Two queries."""
    with recorded():
        posts: dict[str, Post | None] = {}
        for post in organization.all_posts():
            name = post_words(post)
            posts[name] = None if name in posts else post
        return ScriptWords(
            kinds={str(one.label): one for one in InjectKind},
            triggers={str(one.label): one for one in Trigger},
            deeds={str(label): name for name, label in CHOICES},
            posts=posts,
            facts={str(one.label_with_unit): name for name, one in dictionary().items()},
            series={
                f"{one}（{one.unit}）": (one.station.code, str(one.quantity))
                for one in monitoring.every_series()
            },
        )


def post_words(post: Post) -> str:
    """A post with its body, as lists show it."""
    return f"{post.body} {post.title}"
