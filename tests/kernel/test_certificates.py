import ssl
import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from liandong.kernel import certificates
from liandong.kernel.problems import Invalid, Missing

NOW = datetime(2026, 7, 14, 4, 0, tzinfo=UTC)
NAMES = ["localhost", "127.0.0.1", "[::1]", "zhiban.example"]


@pytest.fixture
def home(tmp_path):
    (tmp_path / "keys").mkdir()
    return tmp_path


def make(home, names=NAMES, now=NOW):
    return certificates.make(home, county="试验县", names=names, now=now)


def own(home):
    """The pair a home has, as the county would bring it to another."""
    certificate, key = certificates.files(home)
    return certificate, key


def take(home, pair, *, names=NAMES, now=NOW):
    return certificates.use(home, *pair, names=names, now=now)


def test_the_nodes_own_certificate_names_every_address_and_ends_in_time(home):
    made = make(home)

    assert (set(made.names), made.is_own) == (set(NAMES), True)
    assert timedelta(days=396) < made.until - NOW <= timedelta(days=398)


def test_its_keys_are_for_the_owners_eyes(home):
    make(home)

    modes = {
        one.name: stat.S_IMODE(one.stat().st_mode)
        for one in certificates.folder(home).iterdir()
    }
    assert modes == dict.fromkeys(("ca.key", "ca.pem", "server.key", "server.pem"), 0o600)
    assert stat.S_IMODE(certificates.folder(home).stat().st_mode) == 0o700


def test_it_is_a_pair_that_a_server_takes(home):
    make(home)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificates.files(home))


def test_made_again_the_authority_stays_the_one_that_phones_trust(home):
    make(home)
    before = certificates.fingerprint(home)

    make(home, ["10.0.0.9"])

    assert certificates.fingerprint(home) == before
    assert certificates.served(home).names == ("10.0.0.9",)


def test_the_fingerprint_comes_in_groups(home):
    make(home)
    authority = x509.load_der_x509_certificate(certificates.authority_der(home))

    groups = certificates.fingerprint(home).split(" ")

    assert [len(group) for group in groups] == [4] * 16
    assert authority.subject == authority.issuer


@pytest.mark.parametrize(
    ("days", "names", "renewed"),
    [(0, NAMES, False), (360, NAMES, False), (370, NAMES, True), (0, ["10.0.0.9"], True)],
)
def test_it_is_renewed_when_its_end_is_near_or_an_address_is_new(home, days, names, renewed):
    make(home)

    found = certificates.renew(home, county="", names=names, now=NOW + timedelta(days=days))

    assert (found is not None) == renewed
    assert set(certificates.served(home).names) == {*NAMES, *(names if renewed else [])}


def test_the_countys_own_is_taken_and_left_to_the_county(home, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    make(elsewhere)

    taken = take(home, own(elsewhere))

    assert (set(taken.names), taken.is_own) == (set(NAMES), False)
    assert certificates.renew(home, county="", names=["x"], now=NOW) is None


def test_two_that_are_no_pair_are_refused(home, tmp_path):
    make(tmp_path / "one")
    make(tmp_path / "two")

    with pytest.raises(Invalid, match="不是一对"):
        take(home, (own(tmp_path / "one")[0], own(tmp_path / "two")[1]))


@pytest.mark.parametrize(("days", "word"), [(400, "过期"), (-9, "才生效")])
def test_one_that_does_not_hold_now_is_refused(home, tmp_path, days, word):
    make(tmp_path / "one")

    with pytest.raises(Invalid, match=word):
        take(home, own(tmp_path / "one"), now=NOW + timedelta(days=days))


def test_one_that_names_another_machine_is_refused(home, tmp_path):
    make(tmp_path / "one", ["elsewhere.example"])

    with pytest.raises(Invalid, match=r"elsewhere\.example"):
        take(home, own(tmp_path / "one"))


def test_a_chain_in_the_wrong_order_is_refused(home, tmp_path):
    make(tmp_path / "one")
    make(tmp_path / "two")
    certificate, key = own(tmp_path / "one")
    stranger = certificates.authority_file(tmp_path / "two").read_bytes()
    certificate.write_bytes(certificate.read_bytes() + stranger)

    with pytest.raises(Invalid, match="证书链第 1 张"):
        take(home, (certificate, key))


def test_a_chain_in_order_is_served_whole(home, tmp_path):
    make(tmp_path / "one")
    certificate, key = own(tmp_path / "one")
    authority = certificates.authority_file(tmp_path / "one").read_bytes()
    certificate.write_bytes(certificate.read_bytes() + authority)

    take(home, (certificate, key))

    assert certificates.files(home)[0].read_bytes().count(certificates.BEGIN) == 2


def test_what_is_no_certificate_or_key_is_named(home, tmp_path):
    make(tmp_path / "one")
    certificate, key = own(tmp_path / "one")
    noise = tmp_path / "noise"
    noise.write_text("公函")

    with pytest.raises(Invalid, match="不是证书"):
        take(home, (noise, key))
    with pytest.raises(Invalid, match="不是私钥"):
        take(home, (certificate, noise))


def test_a_key_under_a_password_is_refused(home, tmp_path):
    make(tmp_path / "one")
    shut = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"x"),
    )
    (tmp_path / "shut").write_bytes(shut)

    with pytest.raises(Invalid, match="设了口令"):
        take(home, (own(tmp_path / "one")[0], tmp_path / "shut"))


def test_where_there_is_none_it_says_how_to_make_one(home):
    assert not certificates.is_there(home)
    with pytest.raises(Missing, match="certificate make"):
        certificates.served(home)
