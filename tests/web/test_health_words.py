"""A reason says of a stay what is known: where somebody has been, and when they arrived here."""

from datetime import date

import pytest
from flask import Flask

from web.healthwords import ground_words
from workflow.core.judging import Ground, GroundKind

STAY = "江苏省徐州市鼓楼区", "2026-11-20"
LAST = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("kind", "facts", "words", "brief"),
    [
        (
            GroundKind.STAYED,
            ("high", "S1 第1号通告"),
            "那天那里是高风险，按“S1 第1号通告”观察到12月4日（周五）。",
            "去过要观察的地方，观察到12月4日（周五）。",
        ),
        (
            GroundKind.AREA_UNCLEAR,
            (),
            "那天那里的风险没有规定或说法不一，要人核实。",
            "去过的地方要人核实。",
        ),
        (
            GroundKind.RULE_UNCLEAR,
            ("low",),
            "那天那里是低风险，该不该观察规定不明，要人核实。",
            "去过的地方要人核实。",
        ),
    ],
)
def test_nobody_is_said_to_come_from_where_they_have_been(
    app: Flask, kind: GroundKind, facts: tuple[str, ...], words: str, brief: str
) -> None:
    """They may have left there days before, and come from somewhere else."""
    until = LAST if kind is GroundKind.STAYED else None
    ground = Ground("observe", kind.value, (*STAY, *facts), until)
    with app.test_request_context():
        said = "去过江苏省徐州市鼓楼区，11月20日（周五）到本地，" + words
        assert ground_words(ground) == said
        assert ground_words(ground, brief=True) == brief
