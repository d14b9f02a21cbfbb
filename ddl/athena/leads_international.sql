-- What Athena reads of a lake: the published leads, the view that shows them, and all that was published once.
-- Made from ddl/leads_international.yaml by `leadingest ddl --dialect athena`; change that file, not this one.
-- Run the statements one by one, in a database of the Glue catalog. They make nothing in the bucket.

CREATE EXTERNAL TABLE leads_international
LOCATION 's3://BUCKET/PREFIX/leads_international/leads/'
TBLPROPERTIES ('table_type' = 'DELTA');

-- Published leads, one row per lead. Of those with the same lead_key: the most recently extracted, then the most
-- complete, then the first by source name and record number. A lead without a key is one of its own. Where a published
-- load has several leads with the key that are not the same lead, this goes for the leads of each name by themselves.
CREATE OR REPLACE VIEW vw_leads_international AS
SELECT
    ranked."load_id",
    ranked."source_record_number",
    ranked."source_name",
    ranked."source_filename",
    CAST(ranked."source_extract_time" AS timestamp) AS "source_extract_time",
    ranked."company",
    ranked."facility_type",
    ranked."operator",
    ranked."first_name",
    ranked."last_name",
    ranked."title",
    ranked."phone",
    ranked."phone2",
    ranked."email",
    ranked."website_address",
    ranked."language",
    ranked."address1",
    ranked."address2",
    ranked."city",
    ranked."postal_code",
    ranked."subdivision",
    ranked."country",
    ranked."licensee_name",
    ranked."license_number",
    ranked."license_type",
    ranked."license_status",
    ranked."license_issued",
    ranked."license_renewed",
    ranked."certificate_expiration_date",
    ranked."provider_id",
    ranked."capacity",
    ranked."min_age",
    ranked."max_age",
    ranked."ages_served",
    ranked."schedule",
    ranked."curriculum_type",
    ranked."filled_fields",
    ranked."lead_key",
    ranked."name_hash",
    CAST(ranked."updated_at" AS timestamp) AS "updated_at"
FROM (
    SELECT
        *,
        ROW_NUMBER() OVER (
            PARTITION BY lead_key, CASE WHEN "_shared" THEN name_hash END
            ORDER BY source_extract_time DESC, filled_fields DESC, source_name ASC, source_record_number ASC
        ) AS "_place"
    FROM (SELECT *, BOOL_OR(key_is_shared) OVER (PARTITION BY lead_key) AS "_shared" FROM leads_international) AS published
) AS ranked
WHERE lead_key IS NULL OR "_place" = 1 OR ("_shared" AND name_hash IS NULL);

-- Every lead of every load, published or not. Athena passes over the folder _delta_log.
CREATE EXTERNAL TABLE leads_international_files (
    `load_id` bigint,
    `source_record_number` bigint,
    `source_name` string,
    `source_filename` string,
    `source_extract_time` timestamp,
    `company` string,
    `facility_type` string,
    `operator` string,
    `first_name` string,
    `last_name` string,
    `title` string,
    `phone` string,
    `phone2` string,
    `email` string,
    `website_address` string,
    `language` string,
    `address1` string,
    `address2` string,
    `city` string,
    `postal_code` string,
    `subdivision` string,
    `country` string,
    `licensee_name` string,
    `license_number` string,
    `license_type` string,
    `license_status` string,
    `license_issued` date,
    `license_renewed` date,
    `certificate_expiration_date` date,
    `provider_id` string,
    `capacity` bigint,
    `min_age` bigint,
    `max_age` bigint,
    `ages_served` string,
    `schedule` string,
    `curriculum_type` string,
    `filled_fields` bigint,
    `lead_key` string,
    `name_hash` bigint,
    `updated_at` timestamp,
    `key_is_shared` boolean
)
STORED AS PARQUET
LOCATION 's3://BUCKET/PREFIX/leads_international/leads/';

-- What was published of each source, and since when.
CREATE EXTERNAL TABLE leads_international_ledgers (
    `source_name` string,
    `publications` array<struct<generation:bigint,since:string,load_id:bigint,files:array<string>>>
)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/PREFIX/leads_international/ledger/';

-- Every lead that was published once, with the time from which and until which it was; until NULL: it is now.
CREATE OR REPLACE VIEW vw_leads_international_history AS
SELECT
    leads."load_id",
    leads."source_record_number",
    leads."source_name",
    leads."source_filename",
    CAST(leads."source_extract_time" AS timestamp) AS "source_extract_time",
    leads."company",
    leads."facility_type",
    leads."operator",
    leads."first_name",
    leads."last_name",
    leads."title",
    leads."phone",
    leads."phone2",
    leads."email",
    leads."website_address",
    leads."language",
    leads."address1",
    leads."address2",
    leads."city",
    leads."postal_code",
    leads."subdivision",
    leads."country",
    leads."licensee_name",
    leads."license_number",
    leads."license_type",
    leads."license_status",
    leads."license_issued",
    leads."license_renewed",
    leads."certificate_expiration_date",
    leads."provider_id",
    leads."capacity",
    leads."min_age",
    leads."max_age",
    leads."ages_served",
    leads."schedule",
    leads."curriculum_type",
    leads."filled_fields",
    leads."lead_key",
    leads."name_hash",
    CAST(leads."updated_at" AS timestamp) AS "updated_at",
    leads."key_is_shared",
    shown.published_from,
    shown.published_until
FROM (
    SELECT
        file,
        CAST(FROM_ISO8601_TIMESTAMP(publications[number].since) AS timestamp) AS published_from,
        CAST(FROM_ISO8601_TIMESTAMP(ELEMENT_AT(publications, number + 1).since) AS timestamp) AS published_until
    FROM leads_international_ledgers
    CROSS JOIN UNNEST(SEQUENCE(1, CARDINALITY(publications))) AS numbers (number)
    CROSS JOIN UNNEST(publications[number].files) AS files (file)
) AS shown
JOIN leads_international_files AS leads ON leads."$path" = CONCAT('s3://BUCKET/PREFIX/leads_international/leads/', shown.file);
