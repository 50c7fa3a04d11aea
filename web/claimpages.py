"""Claims as the officers' doors show them: the list, one claim, the decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.admitting import ConfirmForm, HeldForm, RefuseForm
from web.casepages import masked
from web.clock import now
from web.guards import allow
from web.labels import label
from web.refusalwords import refusal_words
from workflow.core.claims import ClaimKind
from workflow.core.codes import grouped
from workflow.core.refusals import Refused
from workflow.core.roles import Role
from workflow.store import accounts, claims
from workflow.store.accounts import Account
from workflow.store.claims import Claim
from workflow.store.towns import Enterprise
from workflow.usecases import admitting

Form = ConfirmForm | HeldForm


@dataclass(frozen=True, slots=True)
class Known:
    """What is known already of a claim's code and mobile number; for officers only."""

    enterprise: Enterprise | None
    people: Sequence[Account]
    account: Account | None
    rivals: int


def claim_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door the claims its officers decide, and their number for the navigation."""
    _reading(door, *roles)
    _deciding(door, *roles)


def _reading(door: Blueprint, *roles: Role) -> None:
    @door.context_processor
    def counted() -> dict[str, object]:
        return {"claims_waiting": lambda: claims.count_waiting(g.actor)}

    @door.get("/claims")
    @allow(*roles)
    def claims_list() -> str:
        return render_template(
            "claims/list.html",
            door=door.name,
            waiting=claims.waiting(g.actor),
            decided=claims.decided(g.actor),
        )

    @door.get("/claims/<int:claim_id>")
    @allow(*roles)
    def claim(claim_id: int) -> str:
        found = claims.get(claim_id, g.actor)
        return _page(door, found, _form(found), RefuseForm())


def _deciding(door: Blueprint, *roles: Role) -> None:
    @door.post("/claims/<int:claim_id>/confirm")
    @allow(*roles)
    def confirm_claim(claim_id: int) -> ResponseReturnValue:
        found = claims.get(claim_id, g.actor)
        form = _form(found)
        if not form.validate_on_submit():
            return _page(door, found, form, RefuseForm(formdata=None)), 422
        against = _confirmed(found, form)
        if against:
            page = _page(door, found, form, RefuseForm(formdata=None), against)
            return page, 409
        flash(_("已确认“%(name)s”的登记", name=found.enterprise_name))
        return redirect(url_for(".claim", claim_id=claim_id))

    @door.post("/claims/<int:claim_id>/refuse")
    @allow(*roles)
    def refuse_claim(claim_id: int) -> ResponseReturnValue:
        found = claims.get(claim_id, g.actor)
        form = RefuseForm()
        if not form.validate_on_submit():
            return _page(door, found, _form(found, blank=True), form), 422
        admitting.refuse(claim_id, form.to_cause(), form.note.data or "", g.actor, now())
        flash(_("没有通过，登记的人会看到原因"))
        return redirect(url_for(".claims_list"))


def _form(claim: Claim, *, blank: bool = False) -> Form:
    how = {"formdata": None} if blank else {}
    enterprise = claims.held(claim)
    if enterprise is None or claim.kind is ClaimKind.PLACE:
        form: Form = ConfirmForm(**how)
    else:
        people = [
            (one.id, f"{masked(one.name)}（{label(one.standing)}）")
            for one in accounts.people_of(enterprise.id)
            if one.standing
        ]
        form = HeldForm(people, **how)
    form.claimed = claim.mobile
    return form


def _confirmed(claim: Claim, form: Form) -> list[str]:
    """Decides as the form says; what stands in the way, in words."""
    how, actor, at = form.to_verification(), g.actor, now()
    try:
        if isinstance(form, HeldForm) and form.joins:
            asked = bool(form.owner_asked.data)
            admitting.let_in(claim.id, asked, form.with_place, how, actor, at)
        elif isinstance(form, HeldForm):
            admitting.hand_over(claim.id, form.to_leaving(), form.with_place, how, actor, at)
        elif claim.kind is ClaimKind.PLACE:
            admitting.confirm_place(claim.id, how, actor, at)
        else:
            admitting.confirm_new(claim.id, how, actor, at)
    except Refused as refused:
        return [refusal_words(one) for one in refused.refusals]
    return []


def _page(
    door: Blueprint, claim: Claim, form: Form, refusal: RefuseForm, against: Sequence[str] = ()
) -> str:
    enterprise = claims.held(claim)
    people = accounts.people_of(enterprise.id) if enterprise else ()
    return render_template(
        "claims/claim.html",
        door=door.name,
        claim=claim,
        receipt=grouped(claim.receipt),
        form=form,
        refusal=refusal,
        against=[("", words) for words in against],
        known=Known(enterprise, people, claims.has_account(claim), claims.rivals(claim)),
        decider=accounts.names({claim.decided_by}) if claim.decided_by else {},
    )
