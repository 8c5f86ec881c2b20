"""Every address of the node."""

from django.urls import include, path

from liandong.config import identity_views
from liandong.config.api import api

urlpatterns = [
    # Those of one beginning first: whether an address has it is asked once for all of them.
    path("files/", include("liandong.kernel.files.urls")),
    path("messages/", include("liandong.messaging.urls")),
    path("sharing/", include("liandong.sharing.urls")),
    path("monitoring/", include("liandong.monitoring.urls")),
    path("plans/", include("liandong.plans.urls")),
    path("command/", include("liandong.command.urls")),
    path("evaluation/", include("liandong.evaluation.urls")),
    path("api/", api.urls),
    path("", include("liandong.organization.urls")),
    path("", include("liandong.web.urls")),
    path("accounts/identity/", identity_views.start, name="identity"),
    path("accounts/identity/bind/", identity_views.bind, name="identity_bind"),
    path("accounts/identity/callback/", identity_views.callback, name="identity_callback"),
    # Last: pages of ours stand before some of the account package's.
    path("accounts/", include("allauth.urls")),
]
handler400 = "liandong.web.errors.bad_request"
handler403 = "liandong.web.errors.permission_denied"
handler404 = "liandong.web.errors.page_not_found"
handler429 = "liandong.web.errors.too_many_requests"  # the account package's
handler500 = "liandong.web.errors.server_error"
