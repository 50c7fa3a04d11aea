"""The materials (材料) of a filing and the files given for each, as officers look through them."""

from dataclasses import dataclass

from web.plan import Given
from workflow.core.facts import Facts
from workflow.core.filings import Made
from workflow.store.cases import Case
from workflow.usecases.views import SCAN


@dataclass(frozen=True, slots=True)
class Paper:
    """One material that was asked, or (without a key) what was given beside them."""

    key: str
    label: str
    files: tuple[Given, ...]


def papers(case: Case, facts: Facts, files: list[Given]) -> list[Paper]:
    """Every material that comes as files, then the files that were not asked for."""
    asked = [
        one for one in case.catalogue.pack.materials(case.kind, facts) if one.made is Made.FILE
    ]
    names = [(one, {one.key} | one.proves) for one in asked]
    found = [
        Paper(one.key, one.label, tuple(file for file in files if known & set(file.codes)))
        for one, known in names
    ]
    taken = {file.sha256 for one in found for file in one.files}
    rest = tuple(one for one in files if one.sha256 not in taken and SCAN not in one.codes)
    return [*found, Paper("", "", rest)] if rest else found
