"""Addresses that no plain mail server can even name."""

from tests.cast import AT, Cast, submitted
from tests.smtp import mail_server
from tests.usecases.test_mailing import SENDER, send
from workflow.notify.mail import Post
from workflow.usecases import talking, telling


def test_an_address_that_cannot_be_written_to_keeps_nobody_else_from_mail(cast: Cast) -> None:
    telling.set_address("office@town.example", cast.office)
    telling.set_address("用户@例子.example", cast.lv)
    talking.say(submitted(cast.lv), "请补照片", cast.office, AT)
    with mail_server() as box:
        assert send(Post.at(box.url, SENDER)) == 1
    assert [mail["To"] for mail in box.taken] == ["office@town.example"]
    assert telling.address_of(cast.lv)[1], "whoever gave it is told that it takes no mail"
