"""What an issuing worker keeps for its whole life: the renderer, the sealer and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from workflow.issuing.keys import KeySource
from workflow.issuing.rendering import Renderer
from workflow.issuing.signing import Sealer


@dataclass(frozen=True, slots=True)
class Press:
    """Everything the jobs need that is not in the database. Configured once per worker.

    ``public_url`` is where the service is found by those who read what is printed.
    """

    renderer: Renderer
    sealer: Sealer
    key: KeySource
    now: Callable[[], datetime]
    public_url: str = ""


class Pressroom:
    """The press of this process."""

    _press: ClassVar[Press | None] = None

    @classmethod
    def configure(cls, press: Press) -> None:
        cls._press = press

    @classmethod
    def press(cls) -> Press:
        if cls._press is None:
            raise RuntimeError("the press is not configured")
        return cls._press
