"""People of the run, of every kind of document; nobody else has these numbers."""

from dataclasses import dataclass

from workflow.core.papers import Document, DocumentKind, check_digit

DECADES = {"roster": 0, "poster": 50, "kept": 80}


@dataclass(frozen=True)
class Someone:
    """A person as they tell who they are. The name is one that stands nowhere else."""

    name: str
    kind: DocumentKind
    number: str
    mobile: str

    @property
    def document(self) -> Document:
        return Document(self.kind, self.number)

    @property
    def secrets(self) -> tuple[str, str]:
        return self.number, self.mobile


def _digits(first: str) -> str:
    return first + check_digit(first)


def _numbers(n: int) -> dict[DocumentKind, str]:
    return {
        DocumentKind.RESIDENT: _digits(f"9900{n:02d}199107{10 + n % 10}7{n:02d}"),
        DocumentKind.RESIDENCE: _digits(f"8300{n:02d}198808{10 + n % 10}3{n:02d}"),
        DocumentKind.HK_MACAU: f"H7394{n:02d}58",
        DocumentKind.TAIWAN: f"5831{n:02d}47",
        DocumentKind.PASSPORT: f"EK59{n:02d}7316",
        DocumentKind.FOREIGN: f"ABC38{n:02d}95271604",
    }


def of(where: str) -> list[Someone]:
    """One person of every kind."""
    first = DECADES[where]
    return [
        Someone(
            f"苏瑢{'甲乙丙丁子丑'[i]}{where}",
            kind,
            _numbers(first + i)[kind],
            f"1763852{first + i:02d}{i}9",
        )
        for i, kind in enumerate(DocumentKind)
    ]


ON_ROSTER = of("roster")
STRANGERS = of("poster")
KEPT = of("kept")[0]  # typed into a form that was sent too late
WRONG = "990099199107107" + "135"  # a resident's number with a slip in it, which a list keeps
EVERYONE = [*ON_ROSTER, *STRANGERS, KEPT]
SECRETS = [secret for one in EVERYONE for secret in one.secrets] + [WRONG]
NAMES = [one.name for one in EVERYONE]
