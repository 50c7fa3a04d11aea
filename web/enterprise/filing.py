"""A filing, section by section, its papers, and handing it in."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from forms.filing import AttachForm, SubmitForm, section_form
from web import plan
from web.clock import now
from web.enterprise.blueprint import bp
from web.guards import allow
from web.labels import refusal_words
from workflow.core.days import earliest_day
from workflow.core.packs import Section
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Role
from workflow.core.states import Action, State
from workflow.core.transitions import refusals
from workflow.store import accounts, cases
from workflow.store.cases import Case
from workflow.usecases import filing
from workflow.usecases.views import draft_view


@bp.route("/cases/<int:case_id>/sections/<key>", methods=["GET", "POST"])
@allow(Role.ENTERPRISE)
def section(case_id: int, key: str):
    case = _draft(case_id)
    pack = case.catalogue.pack
    step = _section(case, key)
    asked = pack.asked(step, case.place.place_class)
    earliest = earliest_day(now(), pack.filing.lead_days)
    form = section_form(asked, case.facts, case.version, earliest)
    if form.validate_on_submit():
        filing.save_answers(case_id, form.to_answers(), form.to_version(), g.actor, now())
        return redirect(_after(case, key))
    status = 422 if form.is_submitted() else 200
    return render_template(
        "enterprise/section.html", form=form, asked=asked, **_page(case, key)
    ), status


@bp.route("/cases/<int:case_id>/materials", methods=["GET", "POST"])
@allow(Role.ENTERPRISE)
def materials(case_id: int):
    case = _draft(case_id)
    form = AttachForm()
    page = _page(case, "materials")
    listed: list[plan.Row] = page["rows"]
    form.codes.choices = _provable(listed)
    if form.validate_on_submit() and _attached(case_id, form):
        return redirect(url_for(".materials", case_id=case_id))
    status = 422 if form.is_submitted() else 200
    return render_template("enterprise/materials.html", form=form, **page), status


@bp.post("/cases/<int:case_id>/materials/<int:attachment_id>/remove")
@allow(Role.ENTERPRISE)
def remove(case_id: int, attachment_id: int):
    filing.detach(case_id, attachment_id, g.actor, now())
    return redirect(url_for(".materials", case_id=case_id))


@bp.get("/cases/<int:case_id>/check")
@allow(Role.ENTERPRISE)
def check(case_id: int):
    """All answers on one page, and everything that still stands in the way."""
    case = _draft(case_id)
    pack = case.catalogue.pack
    against = refusals(draft_view(case, now()), Action.SUBMIT, g.actor)
    page = _page(case, "check")
    return render_template(
        "enterprise/check.html",
        form=SubmitForm(data={"version": case.version}),
        told=plan.told(pack, case.facts, case.place.place_class),
        against=[
            (_mend(case, part), refusal_words(part, pack))
            for one in against
            for part in _parts(one)
        ],
        short=[row for row in page["rows"] if row.quantity and row.quantity.short_by],
        **page,
    )


@bp.post("/cases/<int:case_id>/submit")
@allow(Role.ENTERPRISE)
def submit(case_id: int):
    _draft(case_id)
    form = SubmitForm()
    if not form.validate_on_submit():
        return redirect(url_for(".check", case_id=case_id))
    number = filing.submit(case_id, form.to_version(), g.actor, now())
    flash(_("已提交，受理号 %(number)s", number=number))
    return redirect(url_for(".case", case_id=case_id))


def _attached(case_id: int, form: AttachForm) -> bool:
    """Keeps the file; False, with the reason beside the field, when it cannot be taken."""
    data = form.file.data.read()
    try:
        filing.attach(case_id, form.to_name(), data, form.to_codes(), g.actor, now())
    except Refused as refused:
        form.file.errors = [str(refusal_words(one)) for one in refused.refusals]
        return False
    return True


def _draft(case_id: int) -> Case:
    case = cases.get(case_id, g.actor)
    g.pack = case.catalogue.pack
    if case.state is not State.DRAFT:  # another tab, or back after submitting
        flash(_("已经提交，不能再改。要改请找您的企业专员。"))
        abort(redirect(url_for(".case", case_id=case_id)))
    return case


def _section(case: Case, key: str) -> Section:
    found = case.catalogue.pack.section(key)
    if found is None:
        raise NotFound(key)
    return found


def _page(case: Case, key: str) -> dict[str, Any]:
    """What every page of a filing shows around its own part: steps, list, liaison."""
    pack = case.catalogue.pack
    listed = plan.rows(pack, case.facts, plan.attached(case.attachments))
    return {
        "case": case,
        "step": pack.section(key),
        "steps": _steps(case, key, listed),
        "rows": listed,
        "files": plan.attached(case.attachments),
        "liaison": accounts.liaison_of(case.field_id),
        "complete": _papers_given(listed),
        "back": _before(case, key),
    }


def _steps(case: Case, key: str, listed: list[plan.Row]) -> list[dict[str, object]]:
    """The steps of the filing: title, address, and whether each is done or the present one."""
    pack, missing = case.catalogue.pack, set(case.catalogue.pack.missing(case.facts))
    steps: list[dict[str, object]] = [
        {"key": one.key, "title": one.title, "done": not missing & set(one.facts)}
        for one in pack.filing.sections
    ]
    steps += [
        {"key": "materials", "title": _("材料上传"), "done": _papers_given(listed)},
        {"key": "check", "title": _("核对并提交"), "done": False},
    ]
    return [one | {"url": _url(case, str(one["key"])), "now": one["key"] == key} for one in steps]


def _provable(listed: list[plan.Row]) -> list[tuple[str, str]]:
    """What a file can prove: first what still waits for a paper, and says so."""
    waiting = [row for row in listed if row.needs_paper and not row.files]
    rest = [row for row in listed if row not in waiting]
    return [(row.code, _("%(text)s（要传）", text=row.requirement.text)) for row in waiting] + [
        (row.code, row.requirement.text) for row in rest
    ]


def _papers_given(listed: list[plan.Row]) -> bool:
    return all(row.files for row in listed if row.needs_paper)


def _parts(refusal: Refusal) -> list[Refusal]:
    """A refusal for each thing that is missing, so that every one is named and linked."""
    if refusal.reason not in {Reason.FACTS_MISSING, Reason.EVIDENCE_MISSING}:
        return [refusal]
    return [Refusal(refusal.reason, (fact,)) for fact in refusal.facts]


def _mend(case: Case, refusal: Refusal) -> str:
    """The page on which what stands in the way can be mended."""
    if refusal.reason is Reason.EVIDENCE_MISSING:
        return _url(case, "materials")
    facts = {Reason.TOO_SOON: ("planned_reopen_date",)}.get(refusal.reason, refusal.facts)
    sections = case.catalogue.pack.filing.sections
    return _url(case, next((one.key for one in sections if set(facts) & set(one.facts)), "check"))


def _order(case: Case) -> list[str]:
    return [one.key for one in case.catalogue.pack.filing.sections] + ["materials", "check"]


def _url(case: Case, key: str) -> str:
    if key in {"materials", "check"}:
        return url_for(f".{key}", case_id=case.id)
    return url_for(".section", case_id=case.id, key=key)


def _after(case: Case, key: str) -> str:
    order = _order(case)
    return _url(case, order[order.index(key) + 1])


def _before(case: Case, key: str) -> str:
    order = _order(case)
    place = order.index(key)
    return _url(case, order[place - 1]) if place else url_for(".home")
