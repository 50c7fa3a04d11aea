"""Signatures over plain statements: what anchors the ledger, with the key that signs documents."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from workflow.issuing.authority import SigningKey


def sign_statement(key: SigningKey, statement: bytes) -> bytes:
    """A raw signature with SHA-256: PKCS#1 v1.5 for RSA, ECDSA otherwise."""
    if isinstance(key.key, RSAPrivateKey):
        return key.key.sign(statement, PKCS1v15(), SHA256())
    return key.key.sign(statement, ECDSA(SHA256()))


def statement_holds(key: SigningKey, signature: bytes, statement: bytes) -> bool:
    """Whether the signature over the statement was made with this key."""
    public = key.cert.public_key()
    try:
        if isinstance(public, RSAPublicKey):
            public.verify(signature, statement, PKCS1v15(), SHA256())
            return True
        if isinstance(public, EllipticCurvePublicKey):
            public.verify(signature, statement, ECDSA(SHA256()))
            return True
    except InvalidSignature:
        return False
    return False
