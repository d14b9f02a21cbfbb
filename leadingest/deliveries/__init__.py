"""From a delivered file to columns of text: finding deliveries, unpacking, decoding, proving, reading."""
