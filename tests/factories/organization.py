"""A county's bodies, posts, people and accounts, made by the actions that make them in life."""

from itertools import count

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.permissions import Role
from liandong.organization import actions, queries
from liandong.organization.actions import RoleScope
from liandong.organization.models import Secret
from liandong.organization.permissions import Permission
from liandong.organization.states import BodyKind

PASSWORD = "quiet-river-2026"
_numbers = count(1)


def maker():
    """Whoever sets the county up."""
    return system_actor("node", "建县", ACTUAL, *Permission)


def body(key="", *, name="县水利局", kind=BodyKind.UNIT, **more):
    key = key or f"body-{next(_numbers)}"
    return actions.create_body(maker(), key=key, name=name, kind=kind, **more)


def post(key="", *, at=None, title="联络员", roles=(), **more):
    made = actions.create_post(
        maker(), body=at or body(), key=key or f"post-{next(_numbers)}", title=title, **more
    )
    return trusted(made, *roles) if roles else made


def trusted(post, *roles):
    """The post with these roles, given by name or with their reach."""
    scopes = [one if isinstance(one, RoleScope) else RoleScope(one) for one in roles]
    return actions.set_roles(maker(), post=post, roles=scopes, expected_version=post.version)


def person(name="李明", *, at=None, is_deputy=False, from_at=None):
    made = actions.create_person(maker(), name=name)
    if at is not None:
        appointed(made, at, is_deputy=is_deputy, from_at=from_at)
    return made


def appointed(person, post, **more):
    return actions.appoint(maker(), post=post, person=person, **more)


def account(who=None, *, username="", password=PASSWORD, settled=True, **of_person):
    """An account; ``settled`` means that its owner has chosen the password."""
    who = who or person(**of_person)
    made = actions.create_account(
        maker(),
        person=who,
        username=username or f"user-{next(_numbers)}",
        password=Secret(password) if password else None,
    )
    if settled and password:
        return actions.change_password(
            queries.actor_for(made),
            account=made,
            password=Secret(password),
            expected_version=made.version,
        )
    return made


def device(username="gauge-1", *, token="t" * 40, **more):
    return actions.register_device(
        maker(), username=username, title="城关雨量计", token=Secret(token), **more
    )


def desk(post, username="desk-1", *, code="kuvo-2731-bape"):
    """A duty-room machine that shows what this post sees; its code is not yet spent."""
    return actions.register_desk(
        maker(), username=username, title="一号机", post=post, code=Secret(code)
    )


def on_duty(desk, account):
    """Somebody who has signed on at a machine."""
    actor = queries.actor_for(account, device=str(desk.pk))
    return actions.join_shift(actor, desk=desk, person=account.person, by="pin")


def holder(*roles, name="李明", title="联络员", at=None, **more):
    """An account whose person holds a post with these roles."""
    return account(name=name, at=post(title=title, roles=roles, at=at), **more)


def now():
    return clock.now(ACTUAL)


def security_admin(**more):
    return holder(Role.SECURITY_ADMIN, name="安全员", title="安全管理员", **more)


def system_admin(**more):
    return holder(Role.SYSTEM_ADMIN, name="系统员", title="系统管理员", **more)


def audit_admin(**more):
    return holder(Role.AUDIT_ADMIN, name="审计员", title="审计管理员", **more)
