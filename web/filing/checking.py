"""All answers on one page, everything that still stands in the way, and handing it in."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from forms.filing import KindForm, SubmitForm
from web import plan
from web.clock import now
from web.differences import Difference, between, of_draft, of_submission
from web.filing.frame import Draft, draft
from web.guards import allow
from web.refusalwords import refusal_words
from workflow.core.filings import Filing
from workflow.core.refusals import NotFound, Reason, Refusal
from workflow.core.roles import Role
from workflow.core.states import Action, State
from workflow.core.transitions import refusals
from workflow.store import rosters
from workflow.store.cases import Case
from workflow.usecases import filing, submitting
from workflow.usecases.views import draft_view

EACH = {Reason.FACTS_MISSING, Reason.EVIDENCE_MISSING, Reason.PARTS_MISSING}
ABOUT = {
    Reason.TOO_SOON: ("planned_reopen_date",),
    Reason.NOT_EARLY: ("planned_reopen_date",),
    Reason.NO_REASON_TO_BE_EARLY: ("essential_type",),
    Reason.CLOSED_FOR_NOW: ("closed_kind",),
}


def add(door: Blueprint, *roles: Role) -> None:
    """Adds the last pages of a filing to a door."""

    @door.get("/cases/<int:case_id>/check")
    @allow(*roles)
    def check(case_id: int) -> str:
        return _page(draft(case_id, door.name))

    @door.post("/cases/<int:case_id>/submit")
    @allow(*roles)
    def submit(case_id: int) -> Any:
        found = draft(case_id, door.name)
        form = SubmitForm()
        if not form.validate_on_submit():
            return redirect(url_for(f"{door.name}.check", case_id=case_id))
        number = submitting.submit(case_id, form.to_version(), g.actor, now())
        if found.request:
            flash(_("已重新提交，申报号 %(number)s", number=number))
        else:
            flash(_("已提交，申报号 %(number)s", number=number))
        return redirect(url_for(f"{door.name}.case", case_id=case_id))

    @door.post("/cases/<int:case_id>/kind")
    @allow(*roles)
    def kind(case_id: int) -> Any:
        """Makes it an early filing, or an ordinary one again; what was filled in stays."""
        form = KindForm()
        if not form.validate_on_submit():
            raise NotFound
        filing.change_kind(case_id, form.kind.data or "", g.actor, now())
        return redirect(url_for(f"{door.name}.check", case_id=case_id))


def _page(found: Draft) -> str:
    case, pack = found.case, found.case.catalogue.pack
    action = Action.RESUBMIT if found.request else Action.SUBMIT
    against = refusals(draft_view(case, found.facts, now()), action, g.actor)
    return render_template(
        "filing/check.html",
        form=SubmitForm(data={"version": case.version}),
        told=plan.told(case, found.facts),
        writings=plan.writings(case, found.facts, case.answers),
        files=plan.attached(case.attachments),
        against=[
            (_mend(found, part), refusal_words(part, pack))
            for one in against
            for part in _parts(one, found)
        ],
        closed=pack.is_closed(found.facts),
        few=_few(found),
        short=[row for row in found.rows if row.quantity and row.quantity.short_by],
        kinds=_other_kinds(case),
        changes=_changes(case),
        kind_form=KindForm(),
        **found.page("check"),
    )


def _other_kinds(case: Case) -> list[Filing]:
    """What a filing that was never handed in can still become."""
    if case.state is not State.DRAFT or case.kind.changes:
        return []
    return [one for one in case.catalogue.pack.openings if one.key != case.filing]


def _changes(case: Case) -> list[Difference] | None:
    """What changed since it was handed in last; None if it never was."""
    if case.state is State.DRAFT:
        return None
    return between(case, of_submission(case.submission), of_draft(case))


def _few(found: Draft) -> tuple[int, int] | None:
    """How many come back first and how many the roster lists, where it lists fewer."""
    first = found.facts.get("first_batch_count")
    latest = rosters.version(found.case.place_id) if found.lists_people else None
    if latest is None or not isinstance(first, int) or latest.total >= first:
        return None
    return first, latest.total


def _parts(refusal: Refusal, found: Draft) -> list[Refusal]:
    """A refusal for each thing that is missing, so that every one is named and linked.

    Not for a question that may yet turn out pointless: the one it depends on is named instead.
    """
    if refusal.reason not in EACH:
        return [refusal]
    waiting = {
        fact.key
        for section in found.sections
        for fact in found.questions(section)
        if found.waits(fact, section)
    }
    return [Refusal(refusal.reason, (fact,)) for fact in refusal.facts if fact not in waiting]


def _mend(found: Draft, refusal: Refusal) -> str:
    """The page on which what stands in the way can be mended."""
    match refusal.reason:
        case Reason.POINTS_UNANSWERED:
            return found.url("corrections")
        case Reason.ROSTER_MISSING:
            return found.url("roster")
        case Reason.EVIDENCE_MISSING:
            return found.url("materials")
        case Reason.PARTS_MISSING:
            return found.url(f"part-{refusal.facts[0]}")
    facts = set(ABOUT.get(refusal.reason, refusal.facts))
    return found.url(next((one.key for one in found.sections if facts & set(one.facts)), "check"))
