"""What service and send tasks may start: a closed list of named connectors, each run after commit.

A drawing names a connector and nothing else; which exist is decided by the apps that register them when they are ready.
"""

from motcua.casework.workflow.types import Connector

_known: dict[str, Connector] = {}


def register(*connectors: Connector) -> None:
    """Add connectors. Called from AppConfig.ready()."""
    _known.update((connector.name, connector) for connector in connectors)


def known() -> dict[str, Connector]:
    """Return the connectors by name."""
    return dict(_known)
