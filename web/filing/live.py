"""What a page of a filing is told while it stays open: saved, clashing, changed by others."""

from typing import Any

from flask import g, render_template
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from forms.facts import SectionForm, shown_values
from forms.filing import PartForm
from web import plan
from web.clock import now
from web.filing.frame import Draft
from web.labels import clock
from web.refusalwords import refusal_words
from workflow.core.filings import Section
from workflow.core.refusals import Reason, Refusal
from workflow.store import drafts
from workflow.usecases.filing import Saved

MOST_NAMED = 3


def mark(form: SectionForm, tried: SectionForm, saved: Saved, after: Draft) -> None:
    """Puts back what clashes into the form of the draft as it is now, with words beside it."""
    advice = _("要用您填的，再存一次；要用对方的，请改成一样。")
    for key, words in clashing(saved, after).items():
        form[key].data, form[key].raw_data = tried[key].data, tried[key].raw_data
        form[key].errors = [words + advice]


def clashing(saved: Saved, after: Draft) -> dict[str, str]:
    """Who put what, when, where this page had changed an answer, too."""
    changes = {one.key: one for one in drafts.since(after.case.id, 0)}
    words = {}
    for key in saved.clashes:
        fact, change = after.case.catalogue.pack.fact(key), changes[key]
        theirs = fact.words(after.facts[key]) if key in after.facts else _("没填")
        words[key] = _(
            "%(who)s %(when)s 把这里改成了“%(theirs)s”。",
            who=change.who,
            when=clock(change.at),
            theirs=theirs,
        )
    return words


def answer(
    form: SectionForm, saved: Saved, before: list[plan.Row], after: Draft, step: Section
) -> dict[str, Any]:
    """What the page's script needs after a section was saved by itself.

    The page goes on from the version that this save made, so it must be told what others changed
    up to there: what it would still show as it was, its next save would take for a change.
    """
    errors = {name: list(found) for name, found in form.errors.items() if name and found}
    errors |= {key: [words] for key, words in clashing(saved, after).items()}
    words = _("%(when)s 已保存", when=clock(now()))
    if errors:
        words = _("%(when)s 已保存，有 %(n)s 处要改", when=clock(now()), n=len(errors))
    return {
        "version": saved.version,
        "words": words,
        "errors": {key: "；".join(str(one) for one in found) for key, found in errors.items()},
        "clashes": {key: [] for key in saved.clashes}
        | shown_values(form.facts, after.facts, saved.clashes),
        "shown": after.shown(step),
        "said": difference(before, after.rows) + closed_words(after, step),
        "needs": render_template("filing/aside.html", rows=after.rows),
        "count": len(_certain(after.rows)),
    } | changed(after, step, form.to_version())


def part_answer(form: PartForm, version: int, theirs: str | None) -> dict[str, Any]:
    """The same for a part; ``theirs`` is what somebody else wrote meanwhile."""
    words = _("%(when)s 已保存", when=clock(now()))
    if form.text.errors:
        words = _("没存上，有 1 处要改")
    return {
        "version": version,
        "words": words,
        "errors": {"text": "；".join(map(str, form.text.errors))} if form.text.errors else {},
        "clashes": {} if theirs is None else {"text": [theirs]},
        "shown": ["text"],
        "said": "",
        "needs": "",
        "count": 0,
        "values": {},
        "notes": {},
    }


def since(found: Draft, step: Section, version: int) -> dict[str, Any]:
    """The answers that others changed after a version, for the inputs the reader left alone."""
    told = changed(found, step, version)
    return {
        "version": found.case.version,
        "shown": found.shown(step),
        "token": generate_csrf(),
        "needs": render_template("filing/aside.html", rows=found.rows) if told["values"] else "",
        "count": len(_certain(found.rows)),
    } | told


def changed(found: Draft, step: Section, version: int) -> dict[str, Any]:
    """The answers of a section changed after a version, as its inputs hold them, and by whom."""
    asked = found.questions(step)
    mine = {fact.key for fact in asked}
    changes = [one for one in drafts.since(found.case.id, version) if one.key in mine]
    keys = {one.key for one in changes}
    return {
        "values": {key: [] for key in keys} | shown_values(asked, found.facts, keys),
        "notes": {
            one.key: _("%(who)s %(when)s 改的", who=one.who, when=clock(one.at))
            if one.by != g.actor.account_id
            else _("您 %(when)s 在另一个页面改的", when=clock(one.at))
            for one in changes
        },
    }


def difference(before: list[plan.Row], after: list[plan.Row]) -> str:
    """What an answer added to the list and took off it, in words; nothing if nothing."""
    had, has = _certain(before), _certain(after)
    added = [text for code, text in has.items() if code not in had]
    dropped = [text for code, text in had.items() if code not in has]
    words = []
    if added:
        words.append(_("清单多了 %(n)s 项：%(named)s。", n=len(added), named=_named(added)))
    if dropped:
        words.append(_("清单少了 %(n)s 项：%(named)s。", n=len(dropped), named=_named(dropped)))
    return "".join(words)


def _certain(rows: list[plan.Row]) -> dict[str, str]:
    """What is on the list for sure: the rest only waits for an answer, and is not counted."""
    return {row.code: row.requirement.text for row in rows if row.certain}


def closed_words(after: Draft, step: Section) -> str:
    """At the question itself: what stands on the negative list need not go on."""
    pack = after.case.catalogue.pack
    asked_here = pack.closed and {leaf.fact for leaf in pack.closed.leaves()} & set(step.facts)
    if not asked_here or not pack.is_closed(after.facts):
        return ""
    return refusal_words(Refusal(Reason.CLOSED_FOR_NOW))


def _named(texts: list[str]) -> str:
    shown = "；".join(texts[:MOST_NAMED])
    return _("%(shown)s等", shown=shown) if len(texts) > MOST_NAMED else shown
