"""What people are told of their cases, as the doors show it: the number, the list, the address."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.address import AddressForm
from web.clock import now
from web.guards import allow
from web.newswords import NEWS_LABELS, PLACE_PAGES, groups, link
from web.rosterpages import number_in
from workflow.core.refusals import NotFound
from workflow.core.roles import Role
from workflow.core.telling import News
from workflow.store import newslists
from workflow.usecases import telling

OF_EACH = 10  # cases of one kind on the first page
ON_A_PAGE = 50


def notification_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door its notifications; opening a case at ``<door>.case`` reads those of it."""
    _around(door)
    _reading(door, *roles)
    _changing(door, *roles)


def _around(door: Blueprint) -> None:
    pages = {f"{door.name}.{name}" for name in PLACE_PAGES}

    @door.context_processor
    def counted() -> dict[str, object]:
        """For the bell; ``news_at`` is the page it leads to."""
        return {
            "news_waiting": lambda: newslists.count_unread(g.actor),
            "news_at": f"{door.name}.notifications",
        }

    @door.before_request
    def opened() -> None:
        if request.method != "GET" or g.actor is None:
            return
        told = request.view_args or {}
        if request.endpoint == f"{door.name}.case":
            telling.read_case(told["case_id"], g.actor, now())
        elif request.endpoint in pages and "place_id" in told:
            telling.read_place(told["place_id"], g.actor, now())


def _reading(door: Blueprint, *roles: Role) -> None:
    @door.get("/notifications")
    @allow(*roles)
    def notifications() -> str:
        """What was not read, by kind and case."""
        return _page(door, AddressForm(data={"address": telling.address_of(g.actor)[0]}))

    @door.get("/notifications/<kind>")
    @allow(*roles)
    def notifications_of(kind: str) -> str:
        """All unread of one kind, or what was read or done (``earlier``), in pages."""
        news = None if kind == "earlier" else _news(kind)
        before = number_in("before")
        lines = newslists.page(g.actor, ON_A_PAGE + 1, news=news, before=before)
        return render_template(
            "notifications/page.html",
            door=door.name,
            title=_("看过的、办过的") if news is None else NEWS_LABELS[news],
            lines=lines[:ON_A_PAGE],
            last=lines[ON_A_PAGE - 1].last_id if len(lines) > ON_A_PAGE else None,
            kind=kind,
            **_words(door),
        )


def _changing(door: Blueprint, *roles: Role) -> None:
    @door.post("/notifications/read")
    @allow(*roles)
    def notifications_read() -> ResponseReturnValue:
        telling.read_all(number_in("up_to") or 0, g.actor, now())
        flash(_("都记为看过了"))
        return redirect(url_for(".notifications"))

    @door.post("/notifications/address")
    @allow(*roles)
    def notifications_address() -> ResponseReturnValue:
        form = AddressForm()
        if not form.validate_on_submit():
            return _page(door, form), 422
        telling.set_address(form.to_address(), g.actor)
        flash(_("已存下邮箱") if form.to_address() else _("已删掉邮箱，不再发信"))
        return redirect(url_for(".notifications"))


def _page(door: Blueprint, form: AddressForm) -> str:
    lines = newslists.unread(g.actor, OF_EACH)
    return render_template(
        "notifications/list.html",
        door=door.name,
        groups=groups(lines),
        up_to=max((line.last_id for line in lines), default=0),
        form=form,
        refused=telling.address_of(g.actor)[1],
        mails=bool(current_app.config["SETTINGS"].mail_url),
        **_words(door),
    )


def _words(door: Blueprint) -> dict[str, object]:
    return {
        "link": lambda line: link(line, door.name),
        "labels": NEWS_LABELS,
    }


def _news(kind: str) -> News:
    if kind not in {one.value for one in News}:
        raise NotFound(kind)
    return News(kind)
