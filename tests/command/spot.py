"""People on the spot, as tests need them: a forest fire, its field headquarters, a party."""

from liandong.command import actions
from liandong.command.queries import parties_of
from liandong.command.rules.field_people import read_newcomers
from liandong.kernel import clock
from tests.command import county as places

LIST = "张三 13800000001 34\n李四，29岁"


def field_post(county, *, hazard="11G", commander="deputy"):
    incident = places.incident(county.officer, title="鹰嘴岩林火", hazard=hazard)
    post = actions.open_field_post(
        county.chief,
        incident=incident,
        commander=county.posts[commander],
        place="鹰嘴岩林场场部",
    )
    return actions.set_field_group(
        county.deputy,
        field_post=post,
        group="rescue",
        leader=county.posts["water"],
        members=[county.bodies["riverside"]],
        expected_version=post.version,
    )


def signed_in(actor, post, **more):
    said = {
        "unit": "河口镇民兵应急连",
        "headcount": 3,
        "people": read_newcomers(LIST),
        "fitness": "fit",
        "insured": True,
        "geared": True,
    }
    return actions.sign_in_field_party(actor, field_post=post, **(said | more))


def here(post):
    """Whoever is there, in order."""
    parties = parties_of(post, clock.now(post.realm), named=True)
    return [one for party in parties for one in party.here]
