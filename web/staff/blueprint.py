"""The blueprint, apart from its views so that each of them can import it."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
bp = Blueprint("staff", __name__, url_prefix="/staff")


def short(rule: str, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Declares a view of this door at an address that stands in a message or on a poster: without
    the door's prefix. Its endpoint is still named after the door.
    """

    def declare(view: View) -> View:
        def add(state: BlueprintSetupState) -> None:
            state.app.add_url_rule(rule, f"{bp.name}.{view.__name__}", view, methods=methods)

        bp.record(add)
        return view

    return declare


def for_nobody(view: View) -> View:
    """Declares that a view acts for nobody in particular, such as whoever has read a poster: its
    form's token is that of the day, and no session is looked at.
    """
    view.for_nobody = True  # type: ignore[attr-defined]
    return view
