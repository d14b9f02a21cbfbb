"""Each kind of column that a draft recognizes, in a made-up file."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.drafting.drafts import document, drafted, fields

#: What it is · the file · the entries that must come out, as YAML.
CASES = {
    "headers as they are usually spelled": (
        "Facility Name,Telephone No.,E-Mail,ZipCode,Lic #\nOak Tree,702-200-3000,a@oak.example,02134,007\n"
        "Pine Care,702-200-3001,b@pine.example,02135,008\n",
        "company: Facility Name\nphone: Telephone No.\nemail: E-Mail\nzip: ZipCode\nlicense_number: Lic#\n",
    ),
    "places in capitals": (
        "Name,City,County\nOak Tree,EL PASO,EL PASO COUNTY\nPine Care,RENO,WASHOE COUNTY\n",
        "city: {from: City, case: title}\n"
        'county: {from: County, replace: {pattern: "(?i) county$", with: ""}, case: title}\n',
    ),
    "the address of the facility, not that for letters": (
        "Name,Mailing Address,City,Facility Address,Facility City\nOak Tree,PO Box 7,Elko,12 Elm St,Reno\n",
        "address1: Facility Address\ncity: Facility City\n",
    ),
    "an address on one line": (
        'Name,Where\nOak Tree,"12 Elm St, Ste 4, Reno, NV 89501"\nPine,"4 Oak Ave, Elko, NV 89801-1234"\n',
        "address1: {from: Where, us_address: street}\naddress2: {from: Where, us_address: unit}\n"
        "city: {from: Where, us_address: city}\nstate: {from: Where, us_address: state}\n"
        "zip: {from: Where, us_address: zip}\n",
    ),
    "a street in pieces": (
        "Name,Street Number,Street Name,Floor,Apartment\nOak Tree,12,Elm St,2,4B\n",
        "address1: {join: [Street Number, Street Name]}\n"
        'address2: {join: [{from: Floor, prefix: "Floor "}, {from: Apartment, prefix: "Apt "}], separator: ", "}\n',
    ),
    "LAST, FIRST": (
        'Name,Director\nOak Tree,"REED, ANN"\nPine Care,"LEE, MAY"\n',
        "first_name: {from: Director, person: first}\nlast_name: {from: Director, person: last}\n",
    ),
    "persons among firms": (
        'Name,Owner\nOak Tree,"REED, ANN"\nPine Care,Pine Care LLC\n',
        "first_name: {from: Owner, person: first, otherwise: blank}\n",
    ),
    "a person with a role on the next line": (
        'Name,Primary Caregiver\nOak Tree,"Ann Reed\n \n Director"\nPine,"May Lee\nOwner"\n',
        'first_name: {from: Primary Caregiver, split: "\\n", person: first}\n'
        'title: {from: Primary Caregiver, split: "\\n", part: -1}\n',
    ),
    "ages in months": (
        "Name,Postal,Ages From (mo),Ages To (wks)\nOak Tree,02134,6,260\nPine Care,02135,24,520\n",
        'zip: Postal\nmin_age: {from: Ages From (mo), suffix: " months", in_years: true}\n'
        'max_age: {from: Ages To (wks), suffix: " weeks", in_years: true}\n',
    ),
    "days as spreadsheet programs keep them": (
        "Name,Issue Date\nOak,45123\nPine,44567\n",
        "license_issued: {from: Issue Date, formats: [serial]}\n",
    ),
    "a day before a time that no format reads": (
        "Name,Issue Date\nOak,2022/01/24 00:00:00+00\nPine,2022/02/24 00:00:00+00\n",
        "license_issued:\n"
        '  {from: Issue Date, extract: "^([0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4})[ T]", formats: ["%Y/%m/%d"]}\n',
    ),
    "a trade name where there is one": (
        "Legal Name,DBA\nOak Kids LLC,Little Oak\nElm Kids Inc,\nAsh Care LLC,\n",
        "company: {first_of: [DBA, Legal Name]}\nlicensee_name: Legal Name\n",
    ),
    "languages of which several stand in a cell": (
        "Name,Languages\nOak,English;spanish\nPine,English;English\n",
        'language: {from: Languages, each: {case: title}, split_at: ";", distinct: true}\n',
    ),
    "a ZIP code and its further digits": (
        "Name,Zip,Zip+4\nOak,89501,0012\nPine,89502,1234\n",
        'zip: {join: [Zip, Zip+4], separator: "-"}\n',
    ),
    "a status for each year": (
        "Name,Status 2025,Status 2024\nOak,,Open\nPine,Closed,Open\n",
        "license_status:\n"
        "  {last_of: [Status 2024, Status 2025], values: {Closed: closed, Open: active}, otherwise: invalid}\n",
    ),
    "hours of opening and closing that all days share": (
        "Name,Days Open,Hours Open,Hours Close\nOak,Mon-Fri,7:00 AM,6:00 PM\nElm,Mon-Fri,6:30 AM,5:00 PM\n",
        'schedule: {join: [Days Open, {join: [Hours Open, Hours Close], separator: " - "}], hours: true, '
        "otherwise: keep}\n",
    ),
    "age groups with their ages in the header": (
        "Name,Infant_0_To_12mos,School_Age_5yrs_Plus\nOak,Y,N\nElm,N,Y\n",
        "ages_served: ages\n",
    ),
    "a street and a suite on two lines": (
        'Name,Street,City\nOak,"12 Elm St\nSuite 4",Reno\nElm,7 Oak Ave,Reno\n',
        "address1: {from: Street, us_address: street}\naddress2: {from: Street, us_address: unit}\n",
    ),
    "yes and no in another language": (
        "Nom de la crèche,Subventionné\nLes Lutins,Oui\nPirouette,Non\n",
        'accepts_financial_aid: {from: Subventionné, values: {Non: "no", Oui: "yes"}, otherwise: invalid}\n',
    ),
    "a form of address in another language": (
        "Einrichtung,Leitung\nKita Eiche,Frau Lea Weber\nKita Ulme,Herr Jonas Reed\n",
        "first_name:\n  from: Leitung\n  replace:\n    pattern: ^(?:Frau|Herrn?|Fr\\.|Hr\\.|Hrn\\.|Mme|Mlle|Madame"
        "|Monsieur|Señora?|Sra?\\.|Dña\\.|Dhr\\.|Mevr\\.|Mw\\.|Sig\\.(?:ra)?) +\n    with: ''\n  person: first\n",
    ),
    "a number beside words": (
        "Name,Capacity\nOak,40 children\nElm,12 children\n",
        "capacity: {from: Capacity, digits: true}\n",
    ),
    "a post code before its town": (
        "Einrichtung,PLZ Ort\nKita Eiche,10115 Berlin\nKita Ulme,20095 Hamburg\n",
        'city: {from: PLZ Ort, extract: "^(?:[A-Z]{1,2}-)?[0-9]{4,5}(?: [A-Z]{2})? (\\\\pL\\\\D*)$"}\n',
    ),
    "codes with a legend": (
        'Name,Status,Type\nOak,A,C\nElm,S,F\n"Legend: A = Active, S = Suspended",,\n"C = Center, F = Family home",,\n',
        "license_status: {from: Status, values: {A: active, S: suspended}, otherwise: invalid}\n"
        "facility_type: {from: Type, values: {C: center, F: family_home}, otherwise: invalid}\n",
    ),
    "a kind and a number": (
        "Name,Type License\nOak Tree,FAMILY HOME - K123\nPine Care,CHILD CARE CENTER - K456\n",
        'license_type: {from: Type License, split: " - "}\n'
        'license_number: {from: Type License, extract: " - ([A-Za-z]{0,4}[0-9][0-9A-Za-z-]*)$"}\n'
        'facility_type: {from: Type License, split: " - ", '
        "values: {CHILD CARE CENTER: center, FAMILY HOME: family_home}, otherwise: invalid}\n",
    ),
    "a trade name": (
        'Company\n"REED, ANN DBA OAK TREE"\n"PINE CARE, LLC"\n',
        "company: {from: Company, dba: trade, otherwise: keep}\n"
        "licensee_name: {from: Company, dba: legal, otherwise: keep}\n",
    ),
    "dates in two formats": (
        "Name,Issue Date\nOak Tree,3/14/2011\nPine Care,11/30/15\n",
        'license_issued: {from: Issue Date, formats: ["%m/%d/%Y", "%m/%d/%y"]}\n',
    ),
    "a date in a sentence": (
        "Name,License Monitoring Since\nOak Tree,Monitoring since 2020-12-18\n",
        'license_issued: {from: License Monitoring Since, extract: "([0-9]{4}-[0-9]{2}-[0-9]{2})"}\n',
    ),
    "yes and no": (
        "Name,Accepts Subsidy\nOak Tree,Y\nPine Care,N\n",
        "accepts_financial_aid: Accepts Subsidy\n",
    ),
    "a yes that repeats the header": (
        "Name,Accepts Subsidy\nOak Tree,Accepts Subsidy\nPine Care,\n",
        'accepts_financial_aid: {from: Accepts Subsidy, values: {Accepts Subsidy: "yes"}, otherwise: invalid}\n',
    ),
    "statuses": (
        "Name,Status\nOak Tree,Full Permit\nPine Care,Initial\nElm,Revocation Pending\nYew,LAPSED\n",
        "license_status: {from: Status, values: {Full Permit: active, Initial: provisional, LAPSED: expired, "
        "Revocation Pending: pending_revocation}, otherwise: invalid}\n",
    ),
    "flags of age groups": (
        "Name,Infants (0-11mo),Toddler,School Age\nOak Tree,Y,X,N\nPine Care,,1,Y\n",
        "{ages_served: ages, min_age: {from: ages, ages: min}, max_age: {from: ages, ages: max}}",
    ),
    "two ages": (
        "Name,Ages\nOak Tree,6 WKS To 13 YRS\nPine Care,5 YRS To 12 YRS\n",
        "{ages_served: Ages, min_age: {from: Ages, ages: min}, max_age: {from: Ages, ages: max}}",
    ),
    "ages without a unit": (
        "Name,Ages\nOak Tree,0 - 6\nPine Care,2.5 - 13\n",
        'min_age: {from: Ages, suffix: " years", ages: min}\n',
    ),
    "a person with role and e-mail": (
        'Name,Contact\nOak Tree,"Ann Reed, Director"\nPine Care,"May Lee, Owner"\n',
        "last_name: {from: Contact, person: last}\ntitle: {from: Contact, person: title, otherwise: blank}\n",
    ),
    "an e-mail beside the name": (
        "Name,Contact\nOak Tree,Ann Reed (ann@oak.example)\nPine Care,May Lee <may@pine.example>\n",
        r"email: {from: Contact, extract: '([A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,})'}",
    ),
    "an area code in a column of its own": (
        "Name,Area Code,Phone\nOak Tree,702,200-3000\nPine Care,775,200-3001\n",
        'phone: {join: [Area Code, Phone], separator: "-"}\n',
    ),
    "a second phone without a first": ("Name,Home Phone\nOak Tree,702-200-3000\n", "phone: Home Phone\n"),
    "an age a column": (
        "Name,Starting Age,Ending Age\nOak Tree,6 weeks,12 years\nPine Care,2 years,5 years\n",
        "{min_age: {from: Starting Age, ages: min}, max_age: {from: Ending Age, ages: max}}",
    ),
    "groups of ages under a header that says nothing": (
        'Name,Approved For\nOak Tree,"Infants, Toddlers"\nPine Care,Preschool\n',
        "{ages_served: Approved For, min_age: {from: Approved For, ages: min}}",
    ),
    "questions for headers": (
        "What is the name of your program?,How many children are you licensed for?\nOak Tree,24\nPine Care,12\n",
        "{company: 'What is the name of your program?', capacity: 'How many children are you licensed for?'}",
    ),
    "another phone": (
        "Name,Phone,After Hours Phone\nOak Tree,702-200-3000,702-200-3001\n",
        "phone: Phone\nphone2: After Hours Phone\n",
    ),
    "an address on two lines": (
        'Name,Where\nOak Tree,"12 Elm St\nReno, NV 89501"\nPine,"4 Oak Ave\nElko, NV 89801"\n',
        "city: {from: Where, us_address: city}\n",
    ),
    "days of the week": (
        "Name,Mon,Tue,Wed,Thu,Fri\nOak Tree,8-5,8-5,CLOSED,8-5,8-5\n",
        'schedule: {join: [{from: Mon, prefix: "Mon "}, {from: Tue, prefix: "Tue "}, '
        '{from: Wed, nulls: [CLOSED], prefix: "Wed "}, {from: Thu, prefix: "Thu "}, {from: Fri, prefix: "Fri "}], '
        'separator: "; "}\n',
    ),
    "days and hours": (
        "Name,Days Open,Hours\nOak Tree,MTWTHF,0600 To 1800\nPine Care,MTW,0700 To 1730\n",
        "schedule: {join: [Days Open, Hours], hours: true, otherwise: keep}\n",
    ),
    "a phone with its extension": (
        "Name,Phone,Ext\nOak Tree,702-200-3000,12\n",
        "phone: {join: [Phone, {from: Ext, prefix: x}]}\n",
    ),
    "ZIP codes without their zeros": (
        "Name,Zip\nOak Tree,2134\nPine Care,2135\n",
        "zip: {from: Zip, restore_zeros: true}\n",
    ),
    "what only its values tell": (
        "Name,Reach us at,Line\nOak Tree,a@oak.example,(702) 200-3000\nPine Care,b@pine.example,(702) 200-3001\n",
        "email: Reach us at\nphone: Line\n",
    ),
    "a known header with nothing under it": ("Name,Email,Phone\nOak Tree,,702-200-3000\n", "email: Email\n"),
}


@pytest.mark.parametrize(("content", "expected"), CASES.values(), ids=CASES)
def test_it_becomes_an_entry(content: str, expected: str, tmp_path: Path) -> None:
    found = fields(drafted(tmp_path, content))
    for field, entry in yaml.safe_load(expected.replace("Lic#", '"Lic #"')).items():
        assert found.get(field) == entry


def test_a_list_without_a_header_is_told_by_its_values(tmp_path: Path) -> None:
    rows = "".join(
        f"Oak {kind},K-{number}12,{number} Elm St,{city},{number % 9 + 4},03/01/2015,03/01/2027\n"
        for number, (kind, city) in enumerate(
            [("Nursery", "Reno,NV,89501"), ("Child Care", "Elko,NV,89801"), ("Day Care", "Ely,NV,89301")] * 8,
            start=10,
        )
    )
    draft = drafted(tmp_path, rows)
    positions = {name: proposal.columns[0].position for name, proposal in draft.fields.items()}
    assert positions == {
        "company": 0,
        "facility_type": 0,
        "license_number": 1,
        "address1": 2,
        "city": 3,
        "state": 4,
        "zip": 5,
        "capacity": 6,
        "license_issued": 7,
        "certificate_expiration_date": 8,
    }
    assert set(draft.unsure) >= positions.keys() - {"state", "zip"}


def test_words_that_stand_for_nothing_among_phones_and_days_are_no_values(tmp_path: Path) -> None:
    rows = "".join(
        f"Oak {number},{'Ask the office' if number % 4 else f'702-200-30{number}'},"
        f"{'Closed' if number % 3 else f'3/1/20{number}'},{'Closed' if number % 2 else 'Open'}\n"
        for number in range(10, 40)
    )
    delivery = document(drafted(tmp_path, f"Name,Phone,Issue Date,Status\n{rows}"))["delivery"]
    assert isinstance(delivery, dict)
    # `Closed` means something elsewhere.
    assert delivery["nulls"] == ["", "Ask the office"]


def test_a_place_that_stands_above_its_records_is_filled_down(tmp_path: Path) -> None:
    rows = "".join(
        f"{'Elko' if number == 1 else 'Washoe' if number == 9 else ''},Oak {number}\n"
        for number in range(1, 20)
    )
    draft = drafted(tmp_path, f"County,Name\n{rows}")
    assert draft.settings.values["fill_down"] == ["County"]
    assert "fill_down" in draft.settings.doubts


def test_a_place_that_few_records_have_is_not_filled_down(tmp_path: Path) -> None:
    rows = "".join(
        f"{'Washoe' if number == 9 else 'Elko' if number == 4 else ''},Oak {number}\n"
        for number in range(1, 20)
    )
    assert "fill_down" not in drafted(tmp_path, f"County,Name\n{rows}").settings.values


def test_flags_of_age_groups_become_one_value_for_three_fields(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Name,Infant,Toddler,ages\nOak Tree,Y,Y,x\nPine Care,N,Y,y\n")
    assert document(draft)["let"] == {"age_groups": {"flags": ["Infant", "Toddler"]}}
    assert fields(draft)["min_age"] == {"from": "age_groups", "ages": "min"}


def test_words_about_ages_in_several_columns_are_put_together(tmp_path: Path) -> None:
    draft = drafted(
        tmp_path,
        "Name,Ages 1,Ages 2\nOak Tree,Infants (0-11 months),Toddlers (1 yr)\nPine Care,Toddlers (1 yr),\n",
    )
    assert document(draft)["let"] == {"ages": {"join": ["Ages 1", "Ages 2"], "separator": "|"}}
    assert fields(draft)["ages_served"] == {"from": "ages", "ages": "list"}
    assert fields(draft)["max_age"] == {"from": "ages", "ages": "max"}


def test_hours_of_opening_and_closing_become_a_schedule(tmp_path: Path) -> None:
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
    header = ",".join(f"{day} Open,{day} Close" for day in days)
    draft = drafted(tmp_path, f"Name,{header}\nOak Tree{',6:30 AM,6:00 PM' * 5},Closed,\n")
    let = document(draft)["let"]
    assert isinstance(let, dict)
    assert let["monday_hours"] == {"join": ["Mon Open", "Mon Close"], "separator": " - "}
    assert let["saturday_hours"]["join"][0] == {"from": "Sat Open", "nulls": ["Closed"]}
    schedule = fields(draft)["schedule"]
    assert isinstance(schedule, dict)
    assert list(schedule["days"]) == list(days)


def test_ages_are_taken_out_of_a_sentence(tmp_path: Path) -> None:
    draft = drafted(tmp_path, 'Name,Room\nOak Tree,"6 Children, Ages 6 weeks to 12 years"\n')
    assert list(document(draft)["let"]) == ["ages"]  # type: ignore[call-overload]  # it is a mapping
    assert fields(draft)["ages_served"] == "ages"


UNSURE = {
    "a misspelt header": ("Nmae of Facility,Phnoe Number\nOak Tree,702-200-3000\n", "phone", "is taken for"),
    "day or month first": (
        "Name,Issue Date\nOak Tree,1/2/2011\n",
        "license_issued",
        "every value also fits %d/%m/%Y",
    ),
    "phones that are none": ("Name,Phone\nOak,123-456-7890\n", "phone", "none of its values"),
    "phones of another country": ("Name,Phone\nOak,01407 830414\nElm,01248 810451\n", "phone", "those of GB"),
    "a name that is blank": (
        "Company,Owner\nOak Tree,Ann Reed\n,May Lee\n",
        "company",
        '"Owner" is used instead',
    ),
    "nothing that is a name": ("a,b\nx y,1\nz w,2\n", "company", "no header names it"),
}


@pytest.mark.parametrize(("content", "field", "reason"), UNSURE.values(), ids=UNSURE)
def test_what_is_unsure_says_why(content: str, field: str, reason: str, tmp_path: Path) -> None:
    draft = drafted(tmp_path, content)
    assert any(reason in doubt for doubt in draft.fields[field].doubts)


def test_a_value_whose_meaning_is_not_told_by_its_words_waits_in_a_comment(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Name,Status\nOak,Active\nElm,Closed\nYew,Grue\n")
    assert fields(draft)["license_status"] == {
        "from": "Status",
        "values": {"Active": "active", "Closed": "closed"},
        "otherwise": "invalid",
    }


def test_values_beyond_the_sample_are_in_the_map_too(tmp_path: Path) -> None:
    rows = "".join(f"Oak {number},Active\n" for number in range(12_000))
    draft = drafted(tmp_path, f"Name,Status\n{rows}Pine,Revoked\n")
    assert not draft.sample.whole
    assert fields(draft)["license_status"]["values"] == {"Active": "active", "Revoked": "revoked"}  # type: ignore[index]


def test_columns_of_one_name_are_named_anew_where_one_is_needed(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Name,County,County\nOak,Washoe,Elko\n")
    delivery = document(draft)["delivery"]
    assert isinstance(delivery, dict)
    assert delivery["names"] == ["Name", "County", "County 2"]
    assert (delivery["header"], delivery["skip_lines"]) == ("none", 1)


ABROAD: dict[str, tuple[str, dict[str, object], set[str]]] = {
    "each record names its country": (
        "Name,Country,Tel,Postcode,State\nLutins,France,01 99 00 12 34,75010,Nord\n"
        "Acorn,UK,020 7946 0958,SW1A 1AA,Kent\nWattle,Australia,(02) 5550 1234,2000,NSW\n",
        {"phone": "Tel", "postal_code": "Postcode", "subdivision": "State", "country": "Country"},
        {"FR", "GB", "AU"},
    ),
    "all of one country, which nothing names": (
        "Name,Telephone,Post code\nAcorn,020 7946 0958,SW1A 1AA\nOak,0131 496 0123,EH1 1AA\n",
        {"phone": "Telephone", "postal_code": "Post code", "country": {"const": "GB"}},
        {"GB"},
    ),
}


@pytest.mark.parametrize("case", ABROAD)
def test_a_list_of_another_country_is_drafted_into_the_table_for_any(case: str, tmp_path: Path) -> None:
    content, expected, countries = ABROAD[case]
    draft = drafted(tmp_path, content, table="leads_international")
    assert fields(draft).items() >= expected.items()
    assert ("country" in draft.unsure) == isinstance(expected["country"], dict)
    assert draft.better is None
    offered = drafted(tmp_path, content).better
    assert offered is not None
    assert offered[0] in countries
    assert offered[1] == "leads_international"


def test_a_list_of_the_united_states_is_offered_no_other_table(tmp_path: Path) -> None:
    assert drafted(tmp_path, "Name,Country,Phone,Zip\nOak,USA,702-200-3000,89501\n").better is None
    assert drafted(tmp_path, "Name,Phone,Zip\nOak,702-200-3000,89501\n").better is None
