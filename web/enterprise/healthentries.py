"""What came through the poster and waits to be confirmed, and what alerts there are."""

import re
from datetime import timedelta

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.healthday import MobileForm
from web.clock import now
from web.enterprise.blueprint import bp
from web.enterprise.healthpages import TAGS, here
from web.guards import allow
from web.healthwords import ground_words
from workflow.core.alerts import EntryState
from workflow.core.judging import Fitness
from workflow.core.refusals import Stale
from workflow.core.roles import Role
from workflow.store import entrylists, registrations, rosters
from workflow.store.entrylists import PAGE
from workflow.store.healthjson import grounds_of
from workflow.store.registrations import PosterEntry
from workflow.store.towns import Place
from workflow.usecases.health import declaring, watching
from workflow.usecases.health.declaring import Identity

SETTLED_SHOWN = timedelta(days=7)
_AFTER = re.compile(r"([01])\.([0-9]{1,9})")


@bp.get("/places/<int:place_id>/health/entries")
@allow(Role.ENTERPRISE)
def health_entries(place_id: int) -> str:
    """Entries that wait, the red ones first, and the alerts of the place."""
    place = here(place_id)
    found = entrylists.waiting(place_id, _after())
    more = found[PAGE - 1] if len(found) > PAGE else None
    alerts = entrylists.alerts(place_id, now() - SETTLED_SHOWN)
    return render_template(
        "enterprise/health_entries.html",
        place=place,
        entries=[watching.stranger(place_id, one) for one in found[:PAGE]],
        after=f"{int(more.fitness is not Fitness.STOP)}.{more.id}" if more else "",
        alerts=[(one, _brief(one.alert.grounds)) for one in alerts],
        tags=TAGS,
        red=Fitness.STOP,
    )


@bp.get("/places/<int:place_id>/health/entries/<int:entry_id>")
@allow(Role.ENTERPRISE)
def health_entry(place_id: int, entry_id: int) -> str:
    """One entry: who they say they are, what it would mean, and whose it would be."""
    return _page(here(place_id), _waiting(place_id, entry_id), MobileForm(formdata=None))


@bp.post("/places/<int:place_id>/health/entries/<int:entry_id>/mobile")
@allow(Role.ENTERPRISE)
def health_entry_mobile(place_id: int, entry_id: int) -> ResponseReturnValue:
    """The mobile and document numbers they left, for a stated reason, which is recorded."""
    place, entry, form = here(place_id), _waiting(place_id, entry_id), MobileForm()
    if not form.validate_on_submit():
        return _page(place, entry, form), 422
    shown = watching.reveal_stranger(place_id, entry_id, form.to_reason(), g.actor, now())
    return _page(place, entry, form, shown)


@bp.post("/places/<int:place_id>/health/entries/<int:entry_id>/confirm")
@allow(Role.ENTERPRISE)
def health_entry_confirm(place_id: int, entry_id: int) -> ResponseReturnValue:
    here(place_id)
    line = declaring.confirm_entry(place_id, entry_id, g.actor, now())
    flash(_("已确认。可以给这个人一个自己的链接，以后自己报。"))
    return redirect(url_for(".health_person", place_id=place_id, line=line))


@bp.post("/places/<int:place_id>/health/entries/<int:entry_id>/dismiss")
@allow(Role.ENTERPRISE)
def health_entry_dismiss(place_id: int, entry_id: int) -> ResponseReturnValue:
    here(place_id)
    declaring.dismiss_entry(place_id, entry_id, g.actor, now())
    flash(_("已记下：不是本单位的人，或不是本人报的。这条不再算。"))
    return redirect(url_for(".health_entries", place_id=place_id))


def _waiting(place_id: int, entry_id: int) -> PosterEntry:
    entry = registrations.entry(place_id, entry_id)
    if entry.state is not EntryState.WAITING:
        raise Stale(entry_id)
    return entry


def _after() -> tuple[int, int]:
    """Where a page begins, as the address says it."""
    found = _AFTER.fullmatch(request.args.get("after", ""))
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _brief(grounds: str) -> str:
    return " ".join(ground_words(one, brief=True) for one in grounds_of(grounds))


def _page(place: Place, entry: PosterEntry, form: MobileForm, shown: Identity | None = None) -> str:
    who = watching.stranger(place.id, entry)
    return render_template(
        "enterprise/health_entry.html",
        place=place,
        who=who,
        mine=rosters.one(place.id, who.line) if who.line else None,
        form=form,
        shown=shown,
        tags=TAGS,
        red=entry.fitness is Fitness.STOP,
    )
