"""The poster that is compared with an approved picture.

    .venv/bin/python -m tests.issuing.posters

draws it anew and approves it. Look at the picture before committing it.
"""

import sys
from datetime import date

from tests.issuing.pictures import REFERENCES, drawn
from tests.issuing.places import FONTS, TEMPLATES
from workflow.issuing.poster import PosterContent, print_poster
from workflow.issuing.rendering import Renderer

NAME = "poster"
ADDRESS = "https://fugong.example/p/00000001abcdefghijklmnop"
POSTER = PosterContent(
    enterprise="虚构云雀食品有限公司",
    place="一号厂区",
    url=ADDRESS,
    since=date(2026, 11, 16),
    until=date(2027, 1, 22),
    deleted_on=date(2027, 2, 21),
    issuer="样例镇企业复工指导工作组",
    contact="000-00000000",
    mark="自检样本·无效",
)


def _approve() -> None:
    pages = drawn(print_poster(Renderer(TEMPLATES, FONTS), POSTER))
    for number, page in enumerate(pages, 1):
        page.point(lambda value: round(value / 17) * 17).save(
            REFERENCES / f"{NAME}.{number}.png", optimize=True
        )
    sys.stdout.write(f"{NAME}: {len(pages)}\n")


if __name__ == "__main__":
    _approve()
