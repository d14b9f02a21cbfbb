"""The file formats that can be read: one file each in this folder, one line each here."""

from typing import Final

from leadingest.deliveries.readers.csv import read_csv
from leadingest.deliveries.readers.old_workbook import read_old_workbook
from leadingest.deliveries.readers.reader import Reader
from leadingest.deliveries.readers.xlsx import read_xlsx

READERS: Final[dict[str, Reader]] = {
    "csv": read_csv,
    "tsv": read_csv,
    "xlsx": read_xlsx,
    "xls": read_old_workbook,
    "xlsb": read_old_workbook,
    "ods": read_old_workbook,
}
