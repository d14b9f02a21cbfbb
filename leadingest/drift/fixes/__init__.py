"""Changes of a mapping that make it fit a delivery, each as edits of its text: comments and layout stay."""

from leadingest.drift.fixes.add_alias import AddAlias
from leadingest.drift.fixes.add_format import AddFormat
from leadingest.drift.fixes.add_key import AddKey
from leadingest.drift.fixes.utf8_first import Utf8First

Fix = AddAlias | AddKey | AddFormat | Utf8First
