"""leadingest: declarative ingestion of lead files, one YAML mapping per source.

What stands in `__all__` is what programs may rely on; everything else may change in any release.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leadingest.destinations.diagnostics import RejectGroup
    from leadingest.destinations.ledger import LoadRow, RecordCounts
    from leadingest.errors import (
        BalanceError,
        ConfigurationError,
        DeliveryError,
        DestinationError,
        LeadingestError,
        NothingToDoError,
        UsageError,
    )
    from leadingest.ingest.events import Events, Listener
    from leadingest.ingest.result import SourceResult
    from leadingest.ingest.tally import FaultCount
    from leadingest.project import Project

__version__ = "0.1.0"

__all__ = [
    "BalanceError",
    "ConfigurationError",
    "DeliveryError",
    "DestinationError",
    "Events",
    "FaultCount",
    "LeadingestError",
    "Listener",
    "LoadRow",
    "NothingToDoError",
    "Project",
    "RecordCounts",
    "RejectGroup",
    "SourceResult",
    "UsageError",
    "__version__",
]

#: Where each stands: it is imported when it is first asked for, so that `import leadingest` costs nothing.
_MODULES = {
    "leadingest.destinations.ledger": ("RecordCounts", "LoadRow"),
    "leadingest.destinations.diagnostics": ("RejectGroup",),
    "leadingest.errors": (
        "BalanceError",
        "ConfigurationError",
        "DeliveryError",
        "DestinationError",
        "LeadingestError",
        "NothingToDoError",
        "UsageError",
    ),
    "leadingest.ingest.events": ("Events", "Listener"),
    "leadingest.ingest.result": ("SourceResult",),
    "leadingest.ingest.tally": ("FaultCount",),
    "leadingest.project": ("Project",),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
