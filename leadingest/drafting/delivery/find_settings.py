"""How a file is to be read."""

from __future__ import annotations

from leadingest.deliveries.compression import inner_name
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.readers.old_workbook import sheets_of
from leadingest.deliveries.workbook.book import read_book
from leadingest.deliveries.workbook.package import open_workbook
from leadingest.drafting.delivery.of_text import text_settings
from leadingest.drafting.delivery.of_workbook import workbook_settings
from leadingest.drafting.delivery.settings import DeliverySettings
from leadingest.mapping.delivery_format import WORKBOOKS, DeliveryFormat


def find_settings(delivery: Delivery) -> DeliverySettings:
    """The settings that differ from the defaults. Raises DeliveryError where the file is no list at all."""
    plain = DeliveryFormat()
    file_format = plain.format_of(inner_name(delivery, plain))
    if file_format == "xlsx":
        with open_workbook(delivery, plain) as package:
            return workbook_settings(delivery, read_book(package).sheets)
    if file_format in WORKBOOKS and (sheets := sheets_of(delivery)):
        return workbook_settings(delivery, sheets)
    return text_settings(delivery, usual_delimiter="\t" if file_format == "tsv" else ",")
