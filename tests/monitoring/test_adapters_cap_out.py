from datetime import UTC, datetime

import pytest
from cryptography import x509

from liandong.kernel import certificates
from liandong.monitoring.actions import draft_warning, issue_warning
from liandong.monitoring.adapters.cap_out import cap_file
from liandong.monitoring.exchange import read
from tests.monitoring.conftest import hour
from tests.monitoring.people import forecaster

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_force(weather):
    draft = draft_warning(
        forecaster(weather),
        hazard="11B03",
        category="暴雨",
        level="橙",
        scope="城关镇",
        cautions="雨强大。",
        measures="做好转移准备。",
        starts_at=hour(12),
        issuing_body=weather,
    )
    return issue_warning(forecaster(weather), warning=draft, expected_version=1)


@pytest.fixture
def home(tmp_path, settings):
    certificates.make(
        tmp_path, county="示例县", names=["node.example"], now=datetime(2012, 1, 1, tzinfo=UTC)
    )
    settings.LIANDONG_HOME = tmp_path
    return tmp_path


def test_with_a_certificate_it_goes_out_signed_by_the_node(in_force, home):
    server = x509.load_pem_x509_certificates(certificates.files(home)[0].read_bytes())[0]

    alert = read(cap_file(in_force), [server]).alerts[0]

    assert (alert.signature, alert.level) == ("valid", "橙")


def test_a_changed_word_breaks_the_signature(in_force, home):
    server = x509.load_pem_x509_certificates(certificates.files(home)[0].read_bytes())[0]
    changed = cap_file(in_force).replace("城关镇".encode(), "河口镇".encode())

    found = read(changed, [server])

    assert found.outcome == "refused"
    assert found.alerts[0].signature == "invalid"


def test_without_one_it_goes_out_unsigned(in_force, settings, tmp_path):
    settings.LIANDONG_HOME = tmp_path

    assert read(cap_file(in_force)).alerts[0].signature == "unsigned"
