"""Staff health in the own fields: red alerts first, then places by what is the matter."""

from flask import g, request

from web.clock import now
from web.guards import allow
from web.healthpages import menu, person_views, render, undecided
from web.liaison.blueprint import bp
from web.rosterpages import number_in
from workflow.core.days import day_of
from workflow.core.health import half_of
from workflow.core.refusals import NotFound
from workflow.core.roles import Role
from workflow.store import healthcampaigns, placecounts, townhealth

menu(bp)
person_views(bp, Role.LIAISON)


@bp.get("/health")
@allow(Role.LIAISON)
def health():
    today = day_of(now())
    healthcampaigns.needed(today)
    after = _place_key(request.args.get("after", ""))
    before, most = number_in("before"), townhealth.PAGE
    reds = townhealth.open_reds(g.actor, before=before, limit=most + 1)
    places = placecounts.of_fields(g.actor.fields, today, after, placecounts.PAGE + 1)
    more = places[placecounts.PAGE - 1] if len(places) > placecounts.PAGE else None
    return render(
        "liaison/health.html",
        reds=reds[:most],
        undecided=undecided(),
        half=half_of(now()),
        older=reds[most - 1].id if len(reds) > most else None,
        places=places[: placecounts.PAGE],
        more=f"{more.rank}.{more.id}" if more else "",
        first=after == placecounts.NOTHING and before is None,
    )


def _place_key(given: str) -> tuple[int, int]:
    """Where a page begins, as the address says it. Raises ``NotFound`` for what is none."""
    if not given:
        return placecounts.NOTHING
    rank, _dot, number = given.partition(".")
    if rank not in {"0", "1", "2", "3"} or not (number.isascii() and number.isdecimal()):
        raise NotFound(given)
    if len(number) > 9:
        raise NotFound(given)
    return int(rank), int(number)
