"""The rules by which leads may be one. `RULES` registers them: each is a file and a value of its name."""

from typing import Final

from leadingest.comparing.duplicate_rules.base import DuplicateRule
from leadingest.comparing.duplicate_rules.same_address import same_address
from leadingest.comparing.duplicate_rules.same_key import same_key
from leadingest.comparing.duplicate_rules.same_license import same_license
from leadingest.comparing.duplicate_rules.same_phone import same_phone

RULES: Final[tuple[DuplicateRule, ...]] = (same_key, same_phone, same_address, same_license)
