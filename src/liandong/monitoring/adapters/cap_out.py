"""Our warnings as others read them: CAP under the node's signature, a feed, a sheet for 12379."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from liandong.kernel import certificates
from liandong.kernel.identity import this_node
from liandong.kernel.wording import gettext as _
from liandong.monitoring import queries
from liandong.monitoring.exchange import sign
from liandong.monitoring.exchange.writing import write_cap, write_feed, write_national
from liandong.monitoring.models import Warning  # noqa: A004 -- the county's word for it


def cap_file(warning: Warning) -> bytes:
    """A warning as CAP 1.2; signed by the certificate the node serves, where it has one."""
    return _signed(write_cap(queries.cap_of(warning)), settings.LIANDONG_HOME)


def national_file(warning: Warning) -> bytes:
    """A warning in the shape of 12379, for whoever types it in there."""
    return write_national(queries.cap_of(warning))


def feed_file(rows: Iterable[tuple[Warning, str]], *, updated: datetime, address: str) -> bytes:
    """The warnings that went out, each with where the whole of it is."""
    node = this_node()
    title = _("%(county)s预警") % {"county": node.name if node else ""}
    kept = list(rows)
    alerts = queries.caps_of([row for row, _where in kept])
    told = [(alert, where) for alert, (_row, where) in zip(alerts, kept, strict=True)]
    return write_feed(told, identifier=address, title=title, updated=updated)


def _signed(xml: bytes, home: Path | None) -> bytes:
    if home is None or not certificates.is_there(home):
        return xml
    certificate, key = certificates.files(home)
    owner = x509.load_pem_x509_certificates(certificate.read_bytes())[0]
    return sign(xml, key=load_pem_private_key(key.read_bytes(), None), certificate=owner)
