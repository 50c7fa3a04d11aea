"""What an officer found for one requirement."""

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """The three answers of a checklist (核查结果)."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "na"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist: the verdict on a requirement, with the officer's own words."""

    code: str
    verdict: Verdict
    note: str = ""
