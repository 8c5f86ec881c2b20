"""XML signatures: whether one holds, and whose it is; and ours under what we send."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature as NotIssued
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidCertificate, InvalidDigest, InvalidInput, InvalidSignature
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

from liandong.monitoring.exchange.schema import DSIG

SIGNATURE = f"{{{DSIG}}}Signature"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"


@dataclass(frozen=True)
class Signature:
    """``unsigned``, ``valid``, ``unknown_signer``, ``weak``, ``unchecked`` or ``invalid``; and what is told of it."""

    state: str
    signer: str = ""
    fingerprint: str = ""
    fault: str = ""
    algorithm: str = ""


def signature_of(
    text: str, *, sent: datetime | None, trusted: Sequence[x509.Certificate] = ()
) -> Signature:
    """Check the signature over a whole message, by the certificate it carries.

    The certificate is judged as of when the message was sent: old messages stay checkable. Whether
    its owner is one of ours is asked of the list of the trusted, which is the county's.
    """
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True)
    root = etree.fromstring(text.encode(), parser)
    found = root.findall(f".//{SIGNATURE}")
    if not found:
        return Signature("unsigned")
    if weak := _weak(root):
        return Signature("weak", fault="signature-weak", algorithm=weak)
    if len(found) > 1 or [one.get("URI") for one in root.iter(f"{{{DSIG}}}Reference")] != [""]:
        return Signature("unchecked", fault="signature-partial")
    certificate = _certificate(found[0])
    if certificate is None:
        return Signature("unchecked", fault="signature-bare")
    return _judged(root, certificate, sent, trusted)


def sign(xml: bytes, *, key: Any, certificate: x509.Certificate) -> bytes:
    """Put our signature under a message, as its last element."""
    method = (
        SignatureMethod.ECDSA_SHA256 if hasattr(key, "curve") else SignatureMethod.RSA_SHA256
    )
    signer = XMLSigner(
        signature_algorithm=method,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=EXCLUSIVE,
    )
    signed = signer.sign(etree.fromstring(xml), key=key, cert=[certificate])
    return bytes(etree.tostring(signed, xml_declaration=True, encoding="UTF-8"))


def fingerprint_of(certificate: x509.Certificate) -> str:
    """SHA-256 of a certificate, as it is read out over the telephone."""
    return certificate.fingerprint(hashes.SHA256()).hex().upper()


def _weak(root: Any) -> str:
    """The first algorithm in use that is broken: it can be forged, so it proves nothing."""
    for name in ("SignatureMethod", "DigestMethod"):
        for one in root.iter(f"{{{DSIG}}}{name}"):
            algorithm = str(one.get("Algorithm") or "").rpartition("#")[2]
            if any(word in algorithm.lower() for word in ("sha1", "md5")):
                return algorithm
    return ""


def _certificate(signature: Any) -> x509.Certificate | None:
    text = signature.findtext(f".//{{{DSIG}}}X509Certificate")
    try:
        return x509.load_der_x509_certificate(base64.b64decode(text or ""))
    except (ValueError, binascii.Error):
        return None


def _judged(
    root: Any,
    certificate: x509.Certificate,
    sent: datetime | None,
    trusted: Sequence[x509.Certificate],
) -> Signature:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    told = {
        "signer": str(names[0].value) if names else certificate.subject.rfc4514_string(),
        "fingerprint": fingerprint_of(certificate),
    }
    at = sent or certificate.not_valid_before_utc
    config = SignatureConfiguration(verification_time=at)
    try:
        XMLVerifier().verify(root, x509_cert=certificate, expect_config=config)
    except InvalidCertificate:
        return Signature("unchecked", **told, fault="signature-late")
    except (InvalidSignature, InvalidDigest):
        return Signature("invalid", **told, fault="signature-broken")
    except (InvalidInput, etree.DocumentInvalid, ValueError, TypeError):
        return Signature("unchecked", **told, fault="signature-odd")
    known = any(_vouches(one, certificate) for one in trusted)
    return Signature("valid" if known else "unknown_signer", **told)


def _vouches(one: x509.Certificate, certificate: x509.Certificate) -> bool:
    if fingerprint_of(one) == fingerprint_of(certificate):
        return True
    try:
        certificate.verify_directly_issued_by(one)
    except (ValueError, TypeError, NotIssued):
        return False
    return True
