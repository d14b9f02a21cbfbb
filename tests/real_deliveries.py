"""Real deliveries: they lie beside the repository, or beside the folder of several clones, and are no part of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

_ROOT: Final = Path(__file__).parents[1]
_SEARCHED: Final = [folder / "shared" / "data" for folder in (_ROOT.parent, _ROOT.parents[1])]

#: The folder with all of them. Where it is not there, `real` skips what reads it.
DATA: Final = next((folder for folder in _SEARCHED if folder.is_dir()), _SEARCHED[0])
EXERCISE: Final = DATA / "exercise"
SAMPLES: Final = DATA / "samples"

#: Marks a test, or a module, that reads them.
real: Final = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real deliveries do not lie beside this repository"
)
