"""The words of an adverse document: the town's settings say how to be heard and to appeal."""

from workflow.core.letters import LetterKind
from workflow.issuing import wording
from workflow.issuing.content import DocumentContent
from workflow.issuing.wording import Heading
from workflow.store.towns import this_town
from workflow.usecases.letters import Compose


def adverse(kind: LetterKind, facts: str, basis: str) -> Compose:
    """``facts`` and ``basis`` a line each."""
    town = this_town()

    def compose(head: Heading) -> DocumentContent:
        return wording.refusal(
            head,
            kind,
            facts=_lines(facts),
            basis=_lines(basis),
            hearing=town.hearing,
            remedies=town.remedies,
        )

    return compose


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
