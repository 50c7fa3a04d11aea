"""Time one signed notice, and the naive way of making it, in the same run.

    .venv/bin/python benchmarks/issuing.py [--full]

Ours: subset fonts, one font configuration and stylesheet, a kept key. Naive: the system's Noto
CJK, a new font configuration and stylesheet for every document, a signer that loads its key (the
usual RSA-2048, where ours is P-256) every time. Both draw the same page and seal. Every way runs in
its own fresh processes; single documents alternate between the two ways, and so do the rounds on
two processes. The ratio is of CPU time, which other work on the machine hardly disturbs.
"""

import argparse
import json
import os
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from workflow.issuing import authority  # noqa: E402 - the path comes first
from workflow.issuing.content import DocumentContent  # noqa: E402 - the path comes first
from workflow.issuing.specimen import SPECIMEN, checklist  # noqa: E402 - the path comes first

TEMPLATES, FONTS = ROOT / "templates" / "pdf", ROOT / "build" / "fonts"
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
NOTO = {"FX Song": SERIF, "FX Hei": SANS, "FX Fang": SERIF, "FX Kai": SERIF}
WAYS = ("ours", "naive")
SHAPES = ("ordinary", "one_page", "rare", "full")
Maker = Callable[[DocumentContent], bytes]


def document(number: int, shape: str) -> DocumentContent:
    """A notice unlike every other: "ordinary" has a page of annex, "full" five, with 62 items."""
    content = replace(
        SPECIMEN,
        number=f"样复工〔2026〕{number}号",
        addressee=f"虚构{'瑢喆堃' if shape == 'rare' else '样例'}第{number}玻璃制品有限公司",
        document_id=f"benchmark-{number}",
        verify_url=f"https://fugong.example/v/{number:012}",
    )
    if shape == "full":
        return replace(content, conditions=SPECIMEN.conditions * 2, checklist=checklist(62))
    return replace(content, checklist=()) if shape == "one_page" else content


def our_maker(keys: Path) -> Maker:
    from workflow.issuing.keys import load_signing_key
    from workflow.issuing.rendering import Renderer
    from workflow.issuing.seal import placeholder_seal
    from workflow.issuing.signing import Sealer

    renderer = Renderer(TEMPLATES, FONTS)
    renderer.warm()
    sealer = Sealer(load_signing_key(keys), placeholder_seal(FONTS, SPECIMEN.issuer), None)
    return lambda content: sealer.sign(renderer.render(content), datetime.now(UTC)).pdf


def naive_maker(keys: Path) -> Maker:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko.stamp import StaticStampStyle
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from workflow.issuing.rendering import compose, page_template
    from workflow.issuing.seal import placeholder_seal

    template = page_template(TEMPLATES)
    seal = placeholder_seal(FONTS, SPECIMEN.issuer)
    style = (TEMPLATES / "letter.css").read_text("utf-8")
    for ours, noto in NOTO.items():
        style = style.replace(ours, noto)

    def make(content: DocumentContent) -> bytes:
        fonts = FontConfiguration()
        page = HTML(string=compose(template, content)).render(
            font_config=fonts, stylesheets=[CSS(string=style, font_config=fonts)]
        )
        pdf = page.write_pdf(pdf_identifier=content.document_id.encode())
        signer = PdfSigner(
            PdfSignatureMetadata("Seal", certify=True, subfilter=SigSeedSubFilter.PADES),
            SimpleSigner.load(str(keys / "naive.key"), str(keys / "naive.pem")),
            stamp_style=StaticStampStyle(background=seal, border_width=0),
            new_field_spec=SigFieldSpec("Seal", on_page=0, box=(347, 90, 466, 209)),
        )
        return signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf))).getvalue()

    return make


def serve(way: str, keys: Path) -> None:
    """Be a worker: read "first count shape", answer the seconds and CPU seconds of each."""
    make = (our_maker if way == "ours" else naive_maker)(keys)
    make(document(0, "ordinary"))
    print("ready", flush=True)
    for line in sys.stdin:
        first, count, shape = line.split()
        times, pdf = [], b""
        for number in range(int(first), int(first) + int(count)):
            begun, used = time.perf_counter(), time.process_time()
            pdf = make(document(number, shape))
            times.append((time.perf_counter() - begun, time.process_time() - used))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"times": times, "mb": peak, "pdf": pdf.hex()}), flush=True)


class Worker:
    """A fresh process that makes documents in one of the two ways."""

    def __init__(self, way: str, keys: Path) -> None:
        environment = {k: v for k, v in os.environ.items() if k != "FONTCONFIG_FILE"}
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--worker", way, "--keys", str(keys)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self.peak = 0.0
        self.last = b""
        self._read()

    def ask(self, first: int, count: int, shape: str) -> None:
        self._process.stdin.write(f"{first} {count} {shape}\n")
        self._process.stdin.flush()

    def answer(self) -> list[tuple[float, float]]:
        told = json.loads(self._read())
        self.peak, self.last = told["mb"], bytes.fromhex(told["pdf"])
        return told["times"]

    def end(self) -> None:
        self._process.stdin.close()
        self._process.wait()

    def _read(self) -> str:
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("a worker ended early; its message stands above")
        return line


def singles(keys: Path, count: int, shape: str) -> dict[str, dict[str, float]]:
    """Time documents one by one, the ways taking turns; a fresh process per way."""
    workers = {way: Worker(way, keys) for way in WAYS}
    times: dict[str, list[tuple[float, float]]] = {way: [] for way in workers}
    for number in range(1, count + 1):
        for way, worker in workers.items():
            worker.ask(number, 1, shape)
            times[way] += worker.answer()
    check(workers["ours"].last, keys)
    close(workers.values())
    return {way: summary(times[way], worker) for way, worker in workers.items()}


def summary(times: list[tuple[float, float]], worker: Worker) -> dict[str, float]:
    wall, cpu = zip(*times, strict=True)
    return {
        "cpu_ms": round(statistics.median(cpu) * 1000, 1),
        "median_ms": round(statistics.median(wall) * 1000, 1),
        "p95_ms": round(statistics.quantiles(wall, n=20)[-1] * 1000, 1),
        "peak_mb": round(worker.peak),
        "kb": round(len(worker.last) / 1024),
    }


def on_two(keys: Path, rounds: int, sizes: dict[str, int]) -> dict[str, float]:
    """Documents a second on two processes, the ways taking turns."""
    rates: dict[str, list[float]] = {way: [] for way in sizes}
    pairs = {way: [Worker(way, keys) for _ in range(2)] for way in sizes}
    for turn in range(rounds):
        for way, pair in pairs.items():
            begun = time.perf_counter()
            for place, worker in enumerate(pair):
                worker.ask(1000 * (2 * turn + place + 1), sizes[way], "ordinary")
            for worker in pair:
                worker.answer()
            rates[way].append(2 * sizes[way] / (time.perf_counter() - begun))
    close(worker for pair in pairs.values() for worker in pair)
    return {way: round(statistics.median(rate), 1) for way, rate in rates.items()}


def close(workers: Iterable[Worker]) -> None:
    for worker in workers:
        worker.end()


def make_naive_key(keys: Path) -> None:
    command = "openssl req -x509 -newkey rsa:2048 -noenc -subj /CN=demo -keyout naive.key"
    subprocess.run(
        shlex.split(f"{command} -out naive.pem"), cwd=keys, check=True, capture_output=True
    )


def check(pdf: bytes, keys: Path) -> None:
    """A fast wrong document would be worth nothing."""
    from workflow.issuing.verification import verify

    verdict = verify(pdf, authority.load_anchors(keys), datetime.now(UTC))
    if not verdict.valid:
        raise SystemExit(f"the document does not verify: {verdict.reasons}")


def measure(full: bool) -> dict[str, object]:
    count, rounds = (200, 9) if full else (15, 3)
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder) / "keys"
        authority.make_development_authority(keys, datetime.now(UTC))
        make_naive_key(keys)
        by_shape = {shape: singles(keys, count, shape) for shape in SHAPES}
        per_second = on_two(keys, rounds, {"ours": 24, "naive": 6})
    ours, floor = (by_shape["ordinary"][way]["cpu_ms"] for way in WAYS)
    return {
        "job": "issuing",
        "ours": ours,
        "floor": floor,
        "ratio": round(floor / ours, 2),
        "unit": "CPU ms of a signed notice and annex",
        "per_second_on_two": per_second,
        "load": round(os.getloadavg()[0], 1),
    } | by_shape


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="200 documents of each kind")
    parser.add_argument("--worker", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--keys", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.worker:
        serve(chosen.worker, chosen.keys)
    else:
        print(json.dumps(measure(chosen.full)))


if __name__ == "__main__":
    main()
