"""Whether a campaign pack hangs together: everything wrong with it, in sentences."""

from collections import Counter
from collections.abc import Iterator, Mapping
from string import Formatter

from workflow.core.facts import CLASS, FactDefinition
from workflow.core.filings import PART_WORDS, Filing, Made, blanks
from workflow.core.formulas import FORMULAS, NEEDED
from workflow.core.packs import NOTICE_WORDS, Pack
from workflow.core.requirements import Phase
from workflow.core.roles import Role
from workflow.core.terms import Term

MOST_LEVELS = 3
DECIDES_ABOVE = frozenset({Role.OFFICE, Role.COMMAND})


def found(pack: Pack) -> Iterator[str]:
    """The problems of a pack, one sentence each."""
    facts = {fact.key: fact for fact in pack.facts}
    classes = {key for key, _ in facts[CLASS].choices} if CLASS in facts else set()
    names = [fact.key for fact in pack.facts] + [one.code for one in pack.requirements]
    names += {one.key for filing in pack.filings for one in filing.materials}
    yield from (f"{key} stands twice" for key, times in Counter(names).items() if times > 1)
    filing_keys = Counter(one.key for one in pack.filings)
    yield from (f"filing {key} stands twice" for key, times in filing_keys.items() if times > 1)
    for fact in pack.facts:
        unknown = sorted(fact.asked_of - classes)
        yield from (f"{fact.key} is asked of unknown class {one}" for one in unknown)
        yield from _nonsense(fact.key, fact.asked_when, facts)
    for filing in pack.filings:
        yield from _of_filing(filing, pack, facts)
        yield from _of_deciding(filing)
    yield from _of_requirements(pack, facts, classes)
    for key, parameters in pack.quantities.items():
        lacking = sorted(NEEDED.get(key, frozenset()) - set(parameters))
        yield from (f"quantity {key} lacks {name}" for name in lacking)
    yield from _nonsense("the negative list", pack.closed, facts)
    for one in pack.beyond:
        yield from _nonsense(one.rule, one.when, facts)
    notice = pack.notice
    if notice is None and not pack.beyond:
        yield "the town neither issues a notice nor leaves the decision to another authority"
    for line in (*notice.body, *notice.conditions) if notice else ():
        yield from (f"the notice cannot fill {{{one}}}" for one in _blanks(line) - NOTICE_WORDS)


def _of_filing(filing: Filing, pack: Pack, facts: Mapping[str, FactDefinition]) -> Iterator[str]:
    codes = {one.code for one in pack.requirements}
    for section in filing.sections:
        unknown = [key for key in section.facts if key not in facts]
        yield from (f"section {section.key} asks unknown fact {key}" for key in unknown)
    written = {one.key for one in filing.materials if one.made is Made.PART}
    yield from (
        f"part {key} and material {key} need each other"
        for key in sorted(written ^ {one.key for one in filing.parts})
    )
    for part in filing.parts:
        for paragraph in part.paragraphs:
            yield from _nonsense(f"part {part.key}", paragraph.when, facts)
            strange = sorted(blanks(paragraph.text) - set(facts) - PART_WORDS)
            yield from (f"part {part.key} cannot fill {{{name}}}" for name in strange)
    for material in filing.materials:
        yield from _nonsense(f"material {material.key}", material.when, facts)
        strange = sorted(material.proves - codes)
        yield from (f"material {material.key} proves unknown {code}" for code in strange)


def _of_deciding(filing: Filing) -> Iterator[str]:
    """How a filing is decided: its levels, the days each stage has, the departments it asks."""
    name, levels = f"filing {filing.key}", filing.levels
    if not 1 <= len(levels) <= MOST_LEVELS:
        yield f"{name} has {len(levels)} levels, and not one to three"
    if levels and levels[0] is not Role.LIAISON:
        yield f"{name} is first decided by the {levels[0].value}, and not by the liaison"
    strange = (one.value for one in levels[1:] if one not in DECIDES_ABOVE | {Role.LIAISON})
    yield from (f"{name} cannot be decided by the {one}" for one in strange)
    times = Counter(one.value for one in levels)
    yield from (f"{name} is decided twice by the {one}" for one in times if times[one] > 1)
    short = (stage.value for stage, days in filing.limits.items() if not _some(days))
    yield from (f"{name} gives no working day to {stage}" for stage in short)
    if filing.changes and filing.early:
        yield f"{name} cannot be early: it changes what is allowed already"
    asked = Counter(one.department for one in filing.opinions)
    yield from (f"{name} asks {one} twice" for one, times in asked.items() if times > 1)
    hasty = (one.department for one in filing.opinions if not _some(one.days))
    yield from (f"{name} gives no working day to {one}" for one in hasty)
    if not all(asked):
        yield f"{name} asks a department without a name"


def _some(days: object) -> bool:
    return isinstance(days, int) and not isinstance(days, bool) and days >= 1


def _of_requirements(
    pack: Pack, facts: Mapping[str, FactDefinition], classes: set[str]
) -> Iterator[str]:
    for requirement in pack.requirements:
        unknown = sorted(requirement.classes - classes)
        yield from (f"{requirement.code} is for unknown class {one}" for one in unknown)
        yield from _nonsense(requirement.code, requirement.when, facts)
        quantity = requirement.quantity
        given = quantity in pack.quantities or not NEEDED.get(quantity)
        if quantity and (quantity not in FORMULAS or not given):
            yield f"{requirement.code} needs unknown quantity {quantity}"
        if requirement.confirmed_by_data and requirement.phase is not Phase.BEFORE:
            yield f"{requirement.code} is confirmed by data, but not before reopening"


def _nonsense(name: str, when: Term | None, facts: Mapping[str, FactDefinition]) -> Iterator[str]:
    """Comparisons that could not be made, or could never come out true."""
    for leaf in when.leaves() if when else ():
        if leaf.fact not in facts:
            yield f"{name} uses unknown fact {leaf.fact}"
        elif not leaf.fits(facts[leaf.fact]):
            yield f"{name} cannot ask {leaf.fact} {leaf.op} {leaf.value!r}"


def _blanks(line: str) -> set[str]:
    """The names in braces, with all that stands in the braces."""
    return {
        name + (f"!{conversion}" if conversion else "") + (f":{layout}" if layout else "")
        for _, name, layout, conversion in Formatter().parse(line)
        if name is not None
    }
