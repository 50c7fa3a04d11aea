"""Reviewing a case, for every door whose people may: the one page, and all that is done from it."""

from flask import Blueprint, g, render_template

from forms.review import RevealForm
from web.casepages import case_views
from web.clock import now
from web.guards import allow
from web.handoverpages import handover_views, submitted
from web.review.actions import ever
from web.review.checklist import checklist_views, form_of
from web.review.decisions import decision_views
from web.review.page import case_page
from web.review.points import point_views
from web.review.visits import photo_views, visit_views
from web.review.voices import opinion_views
from web.talkpages import look
from workflow.core.roles import Role
from workflow.core.states import Action
from workflow.usecases import review

# Beside the table of transitions: who may be told a telephone number, and pass a place on.
AT_THE_PLACE = frozenset({Role.LIAISON, Role.OFFICE})
ASKED = frozenset({Role.OFFICE})  # departments are officers of the office


def review_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door the page of a case and everything its roles can ever do to it."""

    @door.get("/cases/<int:case_id>")
    @allow(*roles)
    def case(case_id: int) -> str:
        found = submitted(case_id)
        page = case_page(door.name, found, form_of(found))
        look(found)  # after: the page tells what is new since last time
        return page

    case_views(door, *roles)
    decision_views(door, *roles)
    if ever(Action.RETURN, roles):
        point_views(door, *roles)
    if ever(Action.INSPECT, roles):
        checklist_views(door, *roles)
        visit_views(door, *roles)
        photo_views(door, *roles)
    if ASKED & set(roles):
        opinion_views(door, *roles)
    if AT_THE_PLACE & set(roles):
        handover_views(door, *roles)
        _contact(door, *roles)


def _contact(door: Blueprint, *roles: Role) -> None:
    @door.route("/cases/<int:case_id>/contact", methods=["GET", "POST"])
    @allow(*roles)
    def contact(case_id: int):
        """The telephone of the place, in clear for a stated reason, which is recorded."""
        found = submitted(case_id)
        form, shown = RevealForm(), None
        if form.validate_on_submit():
            shown = review.reveal_contact(case_id, form.to_reason(), g.actor, now())
        status = 422 if form.is_submitted() and shown is None else 200
        told = {"case": found, "form": form, "shown": shown, "door": door.name}
        return render_template("review/contact.html", **told), status
