"""What a start needs, and what production refuses."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from tests.conftest import TEMPLATE, Server
from web.settings import PRODUCTION, Settings, SettingsError
from workflow.issuing.hardware import KeyAddress


def test_every_missing_secret_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"FUGONG_ENV": "production", "SECRET_KEY": "x"})
    for name in ("SECURITY_PASSWORD_SALT", "DATABASE_URL", "ENCRYPTION_KEYS", "SIGNING"):
        assert name in str(caught.value)
    assert "SECRET_KEY," not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "sqlite:///x.db"),
        ("MAIL_URL", "smtp://mail.example"),
        ("MAIL_FROM", "fugong@town.example"),
        ("INDEX_KEY", "short"),
        ("ENCRYPTION_KEYS", "not json"),
        ("ENCRYPTION_KEYS", '{"k1": "c2hvcnQ="}'),
        ("SIGNING", "pkcs11:token=town"),
        ("TSA_URL", "ftp://tsa.example"),
        ("TSA_URL", "https://tsa.example"),  # and nobody whose word is believed
    ],
)
def test_a_wrong_setting_is_named(secrets: dict[str, str], name: str, value: str) -> None:
    whole = secrets | {"DATABASE_URL": "postgresql://x/y", name: value}
    with pytest.raises(SettingsError, match=name):
        Settings.from_env(whole)


@pytest.fixture
def real(server: Server, secrets: dict[str, str], tmp_path: Path) -> Settings:
    """As a real town's would be, but for a demo's database."""
    (tmp_path / "root.pem").write_text("")
    (tmp_path / "signer.p12").write_bytes(b"")
    settings = Settings.from_env(secrets | {"DATABASE_URL": server.url(TEMPLATE)})
    return replace(
        settings,
        environment=PRODUCTION,
        signing=tmp_path / "signer.p12",
        public_url="https://fugong.example",
        proxies=1,
    )


def test_production_refuses_the_development_authority(real: Settings) -> None:
    with pytest.raises(SettingsError, match="ANCHORS"):
        create_app(real)
    with pytest.raises(SettingsError, match="SIGNING"):
        create_app(replace(real, signing=real.anchors))


@pytest.mark.parametrize(
    ("change", "name"), [({"public_url": "http://x"}, "PUBLIC_URL"), ({"proxies": 0}, "PROXIES")]
)
def test_production_refuses_what_would_not_be_safe(
    real: Settings, change: dict[str, object], name: str
) -> None:
    with pytest.raises(SettingsError, match=name):
        create_app(replace(real, **change))


@pytest.mark.parametrize("word", ["prod", "Production", "PRODUCTION", ""])
def test_a_misspelt_environment_is_refused(secrets: dict[str, str], word: str) -> None:
    with pytest.raises(SettingsError, match="FUGONG_ENV"):
        Settings.from_env(secrets | {"DATABASE_URL": "postgresql://x/y", "FUGONG_ENV": word})


def test_production_refuses_a_demo_database(
    real: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.production.is_development", lambda _: False)
    with pytest.raises(SettingsError, match="demo"):
        create_app(real)


def test_production_starts_on_an_empty_database(
    real: Settings, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its migrations are still to be run, by this very application."""
    monkeypatch.setattr("web.production.is_development", lambda _: False)
    server.copy("template0", "test_empty")
    url = server.url("test_empty").replace("postgresql://", "postgresql+psycopg://")
    assert create_app(replace(real, database_url=url)).config["SETTINGS"].production


def test_the_development_instance_keeps_its_secrets_to_itself(shared: Path) -> None:
    instance = shared / "instance"
    assert instance.stat().st_mode & 0o077 == 0
    assert (instance / "secrets.json").stat().st_mode & 0o077 == 0
    assert (instance / "authority" / "signer.key").stat().st_mode & 0o077 == 0


def test_a_demo_shows_itself_on_every_page(app: Flask) -> None:
    assert "演示环境" in app.test_client().get("/verify").text


def test_the_signing_key_may_lie_in_a_token(secrets: dict[str, str]) -> None:
    uri = "pkcs11:token=town;object=%E5%85%AC%E7%AB%A0?module-path=/usr/lib/module.so"
    whole = secrets | {"DATABASE_URL": "postgresql://x/y", "SIGNING": uri, "SIGNING_PIN": "1234"}
    settings = Settings.from_env(whole)
    assert settings.signing == KeyAddress(Path("/usr/lib/module.so"), "town", "公章")
    assert settings.signing_pin == "1234"


def test_no_secret_shows_when_settings_are_printed(secrets: dict[str, str]) -> None:
    whole = {"SIGNING_PIN": "s3cret-pin", "SIGNING_PASSPHRASE": "s3cret-word"}
    settings = Settings.from_env(secrets | {"DATABASE_URL": "postgresql://x/y"} | whole)
    assert "s3cret" not in repr(settings)
