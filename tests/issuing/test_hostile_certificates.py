"""A stranger's file must not keep the verifier busy, whatever certificates it brings."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workflow.issuing import signing
from workflow.issuing.authority import load_anchors, make_development_authority
from workflow.issuing.content import DocumentContent
from workflow.issuing.keys import SigningKey, load_signing_key
from workflow.issuing.rendering import Renderer
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import KeptKeySigner, Sealer
from workflow.issuing.specimen import SPECIMEN
from workflow.issuing.verification import Reason, verify

ROOT = Path(__file__).parent.parent.parent
NOW = datetime(2026, 11, 23, tzinfo=UTC)


class Overloaded(KeptKeySigner):
    """Puts every certificate it has into the file, roots as well."""

    def __init__(self, signing_key: SigningKey) -> None:
        super().__init__(signing_key)
        self.embed_roots = True


def test_many_certificates_of_one_name_are_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "KeptKeySigner", Overloaded)
    for number in range(11):
        make_development_authority(tmp_path / str(number), NOW)
    roots = tuple(load_anchors(tmp_path / str(number))[0] for number in range(1, 11))
    stranger = replace(load_signing_key(tmp_path / "0"), chain=roots)
    content: DocumentContent = SPECIMEN
    fonts = ROOT / "build" / "fonts"
    rendered = Renderer(ROOT / "templates" / "pdf", fonts).render(content)
    sealer = Sealer(stranger, placeholder_seal(fonts, "某某"), None)
    signed = sealer.sign(rendered, NOW)
    began = time.perf_counter()
    verdict = verify(signed.pdf, load_anchors(tmp_path / "1"), NOW)
    assert time.perf_counter() - began < 2  # eight of them took sixteen seconds, nine times each
    assert (verdict.valid, verdict.reasons) == (False, (Reason.ALTERED,))
