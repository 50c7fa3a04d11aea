"""Jobs of staff health run with the post of the tests."""

import pytest
from flask import Flask

from web import post


@pytest.fixture(autouse=True)
def postroom(app: Flask) -> None:
    post.configure(app)
