"""What a document says: the frozen input of the page, kept as JSON beside the issued file."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from workflow.core.letters import LetterKind

# Letters to the outside; the papers of the procedure have no printing record.
_FILED = frozenset({LetterKind.NOTICE, LetterKind.REFUSAL, LetterKind.NON_ACCEPTANCE})


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One confirmed item of the annex; `result` is already a word: 合格, 不合格 or 不涉及."""

    code: str
    group: str
    text: str
    result: str
    note: str


@dataclass(frozen=True, slots=True)
class Particular:
    """One row of a record's table: what is recorded, and the words for it."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the text (一、…). Several lines are numbered, a single one is not."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContent:
    """Everything a page is made of. Equal contents give equal bytes before signing.

    The page has, in this order: the addressee (or the particulars of a record), the body, the
    conditions, the sections and the closing lines. The checklist is an annex, and so are the
    conditions where the page has no room for them. `copies` are the offices that get a copy.
    `document_id` fixes the identifier inside the PDF. `mark` is printed on every page of a document
    without effect (a demo, a self-test) and is None on a real one. `staff` is the roster in
    numbers, at the head of the checklist; earlier documents have none.
    """

    kind: LetterKind
    issuer: str
    number: str
    title: str
    addressee: str
    place: str
    address: str
    campaign: str
    filing: str
    filing_number: str
    particulars: tuple[Particular, ...] = ()
    body: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...] = ()
    checklist: tuple[ChecklistLine, ...] = ()
    checklist_title: str = ""
    staff: str = ""
    copies: tuple[str, ...] = ()
    issued_on: date
    document_id: str
    verify_url: str
    typed_code: str
    mark: str | None
    contact: str

    @property
    def filed(self) -> bool:
        """Whether the last page ends with the printing record (版记), as a letter's does."""
        return self.kind in _FILED

    def to_json(self) -> str:
        """Give the stored form: sorted keys, so that equal contents are equal strings."""
        values = asdict(self) | {
            "kind": self.kind.value,
            "issued_on": self.issued_on.isoformat(),
        }
        return json.dumps(values, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "DocumentContent":
        """Read the stored form. What is missing or unknown raises TypeError, Key- or ValueError."""
        values: dict[str, Any] = json.loads(text)
        plain = ("body", "conditions", "closing", "copies")
        return cls(
            **values
            | {name: tuple(values[name]) for name in plain}
            | {
                "kind": LetterKind(values["kind"]),
                "particulars": tuple(Particular(**row) for row in values["particulars"]),
                "sections": tuple(
                    Section(part["heading"], tuple(part["lines"])) for part in values["sections"]
                ),
                "checklist": tuple(ChecklistLine(**line) for line in values["checklist"]),
                "issued_on": date.fromisoformat(values["issued_on"]),
            }
        )
