"""现场核查: begun, photographed, ended with what is to be mended until when."""

from collections.abc import Callable

from flask import (
    Blueprint,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from forms.inputs import file_name
from forms.visits import BeginForm, PhotosForm, RectifyForm
from web.clock import now
from web.codes import new_codes
from web.guards import allow
from web.handoverpages import submitted
from web.review.actions import against_it
from web.typed import AUTOSAVE
from web.uploads import KEPT, REFUSED, kept
from workflow.core import clocks
from workflow.core.checklist import Verdict
from workflow.core.clocks import Stage
from workflow.core.days import day_of
from workflow.core.refusals import Refused
from workflow.core.roles import Role
from workflow.core.states import Action
from workflow.store import inspections
from workflow.store.calendar import calendar
from workflow.store.cases import Case
from workflow.usecases import confirming, inspecting
from workflow.usecases.views import review_view


def visit_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door the beginning and the end of an inspection."""

    @door.route("/cases/<int:case_id>/inspect", methods=["GET", "POST"])
    @allow(*roles)
    def inspect(case_id: int) -> ResponseReturnValue:
        case = _allowed(case_id, Action.INSPECT)
        form = BeginForm(data={"version": case.version, "where": case.place.address})
        if not form.validate_on_submit():
            page = render_template("review/begin.html", door=door.name, case=case, form=form)
            return page, 422 if form.is_submitted() else 200
        told = form.to_mode(), form.to_where(), form.to_others()
        inspecting.begin(case_id, *told, form.to_version(), g.actor, now())
        flash(_("已开始核查，查一项记一项，会自己存下"))
        return redirect(url_for(".case", case_id=case_id, _anchor="checklist"))

    @door.route("/cases/<int:case_id>/rectify", methods=["GET", "POST"])
    @allow(*roles)
    def rectify(case_id: int) -> ResponseReturnValue:
        """What failed, and until when it is to be mended."""
        case = _allowed(case_id, Action.RECTIFY)
        today, days = day_of(now()), case.kind.limits[Stage.RECTIFY]
        by = clocks.due_on(today, days, (), calendar())
        form = RectifyForm(today, version=case.version, mend_by=by)
        if not form.validate_on_submit():
            told = {"door": door.name, "case": case, "form": form, "failed": _failed(case)}
            page = render_template("review/rectify.html", **told)
            return page, 422 if form.is_submitted() else 200
        by, version = form.to_day(), form.to_version()
        inspecting.rectify(case_id, by, version, g.actor, now(), new_codes)
        flash(_("已要求整改，核查记录发给企业了"))
        return redirect(url_for(".case", case_id=case_id))


def photo_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door the photographs of an inspection."""

    @door.post("/cases/<int:case_id>/photos")
    @allow(*roles)
    def photos(case_id: int) -> ResponseReturnValue:
        """Takes every photograph sent, each from a field named by its requirement."""
        case, form = submitted(case_id), PhotosForm()
        status = _taken(case, form) if form.validate_on_submit() else REFUSED
        said = "；".join(str(one) for one in form.photos.errors)
        if AUTOSAVE in request.headers:
            return jsonify(_photos_answer(door.name, case_id, said)), status
        flash(said or _("照片已传上"), "unsaved" if said else "message")
        return redirect(url_for(".case", case_id=case_id, _anchor=_only_code()))

    @door.post("/cases/<int:case_id>/photos/<int:photo_id>/drop")
    @allow(*roles)
    def drop_photo(case_id: int, photo_id: int) -> ResponseReturnValue:
        inspecting.drop_photo(case_id, photo_id, g.actor, now())
        flash(_("已去掉照片"))
        return redirect(url_for(".case", case_id=case_id, _anchor="checklist"))


def _allowed(case_id: int, action: Action) -> Case:
    """The case, if the action may be taken at all. Raises ``Refused``."""
    case = submitted(case_id)
    g.pack = case.catalogue.pack
    against = against_it(review_view(case, now()), action, g.actor)
    if against:
        raise Refused(*against)
    return case


def _failed(case: Case) -> list[tuple[str, str]]:
    """What failed, each with what was seen."""
    view = review_view(case, now())
    checks = confirming.checks(case, view)
    found = {one.code: one for one in checks if one.verdict is Verdict.FAIL}
    return [(one.requirement.text, found[one.code].note) for one in view.held if one.code in found]


def _given() -> list[tuple[str, FileStorage]]:
    """The photographs of this request, by requirement; "whole" is the place as a whole."""
    fields = ((name, one) for name, files in request.files.lists() for one in files)
    return [("" if name == "whole" else name, one) for name, one in fields if one.filename]


def _taken(case: Case, form: PhotosForm) -> int:
    """Keeps the photographs until one can't be; the status of the answer."""
    given = _given()
    if not given:
        form.photos.errors = [_("还没选照片。")]
        return REFUSED
    for code, one in given:
        name, data = file_name(one.filename), one.read()
        status = kept(form.photos, _keeping(case.id, code, name, data))
        if status != KEPT:
            form.photos.errors = [f"{name}：{said}" for said in form.photos.errors]
            return status
    return KEPT


def _keeping(case_id: int, code: str, name: str, data: bytes) -> Callable[[], None]:
    return lambda: inspecting.add_photo(case_id, code, name, data, g.actor, now())


def _only_code() -> str:
    codes = {name for name, _file in _given()}
    return codes.pop() if len(codes) == 1 and "" not in codes else "checklist"


def _photos_answer(door: str, case_id: int, said: str) -> dict[str, str]:
    """The photographs of the requirement, to be put in place of those the page shows."""
    if said:
        return {"error": said}
    case = submitted(case_id)
    code = next((name for name, _file in _given()), "")
    found = [one for one in inspections.open_one(case.id).photos if one.code == code]
    html = render_template("review/photos.html", door=door, case=case, photos=found)
    return {"html": html}
