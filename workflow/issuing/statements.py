"""Signatures over plain statements: what anchors the ledger, with the key that signs documents."""

from workflow.issuing.keys import SigningKey


def sign_statement(key: SigningKey, statement: bytes) -> bytes:
    """A raw signature over the statement. Raises ``KeyUnusable``."""
    return key.sign(statement)


def statement_holds(key: SigningKey, signature: bytes, statement: bytes) -> bool:
    """Whether the signature over the statement was made with this key."""
    return key.confirms(signature, statement)
