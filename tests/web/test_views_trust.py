from datetime import UTC, datetime

import pytest

from liandong.kernel import certificates

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path, settings):
    settings.LIANDONG_HOME = tmp_path
    settings.SECURE = True
    settings.ADDRESS, settings.HTTP_PORT = "https://10.0.0.9:8000/", 8002
    return tmp_path


def make(home):
    now = datetime(2026, 7, 14, tzinfo=UTC)
    certificates.make(home, county="试验县", names=["10.0.0.9"], now=now)


def test_a_stranger_is_told_whom_to_trust_and_how(client, home):
    make(home)

    text = client.get("/trust/").content.decode()

    assert certificates.fingerprint(home) in text
    assert "http://10.0.0.9:8002/trust/" in text
    assert "data:image/svg+xml;base64," in text
    assert [one in text for one in ("安卓", "苹果手机", "Windows", "麒麟")] == [True] * 4


def test_the_authority_is_handed_out_as_phones_take_it(client, home):
    make(home)

    answer = client.get("/trust/ca.crt")

    assert answer["Content-Type"] == "application/x-x509-ca-cert"
    assert answer.content == certificates.authority_der(home)


def test_where_the_county_has_its_own_nothing_is_to_be_installed(client, home, tmp_path):
    make(tmp_path / "elsewhere")
    certificates.use(
        home,
        *certificates.files(tmp_path / "elsewhere"),
        names=["10.0.0.9"],
        now=datetime(2026, 7, 14, tzinfo=UTC),
    )

    assert "县里已有的证书" in client.get("/trust/").content.decode()
    assert client.get("/trust/ca.crt").status_code == 404


def test_without_https_the_page_says_so(client, settings, tmp_path):
    settings.LIANDONG_HOME = tmp_path

    text = client.get("/trust/").content.decode()

    assert ("只提供 HTTP" in text, "liandong certificate make" in text) == (True, True)
