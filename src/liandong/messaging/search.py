"""What of messaging can be found: telephones by any of their digits, by whoever sees whole numbers."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liandong.kernel.search.indexing import Searchable, searched, subject
from liandong.messaging.events import ContactPointAdded, ContactPointRetired
from liandong.messaging.models import ContactPoint
from liandong.messaging.states import Channel

SPOKEN = (Channel.MOBILE, Channel.PHONE)


def _telephones() -> QuerySet[ContactPoint]:
    rows = ContactPoint.objects.filter(channel__in=SPOKEN, retired_at=None)
    return rows.select_related("person", "post__body")


@searched(
    "messaging.telephone",
    label=_("电话"),
    icon="phone",
    rows=_telephones,
    after={ContactPointAdded: subject, ContactPointRetired: subject},
)
def telephone(row: ContactPoint) -> Searchable:
    """A telephone, for the duty desk and for whoever holds the post it is of."""
    if row.post:
        kind, title = "post", f"{row.post.body.short_name} {row.post.title}"
        audience = {"duty", f"post:{row.post.pk}"}
    else:
        kind, title, audience = "person", str(row.person), {"duty"}
    return Searchable(
        title=title,
        detail=str(row),
        names=[row.address],
        url=reverse("messaging:contacts", args=[kind, row.post_id or row.person_id]),
        audience=audience,
    )
