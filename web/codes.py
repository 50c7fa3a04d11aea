"""Fresh numbers that strangers must not guess: of documents and of claims."""

from flask import current_app

from workflow.core.codes import typed_code
from workflow.usecases.letters import Codes

TOKEN_BYTES = 16


def new_codes() -> Codes:
    """Fresh codes for a document: 128 bits for the QR, 58 bits to type."""
    random = current_app.config["RANDOM"]
    token = random.randbytes(TOKEN_BYTES).hex()
    # Put together by hand, since a command has no request to make an address in.
    address = f"{current_app.config['SETTINGS'].public_url}/v/{token}"
    return Codes(token, typed_code(random.choice), address)


def new_receipt() -> str:
    """A fresh receipt number of a claim."""
    return typed_code(current_app.config["RANDOM"].choice)
