"""What is said on a case, and who has looked at it: the same at every door."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, g, redirect, url_for
from flask_babel import gettext as _

from forms.talking import MessageForm
from web.clock import now
from web.guards import allow
from web.labels import label, moment
from workflow.core.roles import Role
from workflow.store import cases, talk
from workflow.store.accounts import Account
from workflow.store.cases import Case
from workflow.usecases import talking
from workflow.usecases.talking import TALKING, may_talk


@dataclass(frozen=True, slots=True)
class Said:
    """One message: who, when, and whether it was the reader's own side."""

    who: str
    at: datetime
    text: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """What a page shows: messages, oldest first; who looked, in words; the form to write, or None
    where this reader only reads. ``url`` is where the form goes.
    """

    said: tuple[Said, ...]
    looked: tuple[str, ...]
    form: MessageForm | None
    url: str


def talk_of(case: Case, door: str) -> Talk:
    """The talk of a case for the signed-in actor. A page that is opened calls ``look`` first."""
    said = tuple(
        Said(_who(one.role, one.author), one.at, one.text, one.role is g.actor.role)
        for one in talk.messages(case.id)
    )
    looked = tuple(
        _(
            "%(who)s %(when)s 看过",
            who=_who(one.account.role, one.account),
            when=moment(one.last_at),
        )
        for one in talk.looks(case.id)
        if one.account_id != g.actor.account_id
    )
    may_write = may_talk(g.actor)
    url = url_for(f"{door}.say", case_id=case.id) if may_write else ""
    return Talk(said, looked, MessageForm(formdata=None) if may_write else None, url)


def look(case: Case) -> None:
    """Notes that the signed-in actor has opened this case."""
    talking.look(case.id, g.actor, now())


def _who(role: Role, account: Account) -> str:
    """Who, and of what: an officer of a department is not of the office."""
    of = _("部门") if account.department_id else label(role)
    return _("%(role)s%(name)s", role=of, name=account.name)


def talk_views(door: Blueprint, *roles: Role) -> None:
    """Adds writing to a door whose people talk about cases; nothing to any other."""
    writers = [role for role in roles if role in TALKING]
    if not writers:
        return

    @door.post("/cases/<int:case_id>/messages")
    @allow(*writers)
    def say(case_id: int) -> Any:
        case, form = cases.get(case_id, g.actor), MessageForm()
        if form.validate_on_submit():
            talking.say(case.id, form.text.data or "", g.actor, now())
            flash(_("已发出"))
        else:
            flash("；".join(str(one) for one in form.text.errors), "unsaved")
        return redirect(url_for(f"{door.name}.case", case_id=case_id) + "#talk")
