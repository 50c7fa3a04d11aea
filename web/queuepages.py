"""The queues of officers: whose turn it is, how long is left, what changed; and kept filters."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.lists import Asked, KeepForm, KeptForm, QueueForm, asked_in, page_key
from web.casewords import STATE_LABELS
from web.clock import now
from web.guards import allow
from web.queuerows import overdue_before, rows
from web.queuetabs import Tab, queue_of
from workflow.core.days import day_of
from workflow.core.refusals import NotFound
from workflow.core.roles import Actor, Role
from workflow.core.states import State
from workflow.store import caselists, catalogues, duty, keptfilters
from workflow.store.calendar import calendar
from workflow.store.caselists import Key, Narrow
from workflow.usecases import filters

TabsOf = Callable[[Actor], tuple[Tab, ...]]


def queue_views(door: Blueprint, *roles: Role, queue_at: str = "/") -> None:
    """Adds to a door its queue, and what one does with filters of its lists."""
    list_view(door, "queue", queue_of, *roles, at=queue_at)

    @door.post("/lists/<page>/filters")
    @allow(*roles)
    def keep_filter(page: str) -> ResponseReturnValue:
        """Keeps the filter of the address under a name."""
        form, asked = KeepForm(), asked_in(request.args)
        back = _address(_listed(door, page), asked)
        if not form.validate_on_submit():
            flash(_("没存上：名称要填，最多 20 个字。"))
            return redirect(back)
        filters.keep(_listed(door, page), str(form.name.data), asked, g.actor)
        flash(_("存好了，下次点名称就行。"))
        return redirect(back)

    @door.post("/lists/<page>/filters/<int:kept_id>")
    @allow(*roles)
    def change_filter(page: str, kept_id: int) -> ResponseReturnValue:
        """The list opens with a kept filter, or without; or the filter is dropped."""
        form, listed = KeptForm(), _listed(door, page)
        found = keptfilters.get(kept_id, g.actor.account_id, listed)
        asked = found.asked
        match form.do.data if form.validate_on_submit() else "":
            case "preset":
                filters.preset(listed, kept_id, g.actor)
                flash(_("以后打开就是“%(name)s”。", name=found.name))
            case "unset":
                filters.preset(listed, None, g.actor)
                flash(_("以后打开不筛选。"))
            case "drop":
                filters.drop(listed, kept_id, g.actor)
                flash(_("删掉了“%(name)s”。", name=found.name))
        return redirect(_address(listed, asked))


def list_view(door: Blueprint, name: str, tabs_of: TabsOf, *roles: Role, at: str) -> None:
    """Adds one page of lists to a door."""

    @door.get(at, endpoint=name)
    @allow(*roles)
    def shown() -> ResponseReturnValue:
        """One of the lists, page by page; the kept filter it opens with, if nothing is asked."""
        listed, tabs = f"{door.name}.{name}", tabs_of(g.actor)
        kept = keptfilters.of_page(g.actor.account_id, listed)
        preset = next((one for one in kept if one.preset), None)
        if preset is not None and preset.asked and not request.args:
            return redirect(_address(listed, preset.asked))
        tab = next((one for one in tabs if one.key == request.args.get("turn")), tabs[0])
        form = _form(tab)
        asked, given = form.to_asked(), asked_in(request.args)
        found = _found(tab, asked)
        told = {"tab": tab, "tabs": tabs, "form": form, "kept": kept, "asked": given}
        return render_template(
            "review/queue.html",
            door=door.name,
            page=name,
            listed=listed,
            rows=rows(found.cases, g.actor, now()),
            narrowed=bool(given.keys() - {"turn"}),
            after=_next(found.after),
            keeping=KeepForm(),
            **told,
        )


def _found(tab: Tab, asked: Asked) -> caselists.Slice:
    begin = page_key(request.args.get("after", ""))
    newest = tab.newest or asked.newest
    narrow = _narrow(tab, asked)
    return caselists.sliced(g.actor, narrow, Key(*begin) if begin else None, newest=newest)


def _narrow(tab: Tab, asked: Asked) -> Narrow:
    actor: Actor = g.actor
    fields = actor.fields if tab.own else None
    if asked.field_id is not None:
        chosen = frozenset({asked.field_id})
        fields = chosen if fields is None else fields & chosen
    late = tab.late or (asked.late and not tab.newest)
    return Narrow(
        states=frozenset({State(asked.state)}) if asked.state else tab.states,
        fields=fields,
        place_class=asked.place_class,
        filing=asked.filing,
        before=overdue_before(day_of(now()), calendar()) if late else None,
        words=asked.words,
        level=actor.role if tab.level else None,
        department=actor.department_id if tab.opinion else None,
    )


def _form(tab: Tab) -> QueueForm:
    """Only what the list can be narrowed to: no choice where there is but one."""
    states = [(one.value, str(STATE_LABELS[one])) for one in State if one in tab.states]
    fields = [
        (str(one.id), one.name) for one in duty.fields() if not tab.own or one.id in g.actor.fields
    ]
    packs = [one.pack for one in catalogues.newest()]
    filings = {filing.key: filing.name for pack in packs for filing in pack.filings}
    form = QueueForm(states, fields, catalogues.classes().items(), filings.items())
    for one in (form.state, form.field, form.place_class, form.filing):
        if len(one.choices) <= 2:
            del form[one.name]
    if tab.newest or tab.late:
        del form.late
    if tab.newest:
        del form.newest
    form.turn.data = tab.key
    return form


def _next(after: Key | None) -> str:
    if after is None:
        return ""
    return f"{after.due_on.isoformat() if after.due_on else ''}.{after.id}"


def _address(listed: str, asked: dict[str, Any]) -> str:
    return url_for(listed, **asked)


def _listed(door: Blueprint, page: str) -> str:
    """The endpoint of a list of this door. Raises ``NotFound``."""
    if page not in {"queue", "cases"}:
        raise NotFound(page)
    return f"{door.name}.{page}"
