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
    from leadingest.deliveries.kept.dead_letters import DeadLetter, DeliveryFailure
    from leadingest.destinations.diagnostics import InvalidValueGroup, Reject, RejectGroup
    from leadingest.destinations.leads import HiddenLeads
    from leadingest.destinations.ledger import DriftNote, DriftRow, LoadRow, Original, RecordCounts
    from leadingest.drift.kind import Difference, DriftDetail
    from leadingest.drift.source_drift import SourceDrift
    from leadingest.engine.story import Story
    from leadingest.engine.try_mapping import TriedTest
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
    from leadingest.exporting.export_leads import ExportCounts, Exported
    from leadingest.ingest.events import Events, Listener
    from leadingest.ingest.explain import Explanation
    from leadingest.ingest.mapping_tests import TriedMapping
    from leadingest.ingest.preview import FieldSummary, Preview
    from leadingest.ingest.record_view import RecordView
    from leadingest.ingest.replay.replay_deliveries import ReplayedLetter
    from leadingest.ingest.replay.replayed_rejects import ReasonChange, ReplayedRejects
    from leadingest.ingest.result import SourceResult
    from leadingest.ingest.tally import FaultCount
    from leadingest.lint.finding import Finding, FixedText, LintResult
    from leadingest.mirroring.mirrored_source import MirroredSource
    from leadingest.overview.overview import Overview
    from leadingest.overview.source_state import SourceState
    from leadingest.planning.effect import DeliveryEffect, FieldEffect, LeadGroup, ValueChange
    from leadingest.planning.plan import ChangePlan, SourcePlan
    from leadingest.project.new_mapping import DraftedMapping
    from leadingest.project.project import Project
    from leadingest.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "BalanceError",
    "ChangePlan",
    "ConfigurationError",
    "DeadLetter",
    "Delivery",
    "DeliveryEffect",
    "DeliveryError",
    "DeliveryFailure",
    "DestinationError",
    "Difference",
    "DraftedMapping",
    "DriftDetail",
    "DriftNote",
    "DriftRow",
    "Duplicates",
    "Events",
    "Explanation",
    "ExportCounts",
    "Exported",
    "FaultCount",
    "FieldEffect",
    "FieldSummary",
    "Finding",
    "FixedText",
    "HiddenLeads",
    "InvalidValueGroup",
    "LeadGroup",
    "LeadingestError",
    "LintResult",
    "Listener",
    "LoadComparison",
    "LoadRow",
    "MirroredSource",
    "NothingToDoError",
    "Original",
    "Overview",
    "Preview",
    "Project",
    "ReasonChange",
    "RecordCounts",
    "RecordView",
    "Reject",
    "RejectGroup",
    "ReplayedLetter",
    "ReplayedRejects",
    "Settings",
    "SourceDrift",
    "SourcePlan",
    "SourceResult",
    "SourceState",
    "StoreError",
    "Story",
    "TriedMapping",
    "TriedTest",
    "UsageError",
    "ValueChange",
    "__version__",
]

#: Where each stands: it is imported when it is first asked for, so that `import leadingest` costs nothing.
_MODULES = {
    "leadingest.comparing.compare_loads": ("LoadComparison",),
    "leadingest.comparing.duplicates": ("Duplicates",),
    "leadingest.deliveries.delivery": ("Delivery",),
    "leadingest.deliveries.kept.dead_letters": ("DeadLetter", "DeliveryFailure"),
    "leadingest.destinations.diagnostics": ("InvalidValueGroup", "Reject", "RejectGroup"),
    "leadingest.destinations.leads": ("HiddenLeads",),
    "leadingest.destinations.ledger": ("DriftNote", "DriftRow", "LoadRow", "Original", "RecordCounts"),
    "leadingest.drift.kind": ("Difference", "DriftDetail"),
    "leadingest.drift.source_drift": ("SourceDrift",),
    "leadingest.engine.story": ("Story",),
    "leadingest.engine.try_mapping": ("TriedTest",),
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
    "leadingest.exporting.export_leads": ("ExportCounts", "Exported"),
    "leadingest.ingest.events": ("Events", "Listener"),
    "leadingest.ingest.explain": ("Explanation",),
    "leadingest.ingest.mapping_tests": ("TriedMapping",),
    "leadingest.ingest.preview": ("FieldSummary", "Preview"),
    "leadingest.ingest.record_view": ("RecordView",),
    "leadingest.ingest.replay.replay_deliveries": ("ReplayedLetter",),
    "leadingest.ingest.replay.replayed_rejects": ("ReasonChange", "ReplayedRejects"),
    "leadingest.ingest.result": ("SourceResult",),
    "leadingest.ingest.tally": ("FaultCount",),
    "leadingest.lint.finding": ("Finding", "FixedText", "LintResult"),
    "leadingest.mirroring.mirrored_source": ("MirroredSource",),
    "leadingest.overview.overview": ("Overview",),
    "leadingest.overview.source_state": ("SourceState",),
    "leadingest.planning.effect": ("DeliveryEffect", "FieldEffect", "LeadGroup", "ValueChange"),
    "leadingest.planning.plan": ("ChangePlan", "SourcePlan"),
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
