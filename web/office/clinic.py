"""Red alerts for the clinic, of the whole town; for the office those of fields it acts for."""

from flask import g

from web.clock import now
from web.guards import allow
from web.healthpages import menu, person_views, render, undecided
from web.office.blueprint import bp
from web.rosterpages import number_in
from workflow.core.days import day_of
from workflow.core.roles import Role
from workflow.store import healthcampaigns, incare, townhealth

menu(bp)
person_views(bp, Role.OFFICE)


@bp.get("/health/alerts")
@allow(Role.OFFICE)
def alerts():
    healthcampaigns.needed(day_of(now()))
    before, most = number_in("before"), townhealth.PAGE
    reds = townhealth.open_reds(g.actor, before=before, limit=most + 1)
    older = reds[most - 1].id if len(reds) > most else None
    since = number_in("care")
    care = incare.in_care(g.actor, before=since, limit=most + 1)
    listed = {"reds": reds[:most], "undecided": undecided(), "older": older}
    listed |= {"care": care[:most], "older_care": care[most - 1].id if len(care) > most else None}
    return render("office/alerts.html", first=before is None and since is None, **listed)
