"""The issuer's door (签发): what waits for the seal, released singly or together."""

from web.issuer import batches, cases
from web.issuer.blueprint import bp

# Imported so that their views register.
VIEWS = (batches, cases)

__all__ = ["VIEWS", "bp"]
