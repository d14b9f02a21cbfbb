"""leadingest: declarative ingestion of lead files, one YAML mapping per source.

What stands in `__all__` is what programs may rely on, and all that the command itself uses: `Project`, what its methods
give, the errors that they raise, and what a run tells to whom. Everything else may change in any release.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leadingest.comparing.compare_loads import LoadComparison
    from leadingest.comparing.duplicates import Duplicates
    from leadingest.deliveries.delivery import Delivery
    from leadingest.deliveries.kept.dead_letters import DeadLetter
    from leadingest.destinations.diagnostics import RejectGroup
    from leadingest.destinations.ledger import DriftRow, LoadRow, RecordCounts
    from leadingest.drift.source_drift import SourceDrift
    from leadingest.errors import (
        BalanceError,
        ConfigurationError,
        DeliveryError,
        DestinationError,
        LeadingestError,
        NothingToDoError,
        StoreError,
        UsageError,
    )
    from leadingest.exporting.export_leads import Exported
    from leadingest.ingest.events import Events, Listener
    from leadingest.ingest.explain import Explanation
    from leadingest.ingest.mapping_tests import TriedMapping
    from leadingest.ingest.preview import Preview
    from leadingest.ingest.replay.replay_deliveries import ReplayedLetter
    from leadingest.ingest.replay.replayed_rejects import ReplayedRejects
    from leadingest.ingest.result import SourceResult
    from leadingest.ingest.tally import FaultCount
    from leadingest.lint.finding import FixedText, LintResult
    from leadingest.overview.overview import Overview
    from leadingest.project.new_mapping import DraftedMapping
    from leadingest.project.project import Project
    from leadingest.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "BalanceError",
    "ConfigurationError",
    "DeadLetter",
    "Delivery",
    "DeliveryError",
    "DestinationError",
    "DraftedMapping",
    "DriftRow",
    "Duplicates",
    "Events",
    "Explanation",
    "Exported",
    "FaultCount",
    "FixedText",
    "LeadingestError",
    "LintResult",
    "Listener",
    "LoadComparison",
    "LoadRow",
    "NothingToDoError",
    "Overview",
    "Preview",
    "Project",
    "RecordCounts",
    "RejectGroup",
    "ReplayedLetter",
    "ReplayedRejects",
    "Settings",
    "SourceDrift",
    "SourceResult",
    "StoreError",
    "TriedMapping",
    "UsageError",
    "__version__",
]

#: Where each stands: it is imported when it is first asked for, so that `import leadingest` costs nothing.
_MODULES = {
    "leadingest.comparing.compare_loads": ("LoadComparison",),
    "leadingest.comparing.duplicates": ("Duplicates",),
    "leadingest.deliveries.delivery": ("Delivery",),
    "leadingest.deliveries.kept.dead_letters": ("DeadLetter",),
    "leadingest.destinations.diagnostics": ("RejectGroup",),
    "leadingest.destinations.ledger": ("DriftRow", "LoadRow", "RecordCounts"),
    "leadingest.drift.source_drift": ("SourceDrift",),
    "leadingest.errors": (
        "BalanceError",
        "ConfigurationError",
        "DeliveryError",
        "DestinationError",
        "LeadingestError",
        "NothingToDoError",
        "StoreError",
        "UsageError",
    ),
    "leadingest.exporting.export_leads": ("Exported",),
    "leadingest.ingest.events": ("Events", "Listener"),
    "leadingest.ingest.explain": ("Explanation",),
    "leadingest.ingest.mapping_tests": ("TriedMapping",),
    "leadingest.ingest.preview": ("Preview",),
    "leadingest.ingest.replay.replay_deliveries": ("ReplayedLetter",),
    "leadingest.ingest.replay.replayed_rejects": ("ReplayedRejects",),
    "leadingest.ingest.result": ("SourceResult",),
    "leadingest.ingest.tally": ("FaultCount",),
    "leadingest.lint.finding": ("LintResult", "FixedText"),
    "leadingest.overview.overview": ("Overview",),
    "leadingest.project.new_mapping": ("DraftedMapping",),
    "leadingest.project.project": ("Project",),
    "leadingest.settings": ("Settings",),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
