"""Starting what service tasks name, after commit and each in a transaction of its own."""

from datetime import datetime

from procrastinate.contrib.django import app

from motcua.casework.workflow.connectors import known as known_connectors
from motcua.casework.workflow.types import Call


@app.task(name="workflow.call_connector")
def call_connector(*, event_id: int, run_id: int, node: str, connector: str, at: str) -> bool:
    """Start a connector; False when this release no longer knows it."""
    found = known_connectors().get(connector)
    if found is None:
        return False
    found.run(Call(event_id=event_id, run_id=run_id, node=node, at=datetime.fromisoformat(at)))
    return True
