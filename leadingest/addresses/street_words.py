"""The words by which streets, units and what is neither are told apart. All in capitals, without dots.

Suffixes are those of USPS Publication 28, appendix C1, and designators of units those of C2, with more that are
common in lists.
"""

from __future__ import annotations

from typing import Final

from leadingest.addresses.abbreviations import SUFFIXES as ABBREVIATED


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _spelled(abbreviations: str) -> frozenset[str]:
    """Abbreviations of suffixes with all that they stand for."""
    short = abbreviations.split()
    return frozenset([*short, *(word for word, of in ABBREVIATED.items() if of in short)])


DIRECTIONS: Final = _words(
    "N S E W NE NW SE SW NORTH SOUTH EAST WEST NORTHEAST NORTHWEST SOUTHEAST SOUTHWEST SO"
)
#: Directions that are never the first word of a city: those that begin one are written out, or one letter.
QUADRANTS: Final = _words("NE NW SE SW NORTHEAST NORTHWEST SOUTHEAST SOUTHWEST")

#: Suffixes that end the name of a street: after one, and a direction, the street is over.
SUFFIXES: Final = _spelled(
    "ALY AVE BLVD BYP CIR CRES CSWY CT CV DR EXPY FWY HWY LN LOOP PIKE PKWY PL PLZ RD RTE SQ ST TER TPKE TRCE TRL WAY XING"
) | _words("BL BLV BOWERY BROADWAY CONCOURSE CRT ESPLANADE EXPWY FRWY PKW TPK")
#: Streets whose only name is a suffix: "5776 Broadway".
STREETS_OF_ONE_WORD: Final = _words("BROADWAY BOWERY ESPLANADE")
#: Short forms of suffixes that are words of names when written out: they end a street, but may stand within one.
SHORT_SUFFIXES: Final = _words(
    "ANX BCH BLF BLFS BND BRG BRK BTM CLB CLF CLFS CMN CMNS CORS CPE CRK CRSE CRST CTRS CVS CYN ESTS EXT FLD FLDS FLS FLT "
    "FLTS FRD FRG FRK FRKS FRST FRY GDN GDNS GLN GLNS GRN GRV GTWY HBR HL HLS HOLW HTS HVN INLT JCT KNL KNLS LCK LDG LK "
    "LKS LNDG MDW MDWS MLS MNR MTN MTWY NCK ORCH PLN PLNS PNE PNES PRT PT PSGE RDG RDGS RIV RNCH RPD RPDS SHL SHLS SHR SHRS SMT "
    "SPG SPGS STA STRA STRM TRAK TRCE TRFY TRWY TUNL VIS VLG VLGS VLY VLYS VW VWS WLK WLS"
)
#: Suffixes that are as often a word of a name, and what stands behind the name of a road.
WEAK_SUFFIXES: Final = (ABBREVIATED.keys() - SUFFIXES - SHORT_SUFFIXES) | _words(
    "ACCESS ALT ALTERNATE BAY BUS BUSINESS CONNECTOR FARM FARMS FRONTAGE MALL MEWS PASS POINTE PROMENADE RAMP ROW RUN SERVICE"
)
#: Suffixes that no city ends in: a piece that does is a street.
STREET_ENDS: Final = _spelled("ST AVE BLVD RD DR LN HWY PKWY FWY")
#: Suffixes by which a street is known that has no house number. A "Square" or a "Place" may be a building.
STREETS_ALONE: Final = STREET_ENDS | _spelled("EXPY PIKE TPKE")
#: Suffixes of streets that are buildings, too.
BUILDINGS: Final = _words("PLACE PL PLAZA PLZ SQUARE SQ")
#: What a street alone does not end in: that may as well be a building.
CENTERS: Final = _words("CENTER CENTRE CTR TOWER TOWERS")
NUMBER_WORDS: Final = _words("ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE")

#: Words before a number or letter that is the name of a road: "Highway 50", "FM 1960", "County Road KK".
HIGHWAYS: Final = _words(
    "HIGHWAY HWY HGWY ROUTE RTE RT FM RM RR CR SR TR PR SH CH US IH INTERSTATE LOOP SPUR BUSINESS BUS STATE BELTWAY CTH CTY "
    "EXPRESSWAY EXPY EXP I MILE"
)
#: What a road is that has a number: "COUNTY ROAD 402", "PRIVATE ROAD 8823".
NUMBERED_ROADS: Final = _words(
    "COUNTY COUNTRY CO STATE RANCH PRIVATE FARM MARKET TOWNSHIP TWP FOREST INDIAN TRIBAL PARISH"
)
ROADS: Final = _words("ROAD RD TRAIL TRL LANE LN DRIVE DR")
#: What may stand before such a word where there is no house number.
HIGHWAY_LEADS: Final = NUMBERED_ROADS | HIGHWAYS | DIRECTIONS | ROADS | _words("OLD U S FEDERAL FED TO")
#: Words behind which "St" is "Saint", where the name of one follows, within the name of a street.
SAINT_LEADS: Final = (
    _words("MOUNT MT FORT FT PORT LAKE RUE BAY OLD NEW SAULT POINT CAMP UPPER LOWER BIG LITTLE") | DIRECTIONS
)
SAINT: Final = _words("ST STE SAINT SAINTE")
#: Names that "St" before them makes a city of: "12 Elm St Louis" may be either.
SAINTS: Final = _words(
    "AGATHA ALBANS ANN ANNE ANSGAR ANTHONY AUGUSTINE BENEDICT BERNARD BONIFACE CATHARINE CHARLES CLAIR CLAIRSVILLE CLOUD "
    "DAVID DAVIDS EDWARD ELMO FRANCIS FRANCISVILLE GABRIEL GENEVIEVE GEORGE GEORGES HELEN HELENA HELENS HEDWIG IGNACE IGNATIUS "
    "JACOB JAMES JO JOE JOHN JOHNS JOHNSBURY JOSEPH LAWRENCE LEO LEON LEONARD LOUIS LUCIE LUCAS MARIE MARIES MARKS MARTIN "
    "MARTINVILLE MARY MARYS MARY'S MATTHEWS MAURICE MEINRAD MICHAEL MICHAELS NAZIANZ OLAF PARIS PAUL PAULS PETE PETER PETERS PETERSBURG "
    "PHILIP REGIS ROBERT ROSE SIMONS STEPHEN STEPHENS THOMAS VINCENT"
)

UNITS: Final = _words(
    "APT APARTMENT APTS BLDG BUILDING BLD DEPT DEPARTMENT FL FLOOR FLR HANGAR HNGR KEY LEVEL LVL LOT NO OFC OFFICE PAD PENTHOUSE PH PIER PMB "
    "RM ROOM ROOMS SITE SLIP SPACE SPC STE STES STOP SUITE SUITES TRAILER TRLR UNIT UNITS"
)
FLOORS: Final = _words("FL FLOOR FLR")
FLOOR_NUMBERS: Final = _words("FIRST SECOND THIRD FOURTH FIFTH GROUND MAIN TOP LOWER UPPER")
#: Units that have no number.
LONE_UNITS: Final = _words(
    "BASEMENT BSMT FRONT FRNT LOBBY LBBY LOWER LOWR PENTHOUSE PH REAR UPPER UPPR UPSTAIRS DOWNSTAIRS"
)

#: Words by which a firm, or whatever else is no place, is known.
NO_PLACE: Final = _words(
    "ACADEMY AGENCY APARTMENTS ASSOCIATES ASSOCIATION ATTENTION ATTN CARE CHILDCARE CHILDREN CHILDREN'S CHILDRENS CLINIC CO "
    "COMPANY CORP CORPORATION BLG DAYCARE DBA DEPARTMENT EDUCATION ELEMENTARY FOUNDATION HEADSTART HOSPITAL INC INCORPORATED INSURANCE KIDS "
    "KINDERGARTEN LEARNING LIMITED LLC LLP LTD MANAGEMENT MINISTRIES MONTESSORI NURSERY PC PLLC PO POB PRESCHOOL PROF PROFESSIONAL SCHOOL SCHOOLS SERVICES SUITE "
    "TODDLER TODDLERS UNAVAILABLE UNIT UNKNOWN UNLISTED WITHHELD YMCA YWCA APT BLDG BUILDING BOX FLOOR HOMELESS CONFIDENTIAL ADDRESS C/O DEPT ROOM NA N/A RESTRICTED"
)
#: Words that stand where a city is not told, or told for more than one.
NO_CITY: Final = NO_PLACE | _words(
    "ABOVE ALL AND ANY ANYWHERE APPLICABLE AREA AREAS AS ASK AVAILABLE BELOW CALL CITYWIDE COUNTIES COUNTYWIDE DISCLOSED DOWNTOWN ELSEWHERE ENTIRE EVERYWHERE FILE "
    "GREATER INTERNET LISTED LOCATION LOCATIONS MAILING METRO METROPOLITAN MIDTOWN MISSING MULTIPLE NATIONWIDE NEAR NOT OFFSITE ONLINE ONSITE OR OTHER "
    "OUTSIDE PENDING PRIVATE PROVIDED REGION REGIONAL REMOTE REQUEST REQUIRED RESIDENCE SAME SEE SEVERAL STATEWIDE SURROUNDING TBA TBD THROUGHOUT "
    "UNINCORPORATED UNSPECIFIED VARIES VARIOUS VICINITY VIRTUAL"
)
#: Before the name of a state these make a part of it: "Northern Nevada".
PARTS_OF_STATES: Final = _words("NORTH SOUTH EAST WEST NORTHERN SOUTHERN EASTERN WESTERN CENTRAL UPSTATE")

#: Words by which a firm is known that are no street without a suffix, but may be part of a city's name.
NO_STREET: Final = NO_PLACE | _words(
    "ACROSS BANK BEHIND BETWEEN CHURCH CLUB COLLEGE CORNER FAMILY LIBRARY MUSEUM NEAR OFF OFFICES SHOP SOLUTIONS STORE STUDIO TEMPLE UNIVERSITY"
)

#: Short forms of directions that a city may begin with: "N. Miami".
SHORT_DIRECTIONS: Final = _words("N S E W SO")
#: Cities of one word, said twice.
DOUBLED: Final = _words("WALLA PAGO")
#: Short words that a city may begin with. Another of two letters belongs to a road: "County Road RS".
SHORT_BEGINNINGS: Final = _words("O ST MT FT PT LA EL DE DU LE LO AU OX MY AL SO")
