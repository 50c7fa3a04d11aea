"""What points hang on: whether it exists in a submission, and what it is called."""

from collections.abc import Iterator

from workflow.core.corrections import Anchor
from workflow.store.cases import Case
from workflow.usecases.views import submitted_facts

WHOLE = "申报整体"


def label(case: Case, anchor: Anchor, key: str) -> str | None:
    """What an anchor is called in the submission in force; None where there is no such thing."""
    return dict(anchors(case, anchor)).get(key) if anchor is not Anchor.ROSTER_ROW else _row(key)


def anchors(case: Case, anchor: Anchor) -> Iterator[tuple[str, str]]:
    """Every key and name that points of a kind may hang on, in the order of the filing."""
    pack, facts = case.catalogue.pack, submitted_facts(case)
    match anchor:
        case Anchor.FACT:
            for section in case.kind.sections:
                yield from ((one.key, one.label) for one in pack.asked(section, facts))
        case Anchor.REQUIREMENT:
            yield from ((one.code, one.requirement.text) for one in pack.held(facts))
        case Anchor.ATTACHMENT:
            yield from ((one["sha256"], one["name"]) for one in case.submission.attachments)
        case Anchor.MATERIAL:
            yield from ((one.key, one.label) for one in pack.materials(case.kind, facts))
        case Anchor.PART:
            yield from ((one.key, one.title) for one in pack.parts(case.kind, facts))
        case Anchor.WHOLE:
            yield "", WHOLE


def _row(key: str) -> str | None:
    return f"花名册第{key}号" if key.isascii() and key.isdecimal() else None
