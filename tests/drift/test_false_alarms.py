"""A list that changes as lists do is no drift: the same records, some new, some gone, some cells changed by chance."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch, Records
from leadingest.drift.compare import compare
from leadingest.drift.comparison import Comparison
from leadingest.drift.delivered import Delivered
from leadingest.drift.measure import Measure
from leadingest.drift.profiles.document import profiles_frame, read_profile
from leadingest.drift.profiles.personal_columns import kept_profile
from leadingest.engine.transform import Transform
from leadingest.mapping.models import Mapping
from tests.drift.made_up_drift import FIELDS, HEADER, TODAY, MadeUpSource, csv
from tests.searched import examples

#: Lists that are made of one; how many records they have, and which share of records and cells is another one.
LISTS, RECORDS = examples(200, least=50), 250
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
        [made_up(chance)[at] if chance.random() < CHANGED else cell for at, cell in enumerate(each)]
        for each in kept
    ]


def each_measured(
    mapping: Mapping, records: Records, lists: Sequence[Sequence[Record]]
) -> Iterator[Delivered]:
    """What each of the lists is like, as a run measures it; a lead depends on its record alone, so all are mapped at once."""
    transform = Transform(mapping, records.headers, today=TODAY)
    whole = pl.DataFrame(
        [record for each in lists for record in each],
        schema=[str(at) for at in range(len(records.headers))],
        orient="row",
    )
    numbers = range(1, whole.height + 1)
    mapped, end = transform.batch(whole, numbers=numbers, lines=numbers), 0
    for each in lists:
        begin, end = end, end + len(each)
        # Each is a delivery of its own, and its records count from 1.
        number = pl.col("record_number") - begin
        here = number.is_between(1, len(each))
        part = replace(
            mapped,
            leads=mapped.leads.filter(here).with_columns(number),
            rejects=mapped.rejects.filter(here),
            invalid_values=mapped.invalid_values.filter(here),
        )
        measure = Measure(records, transform)
        own = range(1, len(each) + 1)
        measure.sums.add(RecordBatch(whole[begin:end], own, own), part)
        yield measure.delivered(read=len(each))


def test_lists_that_change_by_chance_give_no_alarm(tmp_path: Path) -> None:
    more = "  city: City\n  accepts_financial_aid: {const: true, when: \"Aid = 'Y'\"}\nignore:"
    source = MadeUpSource(tmp_path, FIELDS.replace("ignore:", more), "key: license_number\n")
    chance, header, mapping = random.Random(1), f"{HEADER},City,Aid", source.mapping
    first = [made_up(chance) for _ in range(RECORDS)]
    path = tmp_path / "acme.csv"
    path.write_text(csv(first, header))
    lists = [first, *(next_list(first, chance) for _ in range(LISTS))]
    counts: Counter[tuple[str, str]] = Counter()
    with open_records(fingerprint(path), mapping.delivery) as records:
        before, *later = each_measured(mapping, records, lists)
        assert before == source.delivered(path.read_bytes())
        published = read_profile(profiles_frame(kept_profile(before.profile, mapping)))
        for delivered in later:
            counts.update(
                (each.kind_class, each.name) for each in compare(Comparison(mapping, delivered, published))
            )
    assert sum(count for (kind_class, _), count in counts.items() if kind_class == "breaking") == 0, counts
    assert sum(count for (kind_class, _), count in counts.items() if kind_class == "lossy") <= LISTS // 100, (
        counts
    )
