"""A stranger's file is looked at in a child: what kills the child harms nobody else."""

import zlib

import pytest

from tests.cast import PAPER
from workflow.core.refusals import Reason, Refused
from workflow.store.contents import MAX_BYTES, PDF
from workflow.store.inspecting import MEMORY_BYTES, inspected


def test_an_honest_file_comes_back_as_it_was() -> None:
    assert inspected(PAPER).media_type == PDF
    assert inspected(PAPER).data == PAPER


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.FILE_EMPTY),
        (b"MZ\x90", Reason.FILE_NOT_ACCEPTED),
        (b"%PDF-1.7 no more", Reason.FILE_BROKEN),
        (b"\x89PNG\r\n\x1a\n", Reason.FILE_BROKEN),
        (b"%PDF-" + b"0" * MAX_BYTES, Reason.FILE_TOO_BIG),
    ],
)
def test_the_reason_of_a_refusal_comes_back(data: bytes, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        inspected(data)
    assert [one.reason for one in caught.value.refusals] == [reason]


def test_a_few_kilobytes_that_unpack_to_gigabytes_are_broken() -> None:
    with pytest.raises(Refused) as caught:
        inspected(bomb(2 * MEMORY_BYTES))
    assert [one.reason for one in caught.value.refusals] == [Reason.FILE_BROKEN]


def bomb(size: int) -> bytes:
    """A PDF whose cross-reference stream unpacks, twice over, to that many bytes."""
    inner, block = zlib.compressobj(1), bytes(1 << 24)
    once = b"".join(inner.compress(block) for _ in range(size // len(block))) + inner.flush()
    twice = zlib.compress(once, 9)
    head = b"%PDF-1.5\n"
    stream = (
        b"1 0 obj<</Type/XRef/Size 2/W[1 4 1]/Root 2 0 R/Filter[/FlateDecode/FlateDecode]/Length "
        + str(len(twice)).encode()
        + b">>stream\n"
        + twice
        + b"\nendstream endobj\n"
    )
    return head + stream + b"startxref\n" + str(len(head)).encode() + b"\n%%EOF\n"
