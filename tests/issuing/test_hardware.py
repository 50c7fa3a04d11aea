"""The key in a PKCS#11 token: documents and anchors, tokens that come and go, and clear words."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from statistics import median

import pkcs11
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.issuing import softtoken
from tests.issuing.places import AT, FONTS
from tests.issuing.softtoken import MODULE, PIN, SoftToken
from workflow.issuing import authority
from workflow.issuing.hardware import HardwareKey, KeyAddress
from workflow.issuing.keys import KeyUnusable, SigningKey
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import Sealer
from workflow.issuing.specimen import SPECIMEN
from workflow.issuing.statements import sign_statement, statement_holds
from workflow.issuing.verification import verify


@pytest.fixture
def token(tmp_path) -> Iterator[SoftToken]:
    known = os.environ.get("SOFTHSM2_CONF")
    yield softtoken.made(tmp_path / "hsm", "town")
    if known is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = known


@pytest.fixture
def held(token, key) -> HardwareKey:
    token.put(key)
    return HardwareKey(token.address, PIN)


@pytest.fixture
def on_token(held) -> Sealer:
    return Sealer(held, placeholder_seal(FONTS, SPECIMEN.issuer), None)


def rsa_key() -> SigningKey:
    """As an operator's authority would give it: RSA, under a root of its own."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)
    root = authority._certify(authority._name("根"), root_key, None, AT, timedelta(days=9)).sign(
        root_key, hashes.SHA256()
    )
    cert = authority._certify(authority._name("签发"), key, root, AT, timedelta(days=9))
    return SigningKey(cert.sign(root_key, hashes.SHA256()), key, (root,))


def why(made) -> str:
    with pytest.raises(KeyUnusable) as caught:
        made()
    text = str(caught.value)
    assert text.endswith("。")
    return text


def test_documents_are_signed_by_the_token(on_token, rendered, anchors):
    signed = on_token.sign(rendered, AT)
    assert verify(signed.pdf, anchors, AT).valid


def test_an_rsa_key_with_its_chain_signs_as_well(token, rendered):
    key = rsa_key()
    token.put(key)
    held = HardwareKey(token.address, PIN)
    assert held.load().chain == key.chain
    signed = Sealer(held, placeholder_seal(FONTS, "样"), None).sign(rendered, AT)
    assert verify(signed.pdf, key.chain, AT).valid


def test_anchors_of_the_ledger_are_signed_by_the_token(held, key):
    signature = sign_statement(held.usable(AT), b"ledger 2026-02-22")
    assert statement_holds(key, signature, b"ledger 2026-02-22")
    assert not statement_holds(key, signature, b"ledger 2026-02-23")


def test_the_key_never_leaves_the_token(held):
    assert held.usable(AT).key is held
    private = held._session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY)
    with pytest.raises(pkcs11.PKCS11Error):
        _ = private[pkcs11.Attribute.VALUE]


def test_a_token_taken_out_is_named_and_put_back_it_works(on_token, token, rendered, anchors):
    on_token.sign(rendered, AT)
    with token.taken_out():
        for _ in range(2):
            assert "请检查设备是否插好" in why(lambda: on_token.sign(rendered, AT))
    signed = on_token.sign(rendered, AT)
    assert verify(signed.pdf, anchors, AT).valid


def test_a_token_that_is_out_at_the_start_works_once_it_is_in(on_token, token, rendered):
    with token.taken_out():
        assert "town" in why(lambda: on_token.sign(rendered, AT))
    assert on_token.sign(rendered, AT)


@pytest.mark.parametrize("lose", ["session", "module"])
def test_a_lost_session_is_opened_anew_unnoticed(on_token, held, rendered, lose):
    on_token.sign(rendered, AT)
    if lose == "session":
        held._session.close()
    else:
        pkcs11.lib(str(MODULE)).reinitialize()
    assert on_token.sign(rendered, AT)


def test_another_key_under_the_same_name_signs_nothing_invalid(on_token, token, rendered):
    on_token.sign(rendered, AT)
    token.clear()
    other = rsa_key()
    token.put(other)
    assert "不是一对" in why(lambda: on_token.sign(rendered, AT))
    signed = on_token.sign(rendered, AT)  # the next job reads the new certificate
    assert verify(signed.pdf, other.chain, AT).valid


def test_a_wrong_pin_is_tried_once_since_tokens_lock(token, key, monkeypatch):
    token.put(key)
    held = HardwareKey(token.address, "wrong")
    assert "SIGNING_PIN" in why(lambda: held.usable(AT))
    opened = []
    monkeypatch.setattr(pkcs11, "lib", opened.append)
    assert "SIGNING_PIN" in why(lambda: held.usable(AT))
    assert opened == []


def test_what_is_missing_is_named(token, key, tmp_path):
    assert "实有0张" in why(lambda: HardwareKey(token.address, PIN).usable(AT))
    elsewhere = replace(token.address, module=tmp_path / "none.so")
    assert "none.so" in why(lambda: HardwareKey(elsewhere, PIN).usable(AT))


def test_a_certificate_outside_its_time_signs_nothing(held, token, key):
    assert "过期" in why(lambda: held.usable(AT + timedelta(days=1200)))
    assert held.usable(AT)


@pytest.mark.parametrize(
    "text",
    [
        "pkcs11:token=a?module-path=/x.so",
        "pkcs11:token=a;object=b",
        "file:token=a;object=b?module-path=/x",
    ],
)
def test_an_address_with_a_part_missing_is_refused(text):
    with pytest.raises(ValueError, match="pkcs11:token="):
        KeyAddress.parse(text)


def test_signing_by_a_token_is_not_what_makes_a_document_slow(on_token, sealer, rendered):
    def milliseconds(one: Sealer) -> float:
        one.sign(rendered, AT)
        spent = []
        for _ in range(9):
            began = time.perf_counter()
            one.sign(rendered, AT)
            spent.append(time.perf_counter() - began)
        return median(spent) * 1000

    token, memory = milliseconds(on_token), milliseconds(sealer)
    # Measured: 13 ms by the token (SoftHSM), 12 by a key in memory. A real token may take longer.
    assert token < 2 * memory + 20
