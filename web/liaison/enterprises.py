"""The enterprises of the own fields: their people, a code to get back in, name and merger."""

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.admitting import MergeForm, PersonForm, RenameForm
from forms.base import BaseForm
from web.clock import now
from web.enterprisepages import enterprise_history
from web.guards import allow
from web.liaison.blueprint import bp
from web.refusalwords import refusal_words
from workflow.core.codes import grouped, typed_code
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.roles import Role
from workflow.store import accounts, enterprises, towns
from workflow.usecases import people, succession


@bp.get("/enterprises")
@allow(Role.LIAISON)
def enterprises_list() -> str:
    return render_template("liaison/enterprises.html", enterprises=enterprises.listed(g.actor))


@bp.get("/enterprises/<int:enterprise_id>")
@allow(Role.LIAISON)
def enterprise(enterprise_id: int) -> str:
    found = enterprises.get(enterprise_id, g.actor)
    return render_template(
        "liaison/enterprise.html",
        enterprise=found,
        people=accounts.people_of(found.id),
        places=towns.places_of(found.id),
        history=enterprise_history(found.id),
    )


@bp.get("/enterprises/<int:enterprise_id>/people/<int:account_id>")
@allow(Role.LIAISON)
def person(enterprise_id: int, account_id: int) -> str:
    return _person(enterprise_id, account_id, PersonForm())


@bp.post("/enterprises/<int:enterprise_id>/people/<int:account_id>/code")
@allow(Role.LIAISON)
def give_code(enterprise_id: int, account_id: int) -> ResponseReturnValue:
    """The code is on this one page only; asked for again, there is a new one."""
    form = PersonForm()
    if not form.validate_on_submit():
        return _person(enterprise_id, account_id, form), 422
    code = typed_code(current_app.config["RANDOM"].choice)
    how = form.to_verification()
    people.give_code(enterprise_id, account_id, code, how, g.actor, now())
    return _person(enterprise_id, account_id, form, grouped(code))


@bp.post("/enterprises/<int:enterprise_id>/people/<int:account_id>/end")
@allow(Role.LIAISON)
def end_person(enterprise_id: int, account_id: int) -> ResponseReturnValue:
    form = PersonForm()
    if not form.validate_on_submit():
        return _person(enterprise_id, account_id, form), 422
    people.end_person(enterprise_id, account_id, form.to_verification(), g.actor, now())
    flash(_("已停用，那个账号马上不能再用"))
    return redirect(url_for(".enterprise", enterprise_id=enterprise_id))


@bp.post("/enterprises/<int:enterprise_id>/people/<int:account_id>/owner")
@allow(Role.LIAISON)
def make_owner(enterprise_id: int, account_id: int) -> ResponseReturnValue:
    form = PersonForm()
    if not form.validate_on_submit():
        return _person(enterprise_id, account_id, form), 422
    people.make_owner(enterprise_id, account_id, form.to_verification(), g.actor, now())
    flash(_("已交接，原来的负责人已停用"))
    return redirect(url_for(".enterprise", enterprise_id=enterprise_id))


@bp.route("/enterprises/<int:enterprise_id>/name", methods=["GET", "POST"])
@allow(Role.LIAISON)
def rename(enterprise_id: int) -> ResponseReturnValue:
    found, form = enterprises.get(enterprise_id, g.actor), RenameForm()
    if form.validate_on_submit():
        told = str(form.enterprise.data), str(form.why.data), form.to_verification()
        succession.rename(enterprise_id, *told, g.actor, now())
        flash(_("已改名，以前签发的文件仍是原来的名称"))
        return redirect(url_for(".enterprise", enterprise_id=enterprise_id))
    status = 422 if form.is_submitted() else 200
    return render_template("liaison/rename.html", enterprise=found, form=form), status


@bp.route("/enterprises/<int:enterprise_id>/merge", methods=["GET", "POST"])
@allow(Role.LIAISON)
def merge(enterprise_id: int) -> ResponseReturnValue:
    found, form = enterprises.get(enterprise_id, g.actor), MergeForm()
    if form.validate_on_submit() and _merged(enterprise_id, form):
        flash(_("已并入，地点和申报都转过去了"))
        return redirect(url_for(".enterprises_list"))
    status = 422 if form.is_submitted() else 200
    return render_template("liaison/merge.html", enterprise=found, form=form), status


def _merged(enterprise_id: int, form: MergeForm) -> bool:
    """Merges; a number nobody has is said beside its field."""
    told = form.to_number(), str(form.why.data), form.to_verification()
    try:
        succession.merge(enterprise_id, *told, g.actor, now())
    except Refused as refused:
        if refused.refusals != (Refusal(Reason.NO_SUCH_NUMBER),):
            raise
        form.into.errors = [refusal_words(one) for one in refused.refusals]
        return False
    return True


def _person(enterprise_id: int, account_id: int, form: BaseForm, code: str = "") -> str:
    found = enterprises.get(enterprise_id, g.actor)
    return render_template(
        "liaison/person.html",
        enterprise=found,
        person=accounts.of_person(account_id, found.id),
        form=form,
        code=code,
    )
