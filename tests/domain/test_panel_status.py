"""Where somebody of a panel stands: a table of cases."""

from dataclasses import replace

import pytest

from delphi.domain.panel_status import PanelFacts, PanelStatus, status_of
from delphi.domain.response import Response

NOBODY = PanelFacts(
    withdrew=False,
    paused=False,
    invited=False,
    bounced=False,
    opened=False,
    agreed=None,
    response=Response.NOT_STARTED,
)
STARTED, FINISHED = {"response": Response.STARTED}, {"response": Response.FINISHED}


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, PanelStatus.NOT_INVITED),
        ({"response": None}, PanelStatus.NOT_INVITED),
        ({"invited": True}, PanelStatus.INVITED),
        ({"invited": True, "bounced": True}, PanelStatus.BOUNCED),
        ({"bounced": True}, PanelStatus.BOUNCED),
        ({"bounced": True, "opened": True}, PanelStatus.OPENED),
        ({"invited": True, "opened": True}, PanelStatus.OPENED),
        ({"opened": True, "agreed": True}, PanelStatus.CONSENTED),
        ({"agreed": True, **STARTED}, PanelStatus.STARTED),
        ({"agreed": True, **FINISHED}, PanelStatus.FINISHED),
        ({"agreed": False, "opened": True}, PanelStatus.DECLINED),
        ({"agreed": False, **STARTED}, PanelStatus.DECLINED),
        ({"paused": True, "invited": True}, PanelStatus.PAUSED),
        ({"paused": True, **STARTED}, PanelStatus.PAUSED),
        ({"paused": True, **FINISHED}, PanelStatus.FINISHED),
        ({"withdrew": True, **FINISHED}, PanelStatus.WITHDRAWN),
    ],
)
def test_the_status_follows_from_the_facts(facts: dict[str, bool], status: PanelStatus) -> None:
    assert status_of(replace(NOBODY, **facts)) is status
