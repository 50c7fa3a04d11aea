"""What a notice says: the frozen input of the page, kept as JSON beside the issued file."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One confirmed item of the annex; `result` is already a word: 合格, 不合格 or 不涉及."""

    code: str
    group: str
    text: str
    result: str
    note: str


@dataclass(frozen=True, slots=True)
class NoticeContent:
    """Everything a page is made of. Equal contents give equal bytes before signing.

    `basis` stays empty unless the catalogue names a source: the page invents none. `document_id`
    fixes the identifier inside the PDF. `mark` is printed on every page of a document without
    effect (a demo, a self-test) and is None on a real one.
    """

    issuer: str
    number: str
    title: str
    addressee: str
    place: str
    address: str
    campaign: str
    filing: str
    acceptance_number: str
    basis: tuple[str, ...]
    body: tuple[str, ...]
    conditions: tuple[str, ...]
    checklist: tuple[ChecklistLine, ...]
    issued_on: date
    document_id: str
    verify_url: str
    typed_code: str
    mark: str | None
    contact: str

    def to_json(self) -> str:
        """Give the stored form: sorted keys, so that equal contents are equal strings."""
        values = asdict(self) | {"issued_on": self.issued_on.isoformat()}
        return json.dumps(values, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "NoticeContent":
        """Read the stored form. A missing or unknown field raises TypeError or KeyError."""
        values: dict[str, Any] = json.loads(text)
        return cls(
            **values
            | {
                "basis": tuple(values["basis"]),
                "body": tuple(values["body"]),
                "conditions": tuple(values["conditions"]),
                "checklist": tuple(ChecklistLine(**line) for line in values["checklist"]),
                "issued_on": date.fromisoformat(values["issued_on"]),
            }
        )
