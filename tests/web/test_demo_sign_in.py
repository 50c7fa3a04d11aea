"""One click signs in, in a demo and nowhere else; as the roles offered and as nobody else."""

from dataclasses import replace

import pytest
from flask import Flask

from app import create_app
from tests.conftest import TEMPLATE, Server
from tests.pages import Visitor
from tests.web.test_settings import real
from web.frame import NoTown
from web.public.demo import CARDS
from web.settings import Settings
from workflow.store.db import db

PATH = "/demo/sign-in"
OFFERED = (
    *("yunque", "zhuanyuan", "qiyeban", "weisheng", "laodong"),
    *("yingji", "zhihuibu", "qianfa", "shenji", "guanli"),
)
HOMES = dict.fromkeys(
    ("weisheng", "laodong", "yingji"), "/office/queue"
)  # a department has no use for the office's own first page
__all__ = ["real"]


def click(visitor: Visitor, who: str, **more: str) -> str:
    answer = visitor.post(PATH, {"who": who, **more}, page="/")
    assert answer.status_code == 302
    return answer.location


@pytest.mark.parametrize("who", OFFERED)
def test_one_click_leads_to_the_home_of_the_role(app: Flask, who: str) -> None:
    visitor = Visitor(app)
    assert f'value="{who}"' in visitor.get("/").text
    assert click(visitor, who) == "/"
    name = {"yunque": "何样本", "zhuanyuan": "林示例"}.get(who, "示例")
    home = visitor.get("/", 200 if who == "shenji" else 302)
    page = home if home.status_code == 200 else visitor.get(HOMES.get(who, home.location))
    assert name in page.text
    assert "退出" in page.text


def test_only_accounts_that_are_there_are_offered(app: Flask) -> None:
    page = Visitor(app).get("/").text
    assert [card.username for card in CARDS if f'value="{card.username}"' in page] == list(OFFERED)


@pytest.mark.parametrize("who", ["boli", "gongdi", "", "nobody", "YUNQUE", "yunque\x00", "1"])
def test_nobody_else_can_be_signed_in_as(app: Flask, who: str) -> None:
    visitor = Visitor(app, "zhuanyuan")
    assert visitor.post(PATH, {"who": who}, page="/privacy").status_code == 404
    assert "林示例" in visitor.get("/liaison/").text  # and whoever was signed in still is


def test_the_session_before_has_ended(app: Flask) -> None:
    visitor, copied = Visitor(app, "qianfa"), Visitor(app)
    copied.take_cookies_of(visitor)
    click(visitor, "zhuanyuan")
    assert "林示例" in visitor.get("/liaison/").text
    assert "郑示例" not in copied.get("/").text


@pytest.mark.parametrize("place", ["//evil.example", "https://evil.example/", "/liaison/"])
def test_it_leads_nowhere_else(app: Flask, place: str) -> None:
    assert click(Visitor(app), "yunque", next=place) == "/"
    visitor = Visitor(app)
    answer = visitor.post(f"{PATH}?next={place}", {"who": "yunque"}, page="/")
    assert answer.location == "/"


def test_it_takes_a_token_and_a_post(app: Flask) -> None:
    visitor = Visitor(app)
    assert visitor.post_bare(PATH, {"who": "yunque"}, page="/").status_code == 400
    assert visitor.call("GET", PATH).status_code == 405


def test_a_town_without_the_mark_has_no_such_thing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(app)
    monkeypatch.setattr("web.frame.town", NoTown)
    assert visitor.post(PATH, {"who": "yunque"}).status_code == 404
    assert "演示" not in visitor.get("/").text


def test_production_does_not_even_know_the_address(
    real: Settings, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.production.is_development", lambda _: False)
    server.copy(TEMPLATE, "test_unmarked")  # its mark would stop the start, so that is kept quiet
    monkeypatch.setattr("web.production.town", lambda: None)
    url = server.url("test_unmarked").replace("postgresql://", "postgresql+psycopg://")
    app = create_app(replace(real, database_url=url))
    assert [rule for rule in app.url_map.iter_rules() if "demo" in rule.rule] == []
    with app.app_context():
        client = app.test_client()
        answer = client.post(PATH, data={"who": "yunque"}, base_url="https://localhost")
        assert answer.status_code == 404
        assert PATH not in client.get("/", base_url="https://localhost").text
        db.session.remove()
        db.engine.dispose()
