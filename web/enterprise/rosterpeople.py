"""One person of a roster: added, put right, taken off, looked at in clear."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from forms.roster import ChangeForm, PersonForm, PersonRevealForm, RemoveForm
from web.clock import now
from web.enterprise.blueprint import bp
from web.guards import allow
from web.healthdetails import call_words
from web.healthpages import health_on
from web.refusalwords import refusal_words
from web.rosterpages import number_in
from workflow.core.days import day_of
from workflow.core.papers import Document, masked_number
from workflow.core.refusals import Refused
from workflow.core.roles import Role
from workflow.store import returncalls, rosters
from workflow.store.rosters import Engagement
from workflow.store.towns import Place
from workflow.usecases import rostering


@bp.route("/places/<int:place_id>/roster/people/new", methods=["GET", "POST"])
@allow(Role.ENTERPRISE)
def roster_add(place_id: int):
    """``entry``: the poster's entry of who is added, to go back to; else to the roster."""
    place, entry = rosters.place_of(place_id, g.actor), number_in("entry")
    back = url_for(".roster", place_id=place_id)
    if entry:
        back = url_for(".health_entry", place_id=place_id, entry_id=entry)
    form = PersonForm(day_of(now()), place.enterprise.name)
    if form.validate_on_submit() and _added(place_id, form):
        return redirect(back)
    status = 422 if form.is_submitted() else 200
    return render_template(
        "enterprise/roster_person.html", place=place, form=form, one=None, called=None, back=back
    ), status


@bp.route("/places/<int:place_id>/roster/people/<int:line>", methods=["GET", "POST"])
@allow(Role.ENTERPRISE)
def roster_change(place_id: int, line: int):
    """What is told of a person; who they are can't be changed, only taken off and added anew."""
    place = rosters.place_of(place_id, g.actor)
    one = rosters.one(place_id, line)
    document = Document(one.person.kind, one.person.number)
    today, house = day_of(now()), place.enterprise.name
    form = ChangeForm(today, house, document, one.told, one.from_seq)
    if form.validate_on_submit():
        version, told = form.to_version(), form.to_told()
        rostering.change_person(place_id, line, told, version, g.actor, now())
        flash(_("已存下：%(name)s", name=told.name))
        return redirect(url_for(".roster", place_id=place_id))
    return _person_page(place, one, form), 422 if form.is_submitted() else 200


@bp.route("/places/<int:place_id>/roster/people/<int:line>/remove", methods=["GET", "POST"])
@allow(Role.ENTERPRISE)
def roster_remove(place_id: int, line: int):
    place = rosters.place_of(place_id, g.actor)
    one = rosters.one(place_id, line)
    form = RemoveForm(data={"version": one.from_seq})
    if form.validate_on_submit():
        rostering.remove_person(place_id, line, form.to_version(), g.actor, now())
        flash(_("已去掉：%(name)s", name=one.name))
        return redirect(url_for(".roster", place_id=place_id))
    status = 422 if form.is_submitted() else 200
    return render_template("enterprise/roster_remove.html", place=place, one=one, form=form), status


@bp.route("/places/<int:place_id>/roster/people/<int:line>/numbers", methods=["GET", "POST"])
@allow(Role.ENTERPRISE)
def roster_reveal(place_id: int, line: int):
    """One person's numbers in clear, for a stated reason, which is recorded."""
    place = rosters.place_of(place_id, g.actor)
    one = rosters.one(place_id, line)
    form, shown = PersonRevealForm(), None
    if form.validate_on_submit():
        shown = rostering.reveal(place_id, line, form.to_reason(), g.actor, now())
    status = 422 if form.is_submitted() and shown is None else 200
    page = render_template(
        "enterprise/roster_reveal.html", place=place, one=one, form=form, shown=shown
    )
    return page, status


def _added(place_id: int, form: PersonForm) -> bool:
    """Adds the person; False, with the reason beside the number, if they stand there already."""
    entry = form.to_entry()
    try:
        rostering.add_person(place_id, entry, g.actor, now())
    except Refused as refused:
        form.number.errors = [refusal_words(one) for one in refused.refusals]
        return False
    flash(_("已加上：%(name)s", name=entry.told.name))
    return True


def _person_page(place: Place, one: Engagement, form: ChangeForm) -> str:
    number = masked_number(one.person.number)
    call = returncalls.last_calls(place.id, [one.line]).get(one.line) if health_on() else None
    called = call_words(call, worries=False) if call else None
    told = {"place": place, "form": form, "one": one, "number": number, "called": called}
    return render_template("enterprise/roster_person.html", **told)
