"""The key that leads of a source are known by from one load to the next."""

from leadingest.cli.support.project_of import project_of
from leadingest.destinations.destination import Destination
from leadingest.errors import ConfigurationError, NothingToDoError
from leadingest.settings import Settings


def declared_key(settings: Settings, source: str, destination: Destination) -> tuple[str, ...]:
    """What the mapping of the source declares; nothing where no more than loads is left of the source.

    Raises UsageError, with the nearest names, where there is neither a mapping nor a load.
    """
    project = project_of(settings)
    if destination.history(source=source, limit=1):
        try:
            known = project.sources()
        except (ConfigurationError, NothingToDoError):
            return ()
        if source not in known:
            return ()
    return project.mapping(source).key
