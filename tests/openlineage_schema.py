"""What OpenLineage (spec 2-0-2) asks of an event and of the facets that leadingest sends, as JSON Schema in our words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from jsonschema import Draft202012Validator

_TEXT: Final = {"type": "string"}
_NUMBER: Final = {"type": "integer"}
_URI: Final = {"type": "string", "format": "uri"}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": required | (optional or {})}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_FACET: Final = _object({"_producer": _URI, "_schemaURL": _URI})
_FACETS: Final = {"type": "object", "additionalProperties": _FACET}
_NAMED: Final = {"namespace": _TEXT, "name": _TEXT}
_EVENT: Final = _object(
    {
        "eventTime": {"type": "string", "format": "date-time"},
        "producer": _URI,
        "schemaURL": _URI,
        "run": _object({"runId": {"type": "string", "format": "uuid"}}, {"facets": _FACETS}),
        "job": _object(_NAMED, {"facets": _FACETS}),
    },
    {
        "eventType": {"enum": ["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"]},
        "inputs": _list(_object(_NAMED, {"facets": _FACETS, "inputFacets": _FACETS})),
        "outputs": _list(_object(_NAMED, {"facets": _FACETS, "outputFacets": _FACETS})),
    },
)
_COUNTS: Final = _object({}, {"rowCount": _NUMBER, "size": _NUMBER, "fileCount": _NUMBER})
_INPUT_FIELDS: Final = _list(
    _object(
        _NAMED | {"field": _TEXT},
        {
            "transformations": _list(
                _object(
                    {"type": _TEXT}, {"subtype": _TEXT, "description": _TEXT, "masking": {"type": "boolean"}}
                )
            )
        },
    )
)
#: By the name of a facet what it has beside what every facet has.
_BY_NAME: Final = {
    "columnLineage": _object(
        {"fields": {"type": "object", "additionalProperties": _object({"inputFields": _INPUT_FIELDS})}},
        {"dataset": _INPUT_FIELDS},
    ),
    "errorMessage": _object({"message": _TEXT, "programmingLanguage": _TEXT}, {"stackTrace": _TEXT}),
    "inputStatistics": _COUNTS,
    "outputStatistics": _COUNTS,
    "jobType": _object({"processingType": _TEXT, "integration": _TEXT}, {"jobType": _TEXT}),
    "processing_engine": _object({"version": _TEXT}, {"name": _TEXT, "openlineageAdapterVersion": _TEXT}),
    "schema": _object({}, {"fields": _list(_object({"name": _TEXT}, {"type": _TEXT, "description": _TEXT}))}),
}


def faults(event: Any) -> list[str]:
    """What the schema says against the event, and against each of its facets; a facet that it does not know is one."""
    found = [error.message for error in _errors(_EVENT, event)]
    for name, facet in _facets(event):
        schema = _BY_NAME.get(name, {"not": {}})
        found += [f"{name}: {error.message}" for error in _errors(schema, facet)]
    return found


def _errors(schema: dict[str, Any], value: Any) -> Iterator[Any]:
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(schema, format_checker=checker).iter_errors(value)


def _facets(event: Any) -> Iterator[tuple[str, Any]]:
    for part in (event["run"], event["job"], *event["inputs"], *event["outputs"]):
        for key in ("facets", "inputFacets", "outputFacets"):
            yield from part.get(key, {}).items()
