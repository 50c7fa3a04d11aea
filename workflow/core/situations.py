"""What decides between two rows of the table that are otherwise alike."""

from workflow.core.guards import CaseView


def always(case: CaseView) -> bool:
    return True


def once_accepted(case: CaseView) -> bool:
    """A filing that was accepted comes back to the liaison, not to the office."""
    return case.accepted


def from_above(case: CaseView) -> bool:
    """The level below the one that sends it back is not the liaison's."""
    return case.level > 1


def by_several(case: CaseView) -> bool:
    return len(case.levels) > 1
