"""How staff come in: links for one or for all, as slips or as text, and the poster of the place."""

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web import downloads
from web.clock import now
from web.enterprise.blueprint import bp
from web.enterprise.healthpages import here, link_address
from web.guards import allow
from web.rosterpages import number_in
from workflow.core.days import day_of
from workflow.core.refusals import NotFound
from workflow.core.roles import Role
from workflow.issuing import qr
from workflow.store import healthcampaigns, rosters, stafflinks
from workflow.store.contents import PDF
from workflow.store.towns import Place
from workflow.usecases.health import links

SLIPS = 40  # four sheets of paper
TEXTS = 200


@bp.get("/places/<int:place_id>/health/links")
@allow(Role.ENTERPRISE)
def health_links(place_id: int) -> str:
    """How many have a link, and what can be done for all."""
    place, latest = here(place_id), rosters.version(place_id)
    return render_template(
        "enterprise/health_links.html",
        place=place,
        people=latest.total if latest else 0,
        linked=stafflinks.with_links(place_id, latest.seq, now()) if latest else 0,
        campaign=healthcampaigns.needed(day_of(now())),
    )


@bp.post("/places/<int:place_id>/health/links/give")
@allow(Role.ENTERPRISE)
def health_links_give(place_id: int) -> ResponseReturnValue:
    here(place_id)
    given = links.give_links(place_id, None, g.actor, now())
    flash(_("%(n)s 人都有链接了", n=len(given)))
    return redirect(url_for(".health_links", place_id=place_id))


@bp.post("/places/<int:place_id>/health/links/revoke")
@allow(Role.ENTERPRISE)
def health_links_revoke(place_id: int) -> ResponseReturnValue:
    here(place_id)
    gone = links.revoke_links(place_id, g.actor, now())
    flash(_("%(n)s 个链接都作废了", n=gone))
    return redirect(url_for(".health_links", place_id=place_id))


@bp.get("/places/<int:place_id>/health/links/slips")
@allow(Role.ENTERPRISE)
def health_slips(place_id: int) -> str:
    """Slips to print and cut, a name and a code on each."""
    place, (found, after) = here(place_id), _links(place_id, SLIPS)
    slips = [(name, post, qr.drawn(address)) for name, post, address in found]
    return render_template("enterprise/health_slips.html", place=place, slips=slips, after=after)


@bp.get("/places/<int:place_id>/health/links/text")
@allow(Role.ENTERPRISE)
def health_link_texts(place_id: int) -> str:
    """Names and links as text, to send one by one."""
    place, (found, after) = here(place_id), _links(place_id, TEXTS)
    lines = [
        _("%(name)s（%(post)s）：%(address)s", name=name, post=post, address=address)
        for name, post, address in found
    ]
    return render_template(
        "enterprise/health_link_texts.html", place=place, lines=lines, after=after
    )


@bp.post("/places/<int:place_id>/health/people/<int:line>/link")
@allow(Role.ENTERPRISE)
def health_link_give(place_id: int, line: int) -> ResponseReturnValue:
    here(place_id)
    if line not in links.give_links(place_id, [line], g.actor, now()):
        raise NotFound(line)
    return redirect(url_for(".health_person", place_id=place_id, line=line) + "#link")


@bp.post("/places/<int:place_id>/health/people/<int:line>/link/revoke")
@allow(Role.ENTERPRISE)
def health_link_revoke(place_id: int, line: int) -> ResponseReturnValue:
    here(place_id)
    links.revoke_link(place_id, line, g.actor, now())
    flash(_("链接已作废，马上不能再用"))
    return redirect(url_for(".health_person", place_id=place_id, line=line))


@bp.get("/places/<int:place_id>/health/poster")
@allow(Role.ENTERPRISE)
def health_poster(place_id: int) -> str:
    return _poster_page(here(place_id), "enterprise/health_poster.html")


@bp.get("/places/<int:place_id>/health/poster/progress")
@allow(Role.ENTERPRISE)
def health_poster_progress(place_id: int) -> str:
    """The part of the page that changes by itself."""
    return _poster_page(here(place_id), "enterprise/health_poster_part.html")


@bp.post("/places/<int:place_id>/health/poster/new")
@allow(Role.ENTERPRISE)
def health_poster_make(place_id: int) -> ResponseReturnValue:
    here(place_id)
    links.make_poster(place_id, g.actor, now())
    return redirect(url_for(".health_poster", place_id=place_id))


@bp.post("/places/<int:place_id>/health/poster/revoke")
@allow(Role.ENTERPRISE)
def health_poster_revoke(place_id: int) -> ResponseReturnValue:
    here(place_id)
    links.revoke_poster(place_id, g.actor, now())
    flash(_("海报已作废，再扫就打不开了。请把贴出去的收回来。"))
    return redirect(url_for(".health_poster", place_id=place_id))


@bp.get("/places/<int:place_id>/health/poster.pdf")
@allow(Role.ENTERPRISE)
def health_poster_pdf(place_id: int) -> Response:
    place = here(place_id)
    poster = links.poster_of(place_id, g.actor)
    if poster is None or poster.pdf is None:
        raise NotFound(place_id)
    name = _("健康登记海报 %(place)s.pdf", place=place.name)
    return downloads.answer(poster.pdf, PDF, name, inline=True)


def _poster_page(place: Place, template: str) -> str:
    return render_template(template, place=place, poster=links.poster_of(place.id, g.actor))


def _links(place_id: int, most: int) -> tuple[list[tuple[str, str, str]], int | None]:
    """A page of names and posts with their links, and where the next one begins."""
    seq, after = rosters.latest_seq(place_id) or 0, number_in("after") or 0
    found = stafflinks.named(place_id, seq, now(), after, most + 1)
    page = [
        (name, post, link_address(stafflinks.code_of(link))) for name, post, link in found[:most]
    ]
    return page, found[most - 1][2].line if len(found) > most else None
