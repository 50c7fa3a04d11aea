"""The door for everyone: landing page, verification of documents, what the service promises."""

from web.public import demo, health, landing, recovery, registration, verification
from web.public.blueprint import bp

__all__ = ["bp", "demo", "health", "landing", "recovery", "registration", "verification"]
