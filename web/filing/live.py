"""What a page of a filing is told while it stays open: saved, clashing, changed by others."""

from collections.abc import Iterable
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from forms.facts import SectionForm, shown_values
from web import plan
from web.clock import now
from web.filing.frame import Draft
from web.labels import clock
from workflow.core.facts import FactDefinition
from workflow.store import drafts
from workflow.usecases.filing import Saved

MOST_NAMED = 3


def mark(form: SectionForm, saved: Saved, after: Draft) -> None:
    """Puts words beside the fields that somebody else changed, too, and renews the version."""
    changes = {one.key: one for one in drafts.since(after.case.id, 0)}
    for key in saved.clashes:
        fact, change = after.case.catalogue.pack.fact(key), changes[key]
        theirs = fact.words(after.facts[key]) if key in after.facts else _("没填")
        form[key].errors = [
            _(
                "%(who)s %(when)s 把这里改成了“%(theirs)s”。要用您填的，再存一次；"
                "要用对方的，请改成一样。",
                who=change.who,
                when=clock(change.at),
                theirs=theirs,
            )
        ]
    form.version.data = saved.version


def answer(
    form: SectionForm, saved: Saved, before: list[plan.Row], after: Draft, shown: list[str]
) -> dict[str, Any]:
    """What the page's script needs after a section was saved by itself."""
    errors = {name: list(found) for name, found in form.errors.items() if name and found}
    errors |= {key: list(form[key].errors) for key in saved.clashes}
    words = _("%(when)s 已保存", when=clock(now()))
    if errors:
        words = _("%(when)s 已保存，有 %(n)s 处要改", when=clock(now()), n=len(errors))
    return {
        "version": saved.version,
        "words": words,
        "errors": {key: "；".join(str(one) for one in found) for key, found in errors.items()},
        "shown": shown,
        "said": difference(before, after.rows),
        "needs": render_template("filing/aside.html", rows=after.rows),
        "count": len(after.rows),
    }


def since(
    found: Draft, asked: Iterable[FactDefinition], version: int, account_id: int
) -> dict[str, Any]:
    """The answers that others changed after a version, for the inputs the reader left alone."""
    asked = tuple(asked)
    mine = {fact.key for fact in asked}
    changes = [one for one in drafts.since(found.case.id, version) if one.key in mine]
    others = [one for one in changes if one.by != account_id]
    keys = {one.key for one in changes}
    return {
        "version": found.case.version,
        "values": {key: [] for key in keys} | shown_values(asked, found.facts, keys),
        "notes": {
            one.key: _("%(who)s %(when)s 改的", who=one.who, when=clock(one.at)) for one in others
        },
        "needs": render_template("filing/aside.html", rows=found.rows) if changes else "",
        "count": len(found.rows),
    }


def difference(before: list[plan.Row], after: list[plan.Row]) -> str:
    """What an answer added to the list and took off it, in words; nothing if nothing."""
    had, has = {row.code for row in before}, {row.code for row in after}
    added = [row.requirement.text for row in after if row.code not in had]
    dropped = [row.requirement.text for row in before if row.code not in has]
    words = []
    if added:
        words.append(_("清单多了 %(n)s 项：%(named)s。", n=len(added), named=_named(added)))
    if dropped:
        words.append(_("清单少了 %(n)s 项：%(named)s。", n=len(dropped), named=_named(dropped)))
    return "".join(words)


def _named(texts: list[str]) -> str:
    shown = "；".join(texts[:MOST_NAMED])
    return _("%(shown)s等", shown=shown) if len(texts) > MOST_NAMED else shown
