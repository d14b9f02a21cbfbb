"""Many files of many sources in a bucket, beside broken ones, copies and poison; and what must become of them."""

from __future__ import annotations

import hashlib
import os
import random
from collections import Counter
from secrets import randbelow

from tests.cloud.aws import MadeUpCloud
from tests.ingest.made_up_place import MadeUpPlace

#: Set it to the number that a failing test printed, to have the same order of files and the same moment again.
SEED = "LEADINGEST_TEST_SEED"
_MAPPING = """\
source: {source}
delivery: {{match: "{source}_*.csv"}}
guards: {{older_delivery: publish, sent_before: publish}}
fields: {{company: Name, phone: Phone}}
"""
_BROKEN = ("", "<html></html>", "A,B\n1,2\n", "%PDF-1.7", "\0\0\0")


def drawn_anew() -> random.Random:
    """Other numbers each time; printed is what gives the same ones again."""
    seed = int(os.environ.get(SEED) or randbelow(1_000_000))
    print(f"to run this again as it was: {SEED}={seed}")
    return random.Random(seed)


class ManyDrops:
    """Drops the files in an order by chance, three of them twice, and some that are broken; adds two poison messages."""

    def __init__(
        self,
        place: MadeUpPlace,
        cloud: MadeUpCloud,
        chance: random.Random,
        *,
        sources: int = 8,
        files: int = 40,
        broken: int = len(_BROKEN),
    ) -> None:
        """There are no fewer files than sources, and three at least."""
        self._place, self._cloud = place, cloud
        names = [f"s{number:02}" for number in range(sources)]
        for source in names:
            (place.folder / f"mappings/{source}.yaml").write_text(_MAPPING.format(source=source))
        self._shown = 2 * sources
        self._good = {
            f"{names[number % sources]}_{number:03}.csv": _content(number) for number in range(files)
        }
        self._broken = {
            f"{names[number % sources]}_broken_{number}.csv": _BROKEN[number] for number in range(broken)
        }
        first, second, third = chance.sample(sorted(self._good), 3)
        drops = [
            *self._good.items(),
            *self._broken.items(),
            # The same under its own name, and under another one.
            (first, self._good[first]),
            (f"{second.removesuffix('.csv')}_copy.csv", self._good[second]),
            ("page.html", "<html></html>"),
        ]
        chance.shuffle(drops)
        for name, text in drops:
            cloud.drop(f"drops/{name}", text)
        cloud.send(f'{{"file": "s3://{cloud.bucket}/drops/{third}"}}')
        cloud.send("this is not JSON")

    def check(self) -> None:
        """Each good file is loaded once, each broken one is a dead letter, and the poison alone is put aside."""
        done = [row for row in self._place.history(limit=None) if row.status not in {"failed", "running"}]
        digests = [hashlib.sha256(text.encode()).hexdigest() for text in self._good.values()]
        assert Counter(row.file_sha256 for row in done) == Counter(digests)
        with self._place.open() as destination:
            assert destination.leads.rows().height == self._shown
        letters = self._place.folder.glob("dead_letters/*/*_*_*")
        assert sorted(path.name.split("_", 2)[2] for path in letters) == sorted(self._broken)
        assert self._cloud.left(self._cloud.queue) == 0
        dead = self._cloud.bodies(self._cloud.dead_queue)
        assert ["page.html" in body or body == "this is not JSON" for body in dead] == [True, True]


def _content(number: int) -> str:
    """A list that no other file has."""
    return f"Name,Phone\nOak {number},7025550{number:03}\nElm {number},7025551{number:03}\n"
