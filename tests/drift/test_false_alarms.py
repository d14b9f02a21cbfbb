"""A list that changes as lists do is no drift: the same records, some new, some gone, some cells changed by chance."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from leadingest.drift.compare import compare
from leadingest.drift.comparison import Comparison
from leadingest.drift.profiles.document import profiles_frame, read_profile
from leadingest.drift.profiles.personal import kept_profile
from tests.drift.made_up_drift import FIELDS, HEADER, MadeUpSource, csv

#: Lists that are made of one; how many records they have, and which share of records and cells is another one.
LISTS, RECORDS = 200, 250
NEW, GONE, CHANGED = 0.05, 0.05, 0.02

Record = list[str]


def made_up(chance: random.Random) -> Record:
    """A record with cells of every kind, some of them blank."""
    name = " ".join(chance.choices(["Oak", "Elm", "Tree", "Happy", "Kids", "Sunny", "Care", "Inc."], k=3))
    phone = f"{chance.randint(201, 989)}-{chance.randint(200, 999)}-{chance.randint(0, 9999):04}"
    issued = f"{chance.randint(1, 12):02}/{chance.randint(1, 28):02}/{chance.randint(2005, 2025)}"
    return [
        f"{name} {chance.randint(1, 999)}",
        phone if chance.random() < 0.9 else "",
        f"{chance.choice('ABC')}{chance.randint(1000, 99999)}",
        chance.choices(["Open", "Shut"], [4, 1])[0],
        issued if chance.random() < 0.8 else "",
        str(round(chance.lognormvariate(3, 1)) + 1),
        chance.choice(["Home", "Center", "Camp"]),
        chance.choice(["Reno", "Elko", "Ely", "Wells", "Sparks", "Fallon"]),
        chance.choices(["Y", "N"], [1, 3])[0],
    ]


def next_list(records: list[Record], chance: random.Random) -> list[Record]:
    """What the source sends the next time."""
    kept = [each for each in records if chance.random() >= GONE]
    kept += [made_up(chance) for _ in range(round(NEW * len(records)))]
    chance.shuffle(kept)
    return [
        [
            other if chance.random() < CHANGED else cell
            for cell, other in zip(each, made_up(chance), strict=True)
        ]
        for each in kept
    ]


def test_lists_that_change_by_chance_give_no_alarm(tmp_path: Path) -> None:
    more = "  city: City\n  accepts_financial_aid: {const: true, when: \"Aid = 'Y'\"}\nignore:"
    source = MadeUpSource(tmp_path, FIELDS.replace("ignore:", more), "key: license_number\n")
    chance, header, mapping = random.Random(1), f"{HEADER},City,Aid", source.mapping
    first = [made_up(chance) for _ in range(RECORDS)]
    kept = kept_profile(source.delivered(csv(first, header)).profile, mapping)
    published = read_profile(profiles_frame(kept))
    told: Counter[tuple[str, str]] = Counter()
    for _ in range(LISTS):
        delivered = source.delivered(csv(next_list(first, chance), header))
        found = compare(Comparison(mapping, delivered, published))
        told.update((each.kind_class, each.name) for each in found)
    assert sum(count for (kind_class, _), count in told.items() if kind_class == "breaking") == 0, told
    assert sum(count for (kind_class, _), count in told.items() if kind_class == "lossy") <= 2, told
