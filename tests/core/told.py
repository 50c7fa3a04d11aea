"""Facts as places may tell them, for hypothesis: of the kinds that the shipped pack asks."""

from hypothesis import strategies as st

from tests.packs import TEN
from workflow.catalogue.loading import load
from workflow.core.facts import FactDefinition, FactKind, FactValue

PACK = load(TEN)
FACTS = PACK.facts


def values_of(fact: FactDefinition) -> st.SearchStrategy[FactValue]:
    choices = [key for key, _ in fact.choices]
    match fact.kind:
        case FactKind.BOOL:
            return st.booleans()
        case FactKind.INT:
            return st.integers(-(10**9), 10**9)
        case FactKind.DATE:
            return st.dates()
        case FactKind.ENUM:
            return st.sampled_from(choices)
    return st.frozensets(st.sampled_from(choices))


SOME_FACTS = st.fixed_dictionaries({}, optional={fact.key: values_of(fact) for fact in FACTS})
