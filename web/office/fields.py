"""责任田: which village and class belongs to whom, where that is unclear, and how to change it."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from forms.duty import FieldForm, VillageForm, tidy
from web.clock import now
from web.dutypages import covers_words, responsible_words
from web.guards import allow
from web.office.blueprint import bp
from web.refusalwords import refusal_words
from workflow.core import duty as rules
from workflow.core.days import day_of
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.roles import Role
from workflow.store import accounts, catalogues, duty
from workflow.store.towns import Field
from workflow.usecases import dividing
from workflow.usecases.dividing import FieldWords

BESIDE = {
    Reason.NAME_TAKEN: "name",
    Reason.FIELDS_OVERLAP: "villages",
    Reason.OWN_STAND_IN: "stand_in",
    Reason.NOT_A_LIAISON: "liaison",
}


@bp.get("/fields")
@allow(Role.OFFICE)
def fields():
    return _list(VillageForm())


@bp.post("/villages")
@allow(Role.OFFICE)
def add_village():
    form = VillageForm()
    if not form.validate_on_submit() or not _village_added(form):
        return _list(form), 422
    flash(_("已加上%(name)s。别忘了把它划进责任田。", name=tidy(form.name.data)))
    return redirect(url_for(".fields"))


@bp.route("/fields/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_field():
    return _edit(None)


@bp.route("/fields/<int:field_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def field(field_id: int):
    return _edit(duty.duty_of(field_id, day_of(now())).field)


def found_gaps() -> list[str]:
    """Villages, and classes of them, that nobody answers for, in words."""
    classes = catalogues.classes()
    villages = [one.name for one in duty.villages()]
    areas = [duty.area_of(one) for one in duty.fields()]
    return [
        _("%(village)s（%(kinds)s）", village=one.village, kinds=_kinds(one.classes, classes))
        if one.classes
        else one.village
        for one in rules.gaps(areas, villages, list(classes))
    ]


def found_overlaps() -> list[str]:
    """Villages that two fields would answer for, in words; only an old division can have any."""
    found = rules.overlaps(duty.area_of(one) for one in duty.fields())
    return [
        _("%(village)s：%(one)s和%(other)s", village=one.village, one=one.other, other=one.one)
        for one in found
    ]


def _list(form: VillageForm) -> str:
    classes, found = catalogues.classes(), duty.duties(day_of(now()))
    rows = [(one, covers_words(one.field, classes), responsible_words(one)) for one in found]
    told = {"gaps": found_gaps(), "overlaps": found_overlaps(), "villages": duty.villages()}
    return render_template("office/fields.html", rows=rows, form=form, **told)


def _edit(found: Field | None):
    form = _form(found)
    if form.validate_on_submit() and _saved(found, form):
        flash(_("已存下%(name)s", name=tidy(form.name.data)))
        return redirect(url_for(".fields"))
    page = render_template("office/field.html", form=form, field=found)
    return page, 422 if form.is_submitted() else 200


def _form(found: Field | None) -> FieldForm:
    people = [(str(one.id), one.name) for one in accounts.liaisons()]
    villages = [(one.name, one.name) for one in duty.villages()]
    known = _known(found) if found else {}
    return FieldForm(villages, catalogues.classes().items(), people, data=known)


def _known(found: Field) -> dict[str, object]:
    return {
        "name": found.name,
        "villages": found.villages,
        "classes": found.classes,
        "liaison": str(found.liaison_id or ""),
        "stand_in": str(found.stand_in_id or ""),
    }


def _saved(found: Field | None, form: FieldForm) -> bool:
    """Lays the field out; False, with the reason beside the field, when the rules are against."""
    words = FieldWords(
        name=tidy(form.name.data),
        villages=frozenset(form.villages.data or ()),
        classes=frozenset(form.classes.data or ()),
        liaison_id=int(form.liaison.data) if form.liaison.data else None,
        stand_in_id=int(form.stand_in.data) if form.stand_in.data else None,
    )
    try:
        dividing.save_field(found.id if found else None, words, g.actor)
    except Refused as refused:
        for one in refused.refusals:
            form[BESIDE[one.reason]].errors = [_words(one)]
        return False
    return True


def _words(refusal: Refusal) -> str:
    if refusal.reason is not Reason.FIELDS_OVERLAP:
        return refusal_words(refusal)
    village, other = refusal.facts
    return _(
        "%(village)s已经归%(other)s管，管的类别有重的。请去掉它，或分清各管哪几类。",
        village=village,
        other=other,
    )


def _village_added(form: VillageForm) -> bool:
    try:
        dividing.add_village(tidy(form.name.data), tidy(form.code.data), g.actor)
    except Refused as refused:
        form.name.errors = [refusal_words(one) for one in refused.refusals]
        return False
    return True


def _kinds(keys: tuple[str, ...], classes: dict[str, str]) -> str:
    return "、".join(classes.get(one, one) for one in keys)
