"""One renderer, one authority and one signed specimen for all tests of documents."""

import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from cryptography.x509 import Certificate

from tests.issuing import timeservice
from tests.issuing.places import AT, FONTS, LATER, TEMPLATES
from tests.issuing.timeservice import TimeService
from workflow.issuing.authority import load_anchors, make_development_authority
from workflow.issuing.keys import SigningKey, load_signing_key
from workflow.issuing.rendering import Rendered, Renderer
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import Sealer, Signed
from workflow.issuing.specimen import SPECIMEN
from workflow.issuing.timestamps import TimestampService

Tool = Callable[..., str]


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer(TEMPLATES, FONTS)


@pytest.fixture(scope="session")
def rendered(renderer: Renderer) -> Rendered:
    return renderer.render(SPECIMEN)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority") / "keys"
    make_development_authority(folder, AT)
    return folder


@pytest.fixture(scope="session")
def key(authority: Path) -> SigningKey:
    return load_signing_key(authority)


@pytest.fixture(scope="session")
def anchors(authority: Path) -> Sequence[Certificate]:
    return load_anchors(authority)


@pytest.fixture(scope="session")
def sealer(key: SigningKey) -> Sealer:
    return Sealer(key, placeholder_seal(FONTS, SPECIMEN.issuer), None)


@pytest.fixture(scope="session")
def signed(sealer: Sealer, rendered: Rendered) -> Signed:
    return sealer.sign(rendered, AT)


@pytest.fixture(scope="session")
def tsa() -> Iterator[TimeService]:
    with timeservice.running(LATER) as service:
        yield service


@pytest.fixture(scope="session")
def stamper(key: SigningKey, tsa: TimeService) -> Sealer:
    seal = placeholder_seal(FONTS, SPECIMEN.issuer)
    return Sealer(key, seal, TimestampService(tsa.url, [tsa.cert]))


@pytest.fixture(scope="session")
def stamped(stamper: Sealer, signed: Signed) -> Signed:
    made = stamper.stamp(signed.pdf, LATER)
    assert made is not None
    return made


@pytest.fixture
def tool(tmp_path: Path) -> Tool:
    """Run one of poppler's tools on a PDF; the file stands in for {pdf}."""

    def run(pdf: bytes, *command: str) -> str:
        path = tmp_path / "document.pdf"
        path.write_bytes(pdf)
        filled = [str(path) if word == "{pdf}" else word for word in command]
        return subprocess.run(filled, capture_output=True, text=True, check=True).stdout

    return run
