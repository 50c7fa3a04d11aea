"""Personal links and posters: given, found by their code alone, ended; by two clerks at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from tests.cast import Cast
from tests.health.town import AT, NUMBERS, TODAY, hire, link_of, open_campaign, place_of
from workflow.core.refusals import NotFound, Refused
from workflow.core.roles import Actor
from workflow.store import rosters, stafflinks
from workflow.store.db import db
from workflow.store.healthcampaigns import HealthCampaign
from workflow.store.stafflinks import Poster, StaffLink
from workflow.usecases import rostering
from workflow.usecases.health import links
from workflow.usecases.health.places import on_roster

LAST = TODAY + timedelta(days=60)


def at_once(app: Flask, do, times: int = 4) -> list[object]:
    """The same thing by several at the same time, each with a connection of its own."""
    db.session.rollback()

    def work(_: int) -> object:
        with app.app_context():
            return do()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(work, range(times)))


def test_everybody_is_given_one_link_and_keeps_it(cast: Cast) -> None:
    open_campaign(cast)
    lines = {hire(cast, "赵甲", NUMBERS[0]), hire(cast, "钱乙", NUMBERS[1])}
    given = links.give_links(place_of(cast), None, cast.he, AT)
    assert set(given) == lines
    again = links.give_links(place_of(cast), None, cast.he, AT + timedelta(days=1))
    assert {one.id for one in again.values()} == {one.id for one in given.values()}
    seq = rosters.latest_seq(place_of(cast)) or 0
    assert stafflinks.with_links(place_of(cast), seq, AT) == 2


def test_two_clerks_at_once_give_one_link_each(app: Flask, cast: Cast) -> None:
    open_campaign(cast)
    place_id = place_of(cast)
    hire(cast, "赵甲", NUMBERS[0])
    at_once(app, lambda: len(links.give_links(place_id, None, cast.he, AT)))
    assert db.session.scalar(select(func.count()).select_from(StaffLink)) == 1


def test_a_link_ends_with_the_campaign_and_lasts_longer_with_it(cast: Cast) -> None:
    campaign_id = open_campaign(cast)
    line = hire(cast, "赵甲", NUMBERS[0])
    code = stafflinks.code_of(link_of(cast, line))
    last = datetime.fromisoformat(f"{LAST}T23:59:00+08:00")
    assert stafflinks.link(code, last)
    assert stafflinks.link(code, last + timedelta(minutes=1)) is None
    db.session.get_one(HealthCampaign, campaign_id).ends_on = LAST + timedelta(days=7)
    db.session.commit()
    assert stafflinks.code_of(link_of(cast, line)) == code
    assert stafflinks.link(code, last + timedelta(days=6))


def test_a_revoked_link_is_dead_and_the_next_one_is_another(cast: Cast) -> None:
    open_campaign(cast)
    line, place_id = hire(cast, "赵甲", NUMBERS[0]), place_of(cast)
    code = stafflinks.code_of(link_of(cast, line))
    links.revoke_link(place_id, line, cast.he, AT)
    assert stafflinks.link(code, AT) is None
    other = stafflinks.code_of(link_of(cast, line))
    assert other != code
    assert links.revoke_links(place_id, cast.he, AT) == 1
    assert stafflinks.link(other, AT) is None


def test_a_link_dies_with_the_line_of_the_roster(cast: Cast) -> None:
    open_campaign(cast)
    line, place_id = hire(cast, "赵甲", NUMBERS[0]), place_of(cast)
    link = link_of(cast, line)
    rostering.remove_person(place_id, line, rosters.one(place_id, line).from_seq, cast.he, AT)
    with pytest.raises(NotFound):
        on_roster(link.place_id, link.line)
    assert links.give_links(place_id, None, cast.he, AT) == {}
    assert hire(cast, "赵甲", NUMBERS[0]) == line  # whoever comes back is the same
    assert links.give_links(place_id, None, cast.he, AT) == {line: link}


def test_a_code_of_a_large_number_is_found(cast: Cast) -> None:
    open_campaign(cast)
    line = hire(cast, "赵甲", NUMBERS[0])
    for number in (99_999_999, 100_000_000, 2_147_483_646):
        db.session.execute(text(f"SELECT setval('staff_links_id_seq', {number}, false)"))
        db.session.commit()
        links.revoke_links(place_of(cast), cast.he, AT)
        link = link_of(cast, line)
        code = stafflinks.code_of(link)
        assert link.id == number
        assert stafflinks.link(code, AT) == link
        db.session.execute(text("DELETE FROM staff_links"))
        db.session.commit()


def test_codes_that_we_did_not_make_find_nothing(cast: Cast) -> None:
    open_campaign(cast)
    code = stafflinks.code_of(link_of(cast, hire(cast, "赵甲", NUMBERS[0])))
    made = links.make_poster(place_of(cast), cast.he, AT)
    assert stafflinks.poster(stafflinks.code_of(made)) == made
    wrong = "a" if code[-1] != "a" else "b"
    guesses = ["", "0", code[:-1], code + "a", code[:-1] + wrong, "0" + code, "１" + code[1:]]
    guesses += ["9" * 30, "-" + code[1:], "x" * 24, code.upper(), stafflinks.code_of(made)]
    guesses += ["9" * 5000 + code[-16:], "\0" * 24, code[:8] + "0" * 16]
    assert [stafflinks.link(one, AT) for one in guesses] == [None] * len(guesses)
    assert stafflinks.poster(code) is None


def test_a_new_poster_ends_the_one_before(cast: Cast) -> None:
    open_campaign(cast)
    first = stafflinks.code_of(links.make_poster(place_of(cast), cast.he, AT))
    second = stafflinks.code_of(links.make_poster(place_of(cast), cast.he, AT))
    assert stafflinks.poster(first) is None
    assert stafflinks.poster(second)
    links.revoke_poster(place_of(cast), cast.he, AT)
    links.revoke_poster(place_of(cast), cast.he, AT)
    assert stafflinks.poster(second) is None


@pytest.mark.parametrize("made_before", [False, True])
def test_several_posters_at_once_leave_one(app: Flask, cast: Cast, made_before: bool) -> None:
    open_campaign(cast)
    place_id = place_of(cast)
    if made_before:
        links.make_poster(place_id, cast.he, AT)
    at_once(app, lambda: links.make_poster(place_id, cast.he, AT).id)
    living = select(func.count()).select_from(Poster).where(Poster.revoked_at.is_(None))
    assert db.session.scalar(living) == 1


def test_the_poster_is_laid_out_by_a_job_and_its_sheet_ends_with_it(cast: Cast, drain) -> None:
    open_campaign(cast)
    first = links.make_poster(place_of(cast), cast.he, AT)
    second = links.make_poster(place_of(cast), cast.he, AT)
    drain()
    db.session.expire_all()
    assert (first.pdf, first.laid_out_at) == (None, None)
    assert (second.pdf or b"").startswith(b"%PDF")
    assert not links.keep_laid_out(second.id, b"other", AT)
    links.revoke_poster(place_of(cast), cast.he, AT)
    assert db.session.get_one(Poster, second.id, populate_existing=True).pdf is None


@pytest.mark.parametrize("who", ["zhe", "lv", "lin", "zhou"])
def test_nobody_else_gives_or_ends_anything(cast: Cast, who: str) -> None:
    open_campaign(cast)
    line, place_id = hire(cast, "赵甲", NUMBERS[0]), place_of(cast)
    code = stafflinks.code_of(link_of(cast, line))
    actor: Actor = getattr(cast, who)
    for attempt in (
        lambda: links.give_links(place_id, [line], actor, AT),
        lambda: links.revoke_link(place_id, line, actor, AT),
        lambda: links.revoke_links(place_id, actor, AT),
        lambda: links.make_poster(place_id, actor, AT),
        lambda: links.revoke_poster(place_id, actor, AT),
    ):
        with pytest.raises((NotFound, Refused)):
            attempt()
    assert stafflinks.link(code, AT)
