"""Tests of leadingest.drafting.choose: which column becomes which field, where several could."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.drafting.drafts import drafted, fields


def listed(headers: str, *rows: str) -> str:
    """A list in which the rows stand again and again, with `#` for the number of the record."""
    lines = [rows[number % len(rows)].replace("#", str(number)) for number in range(24)]
    return "\n".join([headers, *lines, ""])


CITIES = ("Reno,89501", "Elko,89801", "Ely,89301")
#: What was seen to go wrong · the file · the entries that must come out, as YAML; null for none.
RULES = {
    "a header that is the name of a field has the keys to fill in": (
        listed("Name,license_status", "Oak #,AC", "Elm #,TR"),
        'license_status: {from: license_status, values: {AC: "", TR: ""}, otherwise: invalid}',
    ),
    "a header that is the name of a field goes nowhere else": (
        listed("Name,state,Province", "Oak #,Bliss,NV", "Elm #,Gloom,UT"),
        "{state: Province, city: null, county: null}",
    ),
    "a region is no county": (listed("Name,Region", "Oak #,North", "Elm #,South"), "county: null"),
    "a borough is no county": (
        listed("Name,County", "Oak #,Brooklyn", "Elm #,Queens"),
        "county: {from: County, values: {Brooklyn: Kings}, otherwise: keep}",
    ),
    "a name in Chinese beside one in English": (
        listed("中文名稱,Name (English)", "橡樹#號幼兒中心,Oak Nursery #"),
        "company: Name (English)",
    ),
    "the number before the id": (
        listed("Name,LICENSE ID,LICENSE NUMBER", "Oak #,2600#,K-100#"),
        "license_number: LICENSE NUMBER",
    ),
    "a row number is no license number": (
        "Name,License\n" + "".join(f"Oak {number},{number}\n" for number in range(1, 25)),
        "license_number: null",
    ),
    "a flag is no age and no capacity": (
        listed("Name,Min Age,Capacity", "Oak #,0,1", "Elm #,1,0"),
        "{min_age: null, capacity: null}",
    ),
    "codes of Australia are no ZIP codes": (
        listed("Name,State,Postcode,Phone", "Oak #,NSW,2150,(02) 5550 12#0", "Elm #,VIC,3121,(03) 7010 12#0"),
        "{zip: null, state: null}",
    ),
    "a firm is written as it is": (
        listed("Name,Licensee", "Oak #,REED HOLDINGS LLC", "Elm #,STONE ABC CORP"),
        "licensee_name: Licensee",
    ),
    "a person is written in readable case": (
        listed("Name,Licensee", "Oak #,ANN REED", "Elm #,MAY LEE"),
        "licensee_name: {from: Licensee, case: name}",
    ),
    "the only number of a list of licenses": (
        listed("Name,Provider ID,Capacity,Ages", "Oak #,C#7,1#,2-5 years"),
        "{license_number: Provider ID, provider_id: null}",
    ),
    "the only number of other lists": (
        listed("Company Name,Account,Email", "Oak #,A-1#,a#@oak.example"),
        "{provider_id: Account, license_number: null}",
    ),
    "what kind of firm it is, is no kind of license": (
        listed("Name,Business Type", "Oak #,Sole Owner", "Elm #,Corporation"),
        "{license_type: null, licensee_name: null}",
    ),
    "persons only before persons among firms": (
        listed("Name,Owner,Contact", "Oak #,Oak LLC,Ann Reed", "Elm #,May Lee,Eve Stone"),
        "first_name: {from: Contact, person: first}",
    ),
    "an age in a column of its own before age groups": (
        listed("Name,Infant,Toddler,Min Age", "Oak #,Y,N,2", "Elm #,N,Y,0"),
        "{min_age: Min Age, ages_served: ages}",
    ),
    "a place for a firm that another column has as well": (
        listed("Location,Address,City", "Oak Care #,1# Elm St,Reno", "Elm Nursery #,2# Oak St,Elko"),
        "{company: Location, address1: Address}",
    ),
    "persons under a header that may mean a firm, beside firms": (
        listed("Facility,Provider", 'Oak Nursery #,"Reed, Ann"', 'Elm Child Care #,"Lee, May"'),
        "{company: Facility, first_name: {from: Provider, person: first}}",
    ),
    "a county that a header tells of, whosever it is": (
        listed("Name,County Name (Licensee)", "Oak #,Elko", "Elm #,Washoe"),
        "{county: County Name (Licensee), licensee_name: null}",
    ),
    "flags of something else are no states of a license": (
        listed("Name,Conditional?,Subsidy Approved", "Oak #,Yes,No", "Elm #,No,Yes"),
        "license_status: null",
    ),
    "persons who have no firm": (
        listed("First Name,Last Name,License Number", "Ann,Reed #,L-10#", "May,Lee #,L-20#"),
        "company: {join: [First Name, Last Name]}",
    ),
    "a home health agency is no family home": (
        listed("Name,License Type", "Oak #,Home Health Agency", "Elm #,Family Home"),
        "facility_type: {from: License Type, values: {Family Home: family_home, Home Health Agency: other}, "
        "otherwise: invalid}",
    ),
    "a full column before an almost blank one": (
        listed("Trade Name,Facility", *([",Oak #"] * 11), "Acorn,Oak #"),
        "company: Facility",
    ),
    "every piece of a street": (
        listed("Name,House No,Pre Dir,Street,Suffix,Unit", "Oak #,1#,N,ELM,ST,", "Elm #,2#,S,OAK,AVE,4B"),
        "{address1: {join: [House No, Pre Dir, Street, Suffix]}, address2: Unit}",
    ),
    "the number of a house behind its street": (
        listed("Einrichtung,Straße,Hausnr.,Ort", "Kita Eiche #,Lindenweg,#,Köln"),
        "{address1: {join: [Straße, Hausnr.]}, city: Ort}",
    ),
    "all lines of an address": (
        listed("Name,Address 1,Address 2,Address 3", "Oak #,# Elm St,Ste 4,Floor 2"),
        'address2: {join: [Address 2, Address 3], separator: ", "}',
    ),
    "persons are no facilities where firms are": (
        listed(
            "Name,Center,Number",
            "Ann Reed,Oak Nursery #,702-200-3001",
            "May Lee,Elm Child Care #,702-200-4011",
        ),
        "{company: Center, first_name: {from: Name, person: first}, phone: Number}",
    ),
    "a place between street and ZIP code is a city": (
        listed("Name,Where,Location,Code", *(f"Oak #,1# Elm St,{city}" for city in CITIES)),
        "{address1: Where, city: Location, zip: Code}",
    ),
    "one mark of several": (
        listed("Name,Center,Family Home", "Oak #,X,", "Elm #,,X"),
        "facility_type: {first_of: [{const: center, when: \"Center = 'X'\"}, "
        '{const: family_home, when: "\\"Family Home\\" = \'X\'"}]}',
    ),
}


@pytest.mark.parametrize(("content", "expected"), RULES.values(), ids=RULES)
def test_it_goes_to_the_right_field_or_to_none(content: str, expected: str, tmp_path: Path) -> None:
    found = fields(drafted(tmp_path, content))
    assert {field: found.get(field) for field in yaml.safe_load(expected)} == yaml.safe_load(expected)


def test_an_address_keeps_its_own_city_state_and_zip(tmp_path: Path) -> None:
    both = "Name,Mailing Address,City,State,Zip,Physical Address,City,State,Zip"
    draft = drafted(tmp_path, listed(both, "Oak #,PO Box #,Elko,UT,84101,# Elm St,Reno,NV,89501"))
    chosen = {name: proposal.columns[0].position for name, proposal in draft.fields.items()}
    assert chosen == {"company": 0, "address1": 5, "city": 6, "state": 7, "zip": 8}


def test_other_words_for_a_field_are_a_doubt_only_where_little_else_says_it(tmp_path: Path) -> None:
    cities = ("Oak #,Reno,x#@oak.example", "Elm #,Elko,y#@elm.example", "Fir #,Ely,")
    draft = drafted(tmp_path, listed("Name,PHYS_CITY,Nmae of Mail", *cities))
    assert not draft.fields["city"].doubts
    draft = drafted(tmp_path, listed("Nmae of Facility", "Oak #", "Elm #"))
    assert draft.fields["company"].doubts


def test_a_column_that_nearly_fits_is_the_next_candidate(tmp_path: Path) -> None:
    draft = drafted(tmp_path, listed("Name,Email,Contact Email", "Oak #,a#@oak.example,b#@oak.example"))
    e_mail = draft.fields["email"]
    assert e_mail.doubts
    assert e_mail.following
    assert {e_mail.columns[0].header, e_mail.following.header} == {"Email", "Contact Email"}
