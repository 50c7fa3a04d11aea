"""The checklist of a case: grouped as in the catalogue, kept mark by mark, partial or whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.review import ChecklistForm, checklist_form
from web.clock import now
from web.guards import allow
from web.handoverpages import submitted
from web.labels import clock, label
from web.plan import Row
from web.review.actions import Offered, offered, to_mark
from web.typed import AUTOSAVE
from workflow.core.checklist import Check
from workflow.core.roles import Role
from workflow.store import accounts
from workflow.store.cases import Case
from workflow.store.db import db
from workflow.store.submissions import CheckResult
from workflow.usecases import review
from workflow.usecases.views import review_view

THEN = "then"  # the action whose page is opened once the marks are kept


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one group of the catalogue; ``shown`` of them are on the page."""

    name: str
    shown: list[Row]
    done: int
    all: int


def groups(rows: Iterable[Row], only_open: bool = False) -> list[Group]:
    """The rows by group, in the catalogue's order; with ``only_open`` those without a verdict."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.requirement.group, []).append(row)
    return [
        Group(
            name,
            [row for row in listed if not (only_open and row.check)],
            sum(row.check is not None for row in listed),
            len(listed),
        )
        for name, listed in found.items()
    ]


def form_of(case: Case) -> ChecklistForm:
    """The checklist of what the reader may mark now; empty for most."""
    held = to_mark(review_view(case, now()), g.actor)
    known = {one.code: Check(one.code, one.verdict, one.note) for one in case.submission.checks}
    return checklist_form((one.code for one in held), known, case.version)


def checklist_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door what keeps the marks."""

    @door.post("/cases/<int:case_id>/checks")
    @allow(*roles)
    def checks(case_id: int) -> ResponseReturnValue:
        """Keeps the marks that are sent: all of a page, or one, as its script does."""
        case = submitted(case_id)
        form = form_of(case)
        if AUTOSAVE in request.headers:
            return _kept_alone(door.name, case, form)
        if not form.validate_on_submit():
            return _not_kept(door.name, case, form), 422
        case = _kept(case_id, form.to_checks(), form.to_version())
        then = request.form.get(THEN, "")
        known = {one.key: one.url for one in _offered(door.name, case)}
        if then in known:
            return redirect(known[then])
        flash(_("已存下核查结果"))
        return redirect(url_for(".case", case_id=case_id, _anchor="checklist"))


def _not_kept(door: str, case: Case, form: ChecklistForm) -> str:
    """What has to be put right, alone on a page: with what was marked, and nothing else."""
    pack = case.catalogue.pack
    texts = {one.code: one.text for one in pack.requirements}
    wrong = [code for code in form.codes if form.note(code).errors or form.verdict(code).errors]
    right = [code for code in form.codes if code not in wrong]
    told = {"wrong": wrong, "right": right, "texts": texts}
    return render_template("review/notes.html", door=door, case=case, form=form, **told)


def _kept_alone(door: str, case: Case, form: ChecklistForm) -> ResponseReturnValue:
    """One mark, whoever else marked others meanwhile; a clash only where they marked the same."""
    sent = [code for code in form.codes if code in request.form]
    if not form.validate_on_submit() or len(sent) > 1:
        said = [str(one) for code in sent for one in _errors(form, code)]
        return jsonify({"error": "；".join(said) or _("没存上，请刷新这一页再试。")}), 422
    known = next((one for one in case.submission.checks if one.code in sent), None)
    mine = [f"{one.verdict.value}|{one.note}" for one in form.to_checks() if one.code in sent]
    if _mark(known) not in {request.form.get("seen", ""), *mine}:
        return jsonify({"clash": _clash(known), "version": case.version, "seen": _mark(known)})
    alone = [one for one in form.to_checks() if one.code in sent]
    return jsonify(_answer(door, _kept(case.id, alone, case.version), sent))


def _kept(case_id: int, checks: list[Check], version: int) -> Case:
    """Keeps the marks; the case with them."""
    review.confirm(case_id, checks, version, g.actor, now())
    db.session.expire_all()  # they were written past the objects in hand
    return submitted(case_id)


def _answer(door: str, case: Case, sent: list[str]) -> dict[str, Any]:
    checks = {one.code: one for one in case.submission.checks}
    held = to_mark(review_view(case, now()), g.actor)
    done: dict[str, list[int]] = {}
    for one in held:
        counted = done.setdefault(one.requirement.group, [0, 0])
        counted[0] += one.code in checks
        counted[1] += 1
    return {
        "version": case.version,
        "words": _("%(when)s 已保存", when=clock(now())),
        "seen": {code: _mark(checks.get(code)) for code in sent},
        "groups": [_("%(done)s / %(all)s", done=a, all=b) for a, b in done.values()],
        "left": sum(b - a for a, b in done.values()),
        "bar": render_template("review/actions.html", actions=_offered(door, case), marking=True),
    }


def _offered(door: str, case: Case) -> list[Offered]:
    view = review_view(case, now())
    return offered(view, g.actor, door, case.id, case.catalogue.pack)


def _errors(form: ChecklistForm, code: str) -> list[object]:
    return [*form.verdict(code).errors, *form.note(code).errors]


def _mark(check: CheckResult | None) -> str:
    """What a page knows of a mark: told apart from what another made of it."""
    return f"{check.verdict.value}|{check.note}" if check else ""


def _clash(check: CheckResult | None) -> str:
    if check is None:
        return _("别人把这一项改回了没查。")
    who = accounts.names({check.checked_by})[check.checked_by]
    return _(
        "%(who)s %(when)s 把这一项记成了“%(verdict)s”%(note)s。"
        "要用您的，再按一次；要用对方的，请刷新。",
        who=who,
        when=clock(check.checked_at),
        verdict=label(check.verdict),
        note=f"（{check.note}）" if check.note else "",
    )
