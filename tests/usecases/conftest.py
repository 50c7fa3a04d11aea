"""What the tests of the ledger share."""

import pytest
from flask import Flask

from workflow.issuing.keys import SigningKey, load_signing_key


@pytest.fixture
def key(app: Flask) -> SigningKey:
    return load_signing_key(app.config["SETTINGS"].signing)
