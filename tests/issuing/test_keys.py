"""Keys: why one cannot be used is said in words, and what was mended counts at once."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)

from tests.issuing.places import AT, FONTS
from workflow.issuing.authority import make_development_authority
from workflow.issuing.keys import (
    SIGNER_KEY,
    KeptKey,
    KeyUnusable,
    SigningKey,
    load_pkcs12,
    load_signing_key,
)
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import Sealer
from workflow.issuing.statements import sign_statement
from workflow.issuing.verification import verify


def why(made) -> str:
    with pytest.raises(KeyUnusable) as caught:
        made()
    text = str(caught.value)
    assert text.endswith("。")
    return text


def write(path: Path, key: SigningKey, passphrase: bytes = b"", private: object = None) -> Path:
    secret = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"seal", private or key.key, key.cert, None, secret)
    )
    return path


@pytest.mark.parametrize("passphrase", [b"", b"open"])
def test_a_key_file_of_a_real_authority_is_loaded(key, tmp_path, passphrase):
    loaded = load_pkcs12(write(tmp_path / "signer.p12", key, passphrase), passphrase)
    assert loaded.cert == key.cert
    assert loaded.chain == ()
    assert key.confirms(sign_statement(loaded, b"x"), b"x")


def test_a_wrong_passphrase_is_named(key, tmp_path):
    path = write(tmp_path / "signer.p12", key, b"open")
    assert "SIGNING_PASSPHRASE" in why(lambda: load_pkcs12(path, b"shut"))


def test_a_damaged_file_is_named(key, tmp_path):
    path = write(tmp_path / "signer.p12", key)
    path.write_bytes(path.read_bytes()[:-20])
    assert "signer.p12" in why(lambda: load_pkcs12(path, b""))


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "none.p12 读不到" in why(lambda: load_pkcs12(tmp_path / "none.p12", b""))
    assert "signer.pem 读不到" in why(lambda: load_signing_key(tmp_path))
    (tmp_path / "folder.p12").mkdir()
    assert "folder.p12 读不到" in why(lambda: load_pkcs12(tmp_path / "folder.p12", b""))


def test_a_key_without_its_certificate_is_named(key, tmp_path):
    path = tmp_path / "signer.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"seal", key.key, None, None, NoEncryption())
    )
    assert "不完整" in why(lambda: load_pkcs12(path, b""))


def test_a_damaged_folder_is_named(authority, tmp_path):
    make_development_authority(tmp_path / "keys", AT)
    (tmp_path / "keys" / SIGNER_KEY).write_text("-----BEGIN PRIVATE KEY-----")
    assert "损坏" in why(lambda: load_signing_key(tmp_path / "keys"))


def test_another_kind_of_key_is_named(key, tmp_path):
    private = ed25519.Ed25519PrivateKey.generate()
    path = write(tmp_path / "signer.p12", _certificate(private), private=private)
    assert "不支持" in why(lambda: load_pkcs12(path, b""))


def test_a_key_of_another_certificate_is_named(key, tmp_path):
    make_development_authority(tmp_path / "other", AT)
    other = load_signing_key(tmp_path / "other")
    mixed = replace(key, key=other.key)
    assert "不是一对" in why(lambda: mixed.sign(b"x"))
    (tmp_path / "other" / "signer.pem").write_bytes(_pem(key))
    assert "不是一对" in why(lambda: load_signing_key(tmp_path / "other"))


@pytest.mark.parametrize(("days", "word"), [(-1, "还没有生效"), (1200, "过期")])
def test_a_certificate_outside_its_time_signs_nothing(key, rendered, days, word):
    sealer = Sealer(key, placeholder_seal(FONTS, "样"), None)
    assert word in why(lambda: sealer.sign(rendered, AT + timedelta(days=days)))


def test_a_certificate_not_made_for_documents_signs_nothing():
    key = _certificate(ec.generate_private_key(ec.SECP256R1()))
    assert "用途" in why(lambda: key.usable(AT))


def test_what_the_operator_mended_counts_without_a_restart(key, rendered, anchors, tmp_path):
    path = tmp_path / "signer.p12"
    kept = KeptKey(lambda: load_pkcs12(path, b"open"))
    sealer = Sealer(kept, placeholder_seal(FONTS, "样"), None)
    assert "读不到" in why(lambda: sealer.sign(rendered, AT))
    write(path, key, b"shut")
    assert "口令" in why(lambda: sealer.sign(rendered, AT))
    make_development_authority(tmp_path / "old", AT - timedelta(days=1200))
    write(path, load_signing_key(tmp_path / "old"), b"open")
    assert "过期" in why(lambda: sealer.sign(rendered, AT))
    write(path, key, b"open")
    assert verify(sealer.sign(rendered, AT).pdf, anchors, AT).valid


def test_a_key_is_read_once(key, tmp_path):
    path = write(tmp_path / "signer.p12", key)
    kept = KeptKey(lambda: load_pkcs12(path, b""))
    first = kept.usable(AT)
    path.unlink()
    assert kept.usable(AT) is first


def _certificate(private) -> SigningKey:
    """A certificate that says nothing about its use."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "虚构")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(private.public_key()).serial_number(7)
    builder = builder.not_valid_before(AT).not_valid_after(AT + timedelta(days=9))
    plain = isinstance(private, ed25519.Ed25519PrivateKey)
    return SigningKey(builder.sign(private, None if plain else hashes.SHA256()), private, ())


def _pem(key: SigningKey) -> bytes:
    return key.cert.public_bytes(Encoding.PEM)
