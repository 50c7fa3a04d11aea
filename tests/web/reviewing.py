"""What the tests of the officer's page share: addresses, and what is read from a page."""

import re

from tests.cast import AT, fresh_codes, submitted, version_of
from tests.pages import Visitor
from workflow.core.corrections import Anchor, Fault
from workflow.core.roles import Actor
from workflow.usecases import correcting, filing, submitting


def page_of(door: str, case_id: int) -> str:
    return f"/{door}/cases/{case_id}"


def seen(case_id: int, **more: str) -> dict[str, str]:
    """A form as a page opened now would send it."""
    return {"version": str(version_of(case_id))} | more


def bar(html: str) -> str:
    """The action bar; empty where the page has none."""
    found = re.search(r'<div class="actionbar".*?(?=</main>)', html, re.DOTALL)
    return found[0] if found else ""


def offered(visitor: Visitor, door: str, case_id: int) -> set[str]:
    """The actions that the page offers, blocked ones left out."""
    html = bar(visitor.get(page_of(door, case_id)).text)
    links = re.findall(rf'href="/{door}/cases/{case_id}/([a-z-]+)"', html)
    buttons = re.findall(r'name="then" value="([a-z_]+)"', html)
    return {one.replace("-", "_") for one in [*links, *buttons]}


def returned(clerk: Actor, officer: Actor, words: str = "请改小") -> int:
    """A filing that was given back for its number of people."""
    case_id = submitted(clerk)
    correcting.raise_point(case_id, Anchor.FACT, "headcount", Fault.UNCLEAR, words, officer, AT)
    correcting.return_case(case_id, version_of(case_id), officer, AT, fresh_codes)
    return case_id


def handed_in_again(case_id: int, clerk: Actor, **answers: object) -> int:
    """Answered otherwise, and handed in again."""
    filing.save_answers(case_id, answers, version_of(case_id), clerk, AT)  # type: ignore[arg-type]
    submitting.submit(case_id, version_of(case_id), clerk, AT)
    return case_id
