"""The provider as the environment names it."""

from liandong.config.settings.identity import identity_provider

GIVEN = {
    "LIANDONG_OIDC_ISSUER": "https://id.example",
    "LIANDONG_OIDC_CLIENT_ID": "liandong",
    "LIANDONG_OIDC_CLIENT_SECRET": "hush",
}


def test_no_issuer_or_no_client_is_no_provider():
    assert identity_provider({}) is None
    for name in ("ISSUER", "CLIENT_ID"):
        assert identity_provider({**GIVEN, f"LIANDONG_OIDC_{name}": " "}) is None


def test_what_is_not_said_is_usual():
    provider = identity_provider(GIVEN)

    assert (provider.name, provider.claim, provider.scopes) == (
        "统一身份认证",
        "sub",
        "openid",
    )
    assert provider.second_factors >= {"mfa", "otp"}


def test_the_secret_does_not_show():
    provider = identity_provider(GIVEN)

    assert provider.secret() == "hush"
    assert "hush" not in repr(provider)


def test_the_secret_of_a_file_wins_and_is_read_each_time(tmp_path):
    file = tmp_path / "secret"
    file.write_text("first\n", encoding="utf-8")
    provider = identity_provider({**GIVEN, "LIANDONG_OIDC_CLIENT_SECRET_FILE": str(file)})
    assert provider.secret() == "first"

    file.write_text("second", encoding="utf-8")

    assert provider.secret() == "second"
