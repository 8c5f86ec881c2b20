"""People change posts: a move in mid-incident, somebody standing in for tonight."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.organization import actions, queries
from liandong.organization.forms import PostField
from liandong.organization.models import Appointment, Person, Post
from liandong.organization.permissions import Permission
from liandong.organization.views.fetching import found
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker
from liandong.web.requests import actor_of

MORNING = 8  # when a night at the desk ends


class MoveForm(DeedForm):
    """调任."""

    signs = True
    title, verb, done = _("调任"), _("调任"), _("调任已办，新旧岗位的权限即时生效。")
    widths = {"to": "half", "is_deputy": "half", "successor": "half", "leave_vacant": "half"}

    to = PostField(label=_("调往岗位"), queryset=Post.objects.none())
    is_deputy = forms.BooleanField(label=_("任B角"), required=False)
    successor = forms.ModelChoiceField(
        label=_("原岗位由谁接任"),
        queryset=Person.objects.none(),
        required=False,
        widget=Picker,
        help_text=_("未办完的指令、报告和会签即时转到接任人名下；不选则由B角代行"),
    )
    leave_vacant = forms.BooleanField(label=_("原岗位暂时空缺"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = queries.all_posts()  # type: ignore[attr-defined]
        everybody = queries.people_here()
        self.fields["successor"].queryset = everybody  # type: ignore[attr-defined]


class DeputyForm(DeedForm):
    """代班."""

    signs = True
    title, verb, done = _("代班"), _("安排代班"), _("代班已安排，到时自动结束。")
    widths = {"from_at": "half", "until_at": "half"}

    person = forms.ModelChoiceField(
        label=_("代班人"), queryset=Person.objects.none(), widget=Picker
    )
    from_at = forms.DateTimeField(label=_("开始"))
    until_at = forms.DateTimeField(label=_("截止"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = queries.people_here()
        self.fields["person"].queryset = everybody  # type: ignore[attr-defined]


def tonight(now: datetime) -> tuple[datetime, datetime]:
    """From now until the next morning."""
    here = localtime(now).replace(second=0, microsecond=0)
    morning = here.replace(hour=MORNING, minute=0)
    return here, morning if morning > here + timedelta(hours=1) else morning + timedelta(days=1)


def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move somebody to another post; show what is open at the old one, and who takes over."""
    actor = actor_of(request)
    rows = Appointment.objects.select_related("post__body", "person")
    chair = found(rows, pk)
    actor.demand(Permission.END_APPOINTMENT, body=str(chair.post.body_id))
    home = reverse("organization:body", args=[chair.post.body_id])
    deputies = [
        one
        for one in queries.chairs_at([chair.post]).get(chair.post_id, [])
        if one.person_id != chair.person_id
    ]
    return deed(
        request,
        MoveForm(request.POST or None, initial={"expected_version": chair.version}),
        run=lambda data: actions.move_person(
            actor, appointment=chair, **{"expected_version": 0, **data}
        ),
        to=lambda made: reverse("organization:person", args=[made.person_id]),
        template="organization/move.html",
        context={"back": home, "chair": chair, "deputies": deputies},
    )


def deputy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name who stands in at a post tonight."""
    actor, post = actor_of(request), found(queries.all_posts(), pk)
    actor.demand(Permission.MAKE_APPOINTMENT, body=str(post.body_id))
    home = reverse("organization:body", args=[post.body_id])
    begins, ends = tonight(clock.now(ACTUAL))

    def run(data: dict[str, Any]) -> Appointment:
        data.pop("expected_version", None)
        if data["from_at"] <= begins:
            data["from_at"] = None
        return actions.appoint(actor, post=post, is_deputy=True, **data)

    return deed(
        request,
        DeputyForm(request.POST or None, initial={"from_at": begins, "until_at": ends}),
        run=run,
        to=home,
        context={"back": home, "note": f"{post.body} {post}"},
    )
