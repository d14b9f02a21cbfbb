"""The rule LI108."""

from leadingest.lint.rule import refused


@refused("LI108")
def undeclared_fate() -> None:
    """A value map, or a look-up, that does not say what becomes of a value it does not list.

    Sooner or later a source sends a new one. `otherwise: invalid` blanks the field and keeps the value beside the
    lead, `reject` rejects the record, `keep` takes the value as it is, `blank` is a blank without a trace.

    Bad:
        fields:
          company: Name
          license_status: {from: Status, values: {Open: active}}

    Good:
        fields:
          company: Name
          license_status: {from: Status, values: {Open: active}, otherwise: invalid}
    """
