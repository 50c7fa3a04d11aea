"""One mail for each person with all they have not read, and never a second one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from threading import Barrier, Thread

import pytest
from flask import Flask

from tests.cast import AT, Cast, accept, accepted, submitted
from tests.smtp import Town, free_port, mail_server
from tests.usecases.test_escalating import due
from web.newswords import write_mail
from workflow.core.days import day_of
from workflow.notify.mail import Post
from workflow.store.db import db, transaction
from workflow.usecases import mailing, talking, telling
from workflow.usecases.escalating import escalate

LATER = AT + timedelta(minutes=11)
NIGHT = AT + timedelta(hours=12)
SENDER = "fugong@town.example"


@pytest.fixture
def box() -> Iterator[Town]:
    with mail_server() as town:
        yield town


@pytest.fixture
def post(box: Town) -> Post:
    return replace(Post.at(box.url, SENDER), sender_name="样例镇复工服务")


@pytest.fixture
def office(cast: Cast) -> str:
    """The office wants mail; two filings wait for it."""
    telling.set_address("office@town.example", cast.office)
    submitted(cast.he)
    submitted(cast.zhe)
    return "office@town.example"


def send(post: Post, at: object = LATER) -> int:
    return mailing.write_to_all(post, write_mail, at)  # type: ignore[arg-type]


def body(message: EmailMessage) -> str:
    return str(message.get_content())


def unmailed() -> int:
    query = "SELECT count(*) FROM notifications WHERE mailed_at IS NULL AND settled_at IS NULL"
    found = db.session.scalars(db.text(query)).one()
    db.session.rollback()
    return int(found)


def test_one_mail_tells_all_of_it_with_what_to_do(box: Town, post: Post, office: str) -> None:
    assert send(post) == 1
    (mail,) = box.taken
    assert mail["To"] == office
    assert mail["From"] == f"样例镇复工服务 <{SENDER}>"
    assert mail["Subject"] == "【样例镇复工服务】2 件事请您看"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@town.example>")
    assert mail.get_content_type() == "text/plain"
    words = body(mail)
    assert "2 件待初审。请核对材料齐不齐，受理或者退回补正。" in words
    assert "虚构云雀食品有限公司，一号厂区" in words
    assert "/office/cases/" in words
    assert "http" in words
    assert words.count("请核对材料") == 1, "said once for all cases of the kind"
    assert "何样本" not in words, "no person's name"


def test_the_same_is_never_sent_twice(box: Town, post: Post, office: str) -> None:
    send(post)
    assert send(post, LATER + timedelta(hours=1)) == 0
    assert len(box.taken) == 1


def test_nothing_is_sent_before_it_was_quiet_for_a_while(
    box: Town, post: Post, office: str
) -> None:
    assert send(post, AT + timedelta(minutes=9)) == 0
    assert box.taken == []


def test_what_was_read_or_done_by_others_is_not_sent(
    box: Town, post: Post, cast: Cast, office: str
) -> None:
    cases = db.session.scalars(db.text("SELECT id FROM cases ORDER BY id")).all()
    db.session.rollback()
    telling.read_case(cases[0], cast.office, AT)
    accept(cases[1])
    assert send(post) == 0


def test_who_gave_no_address_gets_no_mail(box: Town, post: Post, cast: Cast) -> None:
    submitted(cast.he)
    assert send(post) == 0
    assert box.tried == []


def test_at_night_only_what_is_overdue_is_sent(
    box: Town, post: Post, cast: Cast, office: str
) -> None:
    assert send(post, NIGHT) == 0
    case_id = submitted(cast.lv)
    due(case_id, day_of(AT) - timedelta(days=1))
    escalate(AT)
    assert send(post, NIGHT) == 1
    assert "1 件已超时。请马上办。" in body(box.taken[0])


def test_old_news_is_no_news(box: Town, post: Post, office: str) -> None:
    assert send(post, AT + timedelta(days=8)) == 0


def test_what_left_the_readers_field_is_not_sent(box: Town, post: Post, cast: Cast) -> None:
    telling.set_address("lin@town.example", cast.lin)
    case_id = accepted(cast.he)
    talking.say(case_id, "几点来？", cast.he, AT)
    with transaction() as session:
        session.execute(db.text("UPDATE cases SET field_id = 2 WHERE id = :id"), {"id": case_id})
    assert send(post) == 0


def test_two_workers_send_one_mail(app: Flask, box: Town, post: Post, office: str) -> None:
    start, sent = Barrier(4), []

    def work() -> None:
        with app.app_context():
            start.wait()
            sent.append(send(post))

    workers = [Thread(target=work) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sum(sent) == 1
    assert len(box.taken) == 1


def test_a_worker_that_dies_while_sending_leaves_nothing_to_send_again(
    box: Town, post: Post, office: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Post, "send", die)
        with pytest.raises(KeyboardInterrupt):
            send(post)
    assert send(post) == 0
    assert box.taken == []


@pytest.mark.parametrize(
    ("at_recipient", "at_text"),
    [
        ("450 later", "250 OK"),
        ("lose", "250 OK"),
        ("250 OK", "554 not this text"),
        ("250 OK", "451 later"),
    ],
)
def test_what_was_surely_not_taken_is_sent_again(
    box: Town, post: Post, office: str, at_recipient: str, at_text: str
) -> None:
    box.at_recipient, box.at_text = at_recipient, at_text
    assert send(post) == 0
    assert box.taken == []
    box.at_recipient = box.at_text = "250 OK"
    assert send(post) == 1
    assert len(box.taken) == 1


def test_a_server_that_is_away_costs_one_try_and_nothing_is_lost(
    box: Town, post: Post, cast: Cast, office: str
) -> None:
    telling.set_address("he@enterprise.example", cast.he)
    talking.say(accepted(cast.lv), "几点来？", cast.lv, AT)
    before = unmailed()
    assert send(Post.at(f"smtp://127.0.0.1:{free_port()}", SENDER)) == 0
    assert unmailed() == before
    assert send(post) == 1


def test_a_connection_lost_after_the_text_is_not_tried_again(
    box: Town, post: Post, office: str
) -> None:
    box.at_text = "lose"
    assert send(post) == 0
    assert len(box.taken) == 1, "the server has it, and could not say so"
    box.at_text = "250 OK"
    assert send(post) == 0
    assert len(box.taken) == 1


def test_a_wrong_address_is_tried_once_and_its_owner_is_told(
    box: Town, post: Post, cast: Cast, office: str
) -> None:
    telling.set_address("lin@town.example", cast.lin)
    first = db.session.scalars(db.text("SELECT min(id) FROM cases")).one()
    db.session.rollback()
    talking.say(accept(first), "几点来？", cast.he, AT)
    box.wrong = frozenset({office})
    assert send(post) == 1, "the others get theirs"
    assert telling.address_of(cast.office) == (office, True)
    db.session.rollback()
    assert send(post, LATER + timedelta(minutes=5)) == 0
    assert box.tried.count(office) == 1
    telling.set_address("office2@town.example", cast.office)
    assert send(post, LATER + timedelta(minutes=10)) == 1
    assert box.taken[-1]["To"] == "office2@town.example"


def test_nobody_learns_that_another_account_has_an_address(cast: Cast, office: str) -> None:
    telling.set_address(office, cast.he)
    assert telling.address_of(cast.he) == (office, False)
    assert telling.address_of(cast.office) == (office, False)
    telling.set_address("", cast.office)
    assert telling.address_of(cast.he) == (office, False)


def test_a_password_is_never_sent_in_clear(box: Town, office: str) -> None:
    url = box.url.replace("smtp://", "smtp://town:secret@")
    assert send(Post.at(url, SENDER)) == 0
    assert box.tried == []


@pytest.mark.parametrize("url", ["http://x", "smtp://", "mail.example", "smtp://x:port"])
def test_an_address_that_is_none_of_a_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"smtp|[Pp]ort"):
        Post.at(url, SENDER)


def test_a_line_that_begins_with_a_dot_arrives_as_it_was(box: Town, post: Post) -> None:
    letter = mailing.Letter("a@b.example", "题目\u3000很长" * 20, ".\n..\n中文", "one", AT)
    post.send(letter)
    (mail,) = box.taken
    assert body(mail).replace("\r\n", "\n").strip("\n") == ".\n..\n中文"
    assert mail["Subject"] == "题目\u3000很长" * 20
