"""How a phone or computer comes to trust the node's own certificate; open to everybody."""

import base64
from urllib.parse import urlsplit

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.kernel import certificates
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _


@login_not_required
def trust(request: HttpRequest) -> HttpResponse:
    """Show the way to trust the node, step by step, with a code a phone reads."""
    home = settings.LIANDONG_HOME
    is_own = bool(home and certificates.is_there(home) and certificates.served(home).is_own)
    here = _addresses(request)
    context = {
        "is_own": is_own,
        "is_secure": settings.SECURE,
        "fingerprint": certificates.fingerprint(home) if is_own and home else "",
        "until": certificates.served(home).until if is_own and home else None,
        "code": _picture(here["trust"]),
        **here,
    }
    return render(request, "web/trust.html", context)


@login_not_required
def authority(_request: HttpRequest) -> HttpResponse:
    """Hand out the node's own authority."""
    home = settings.LIANDONG_HOME
    if not home or not certificates.authority_file(home).exists():
        raise Missing(
            _("本节点没有自己的根证书。"), remedy=_("用县里的证书或 HTTP 时，不需要这一步。")
        )
    answer = HttpResponse(
        certificates.authority_der(home), content_type="application/x-x509-ca-cert"
    )
    answer["Content-Disposition"] = 'attachment; filename="liandong-ca.crt"'
    return answer


def _addresses(request: HttpRequest) -> dict[str, str]:
    """The node's address, and where this page is without HTTPS, by the name others call it."""
    pages = settings.ADDRESS or request.build_absolute_uri("/")
    host = urlsplit(pages).hostname or "localhost"
    plain = f"http://{host}:{settings.HTTP_PORT}/" if settings.HTTP_PORT else pages
    return {"pages": pages, "trust": f"{plain}trust/"}


def _picture(text: str) -> str:
    svg = get_adapter().build_totp_svg(text)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
