-- The tables that leadingest loads leads into, and the view that shows them.
-- Made from ddl/leads_international.yaml by `leadingest ddl --dialect mysql`; change that file, not this one.

CREATE TABLE IF NOT EXISTS leads_international (
    load_id INTEGER UNSIGNED NOT NULL COMMENT 'The load; see loads.',
    source_record_number INTEGER UNSIGNED NOT NULL COMMENT 'The record of the delivery, counted from 1 after the header.',
    source_name VARCHAR(64) COLLATE utf8mb4_bin NOT NULL COMMENT 'Who the list comes from.',
    source_filename VARCHAR(255) NOT NULL COMMENT 'The file name of the delivery.',
    source_extract_time DATETIME(6) NOT NULL COMMENT 'When the delivery was made, UTC.',
    company VARCHAR(255) NOT NULL COMMENT 'Name the provider trades under; for a home without one, the name of the person.',
    facility_type VARCHAR(32) COMMENT 'What kind of care it is, in words that are the same for every country.',
    operator VARCHAR(255) COMMENT 'Chain, agency or organization that runs the facility, where it is not the licensee.',
    first_name VARCHAR(100) COMMENT 'First name of the person to talk to; the first of them where the source names several.',
    last_name VARCHAR(100) COMMENT 'Last name of the same person.',
    title VARCHAR(100) COMMENT 'Role of the same person, such as Director or Owner.',
    phone VARCHAR(38) COMMENT 'Number to call first.',
    phone2 VARCHAR(38) COMMENT 'Another number, such as a mobile phone.',
    email VARCHAR(254) COMMENT 'E-mail address of the person or the facility.',
    website_address VARCHAR(500) COMMENT 'Web site of the facility.',
    language VARCHAR(100) COMMENT 'Languages spoken with families, separated by ", ".',
    address1 VARCHAR(200) COMMENT 'House number and street, or the name of the house.',
    address2 VARCHAR(100) COMMENT 'What else the address has, such as a floor, an estate or a district.',
    city VARCHAR(100) COMMENT 'City or town.',
    postal_code VARCHAR(12) COMMENT 'Postal code, in the form in which its country writes it.',
    subdivision VARCHAR(6) COMMENT 'State, province, department, county or the like, as its code in ISO 3166-2, such as AU-NSW.',
    country VARCHAR(2) COMMENT 'Country, as its two-letter code.',
    licensee_name VARCHAR(255) COMMENT 'Person or company that holds the license, in full as the source has it.',
    license_number VARCHAR(64) COMMENT 'Number of the license or registration, as the agency writes it. Zeros at its start count.',
    license_type VARCHAR(150) COMMENT 'Kind of license in the words of the agency.',
    license_status VARCHAR(32) COMMENT 'Where the license stands, in words that are the same for every country.',
    license_issued DATE COMMENT 'Day on which the license was first given.',
    license_renewed DATE COMMENT 'Day on which the license was last renewed.',
    certificate_expiration_date DATE COMMENT 'Day on which the license or certificate runs out.',
    provider_id VARCHAR(64) COMMENT 'The agency''s number for the provider or facility, where it is not that of the license.',
    capacity INTEGER COMMENT 'Children it may care for at a time.',
    min_age INTEGER COMMENT 'Age in whole years of the youngest children taken; 0 for infants, 5 for school age.',
    max_age INTEGER COMMENT 'Age in whole years of the oldest children taken.',
    ages_served VARCHAR(255) COMMENT 'Age groups taken, such as "Infant, Toddler", or the range in the words of the source.',
    schedule VARCHAR(500) COMMENT 'Days and hours it is open.',
    curriculum_type VARCHAR(255) COMMENT 'Program or method, such as Montessori.',
    filled_fields SMALLINT NOT NULL COMMENT 'How many lead fields have a value.',
    lead_key VARCHAR(690) COLLATE utf8mb4_bin COMMENT 'Leads with the same key are the same lead; a lead without a key is always separate.',
    name_hash INTEGER UNSIGNED COMMENT 'CRC-32 of the name, which distinguishes leads that share a key.',
    updated_at DATETIME(6) NOT NULL COMMENT 'When the row was loaded, UTC.',
    lead_key_digest BINARY(16) GENERATED ALWAYS AS (unhex(left(sha2(lead_key, 256), 32))) STORED COMMENT 'Stands for lead_key in the index.',
    PRIMARY KEY (load_id, source_record_number),
    KEY ix_leads_international_lead_key (load_id, lead_key_digest, source_extract_time, filled_fields, source_record_number, name_hash),
    KEY ix_leads_international_phone (load_id, phone)
) ENGINE=InnoDB CHARSET=utf8mb4 STATS_SAMPLE_PAGES=200 COMMENT='Child-care providers of any country as sales leads, one row per record of a delivery, all deliveries kept.' COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS leads_international_keys (
    lead_key_digest BINARY(16) NOT NULL COMMENT 'See leads_international.',
    source_name VARCHAR(64) COLLATE utf8mb4_bin NOT NULL COMMENT 'Who has had the lead.',
    several BOOL NOT NULL COMMENT 'Whether several leads of one load had the key.',
    PRIMARY KEY (lead_key_digest, source_name, several)
) ENGINE=InnoDB CHARSET=utf8mb4 COMMENT='Which sources have had leads with a key that several leads have. Most keys have one, and are not here.' COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS leads_international_key_hashes (
    source_name VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    first_load_id INTEGER UNSIGNED NOT NULL COMMENT 'The load that was the first of its source to have these keys.',
    part INTEGER NOT NULL COMMENT 'Counted from 1.',
    hashes BLOB NOT NULL COMMENT 'The CRC-32 of each key, four bytes each, the least significant first.',
    PRIMARY KEY (source_name, first_load_id, part)
) ENGINE=InnoDB CHARSET=utf8mb4 COMMENT='Which keys each source has had, as hashes: a load is compared with these. See leads_international_keys.' COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS loads (
    load_id INTEGER UNSIGNED NOT NULL AUTO_INCREMENT,
    source_name VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    load_table VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    status VARCHAR(16) COLLATE utf8mb4_bin NOT NULL COMMENT 'running, loaded, held, failed, pruning or pruned',
    file_name VARCHAR(255) NOT NULL,
    file_size BIGINT NOT NULL COMMENT 'Bytes.',
    file_sha256 VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    mapping_hash VARCHAR(64) COLLATE utf8mb4_bin NOT NULL COMMENT 'SHA-256 of everything that determined how it was loaded.',
    encoding VARCHAR(32) COMMENT 'The encoding used to read the delivery.',
    dialect VARCHAR(100) COMMENT 'The CSV dialect: JSON of delimiter, quote, escape.',
    records_read BIGINT NOT NULL COMMENT 'Records in the delivery: loaded + rejected + filtered.' DEFAULT '0',
    records_loaded BIGINT NOT NULL COMMENT 'Rows in the load table.' DEFAULT '0',
    records_rejected BIGINT NOT NULL COMMENT 'Rows in load_rejects.' DEFAULT '0',
    records_filtered BIGINT NOT NULL COMMENT 'Records left out on purpose.' DEFAULT '0',
    invalid_values BIGINT NOT NULL COMMENT 'Rows in load_invalid_values.' DEFAULT '0',
    extract_time DATETIME(6) NOT NULL COMMENT 'When the delivery was made, UTC.',
    started_at DATETIME(6) NOT NULL,
    finished_at DATETIME(6),
    reason TEXT COMMENT 'Why the load failed or is held.',
    run_by VARCHAR(160) NOT NULL COMMENT 'The process that ran it.' DEFAULT '',
    program_version VARCHAR(32) NOT NULL,
    PRIMARY KEY (load_id),
    KEY ix_loads_source_name (source_name, load_id)
) ENGINE=InnoDB CHARSET=utf8mb4 COMMENT='One row per load.' COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS load_rejects (
    load_id INTEGER UNSIGNED NOT NULL,
    record_number INTEGER UNSIGNED NOT NULL,
    line_number BIGINT COMMENT 'Line of the file, or row of the sheet, where it starts.',
    field VARCHAR(64) COMMENT 'The lead field; none if the record could not be read.',
    rule VARCHAR(64) COLLATE utf8mb4_bin NOT NULL COMMENT 'The word, type or check that rejected it, or the reason why it could not be read.',
    message LONGTEXT NOT NULL,
    raw_record LONGTEXT COMMENT 'The original record: JSON, header to cell; its text if it could not be read.',
    PRIMARY KEY (load_id, record_number)
) ENGINE=InnoDB CHARSET=utf8mb4 COMMENT='Records that could not become leads.' COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS load_invalid_values (
    load_id INTEGER UNSIGNED NOT NULL,
    record_number INTEGER UNSIGNED NOT NULL,
    field VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    header LONGTEXT NOT NULL COMMENT 'Headers of the value, separated by commas.',
    rule VARCHAR(64) COLLATE utf8mb4_bin NOT NULL COMMENT 'The word, type or check that rejected it.',
    raw_value LONGTEXT COMMENT 'The original cell; for several cells, JSON.',
    PRIMARY KEY (load_id, record_number, field)
) ENGINE=InnoDB CHARSET=utf8mb4 COMMENT='Cells of loaded records that could not be read: blank in the lead, kept here.' COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS load_shared_keys (
    load_id INTEGER UNSIGNED NOT NULL,
    lead_key VARCHAR(690) COLLATE utf8mb4_bin NOT NULL COMMENT 'See the load table.',
    PRIMARY KEY (load_id, lead_key),
    KEY ix_load_shared_keys_lead_key (lead_key, load_id)
) ENGINE=InnoDB CHARSET=utf8mb4 COMMENT='Keys that leads with different names and numbers share in a load: for these keys, only leads with the same name are the same lead.' COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS load_profiles (
    load_id INTEGER UNSIGNED NOT NULL,
    position INTEGER NOT NULL COMMENT 'Counted from 1; 0: the delivery as a whole.',
    header LONGTEXT NOT NULL,
    filled BIGINT NOT NULL COMMENT 'Number of records with a value in this column.',
    profile LONGTEXT COMMENT 'More statistics of the column: JSON.',
    PRIMARY KEY (load_id, position)
) ENGINE=InnoDB CHARSET=utf8mb4 COMMENT='Statistics of the columns of deliveries.' COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS load_drift (
    load_id INTEGER UNSIGNED NOT NULL,
    finding INTEGER NOT NULL COMMENT 'Counted from 1.',
    code VARCHAR(8) COLLATE utf8mb4_bin NOT NULL COMMENT 'The kind of drift: DR102.',
    name VARCHAR(64) COLLATE utf8mb4_bin NOT NULL COMMENT 'The name of the kind: renamed_column.',
    class VARCHAR(16) COLLATE utf8mb4_bin NOT NULL COMMENT 'breaking, lossy or safe.',
    header LONGTEXT NOT NULL COMMENT 'The column; empty for the delivery as a whole.',
    expected LONGTEXT NOT NULL,
    found LONGTEXT NOT NULL,
    advice LONGTEXT NOT NULL COMMENT 'What to do.',
    PRIMARY KEY (load_id, finding)
) ENGINE=InnoDB CHARSET=utf8mb4 COMMENT='How deliveries differed from their mapping and from the load published at that time.' COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS load_corrected_files (
    load_id INTEGER UNSIGNED NOT NULL,
    file INTEGER NOT NULL COMMENT 'Counted from 1.',
    file_name VARCHAR(255) NOT NULL,
    file_size BIGINT NOT NULL COMMENT 'Bytes.',
    file_sha256 VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    records_loaded BIGINT NOT NULL COMMENT 'Number of its records that became leads.',
    records_filtered BIGINT NOT NULL COMMENT 'Number of its records that were filtered.',
    joined_at DATETIME(6) NOT NULL,
    program_version VARCHAR(32) NOT NULL,
    PRIMARY KEY (load_id, file)
) ENGINE=InnoDB CHARSET=utf8mb4 COMMENT='Files of corrected rejects that were added to a load.' COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS published_loads (
    source_name VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    load_table VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    load_id INTEGER UNSIGNED NOT NULL COMMENT '0 if none was published yet.',
    published_at DATETIME(6) NOT NULL,
    PRIMARY KEY (source_name, load_table),
    KEY ix_published_loads_load_id (load_table, load_id, source_name)
) ENGINE=InnoDB CHARSET=utf8mb4 COMMENT='The load of each source that the view shows.' COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS exports (
    export_id BIGINT NOT NULL AUTO_INCREMENT,
    export_name VARCHAR(64) COLLATE utf8mb4_bin NOT NULL COMMENT 'Name given by the user.',
    load_table VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    status VARCHAR(16) COLLATE utf8mb4_bin NOT NULL COMMENT 'running, done or failed',
    begins_anew BOOL NOT NULL COMMENT 'Whether earlier exports of this name are disregarded.',
    file_name VARCHAR(255) NOT NULL,
    file_sha256 VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
    file_columns LONGTEXT NOT NULL COMMENT 'The columns of the file: JSON.',
    chosen_by LONGTEXT NOT NULL COMMENT 'Which leads were selected: JSON.',
    loads LONGTEXT NOT NULL COMMENT 'The published load of each source: JSON.',
    leads_new BIGINT NOT NULL,
    leads_changed BIGINT NOT NULL,
    leads_reappeared BIGINT NOT NULL,
    leads_known BIGINT NOT NULL COMMENT 'Not in the file: exported before and unchanged.',
    leads_gone BIGINT NOT NULL COMMENT 'Present at the last export, but no longer.',
    exported_at DATETIME(6) NOT NULL,
    program_version VARCHAR(32) NOT NULL,
    PRIMARY KEY (export_id),
    KEY ix_exports_export_name (export_name, load_table, export_id)
) ENGINE=InnoDB CHARSET=utf8mb4 COMMENT='What was exported under a name.' COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS exported_leads (
    export_id BIGINT NOT NULL,
    lead_digest VARCHAR(32) COLLATE utf8mb4_bin NOT NULL COMMENT 'Hash of what identifies the lead.',
    content_digest VARCHAR(32) COLLATE utf8mb4_bin NOT NULL COMMENT 'Hash of what was exported; empty if the lead was removed.',
    PRIMARY KEY (export_id, lead_digest)
) ENGINE=InnoDB CHARSET=utf8mb4 COMMENT='The leads of each export: those exported and those removed.' COLLATE utf8mb4_unicode_ci;

-- The keys of loads that an earlier version has made: the view relies on them.
INSERT INTO leads_international_keys (lead_key_digest, source_name, several) SELECT DISTINCT compared.lead_key_digest, compared.source_name, compared.several
FROM (SELECT had.lead_key_digest AS lead_key_digest, had.source_name AS source_name, had.several AS several, min(had.source_name) OVER (PARTITION BY had.lead_key_digest) AS first_source, max(had.source_name) OVER (PARTITION BY had.lead_key_digest) AS last_source
FROM (SELECT leads_international.lead_key_digest AS lead_key_digest, (SELECT loads.source_name
FROM loads
WHERE loads.load_id = leads_international.load_id) AS source_name, count(*) > 1 AS several
FROM leads_international FORCE INDEX (ix_leads_international_lead_key)
WHERE leads_international.lead_key_digest IS NOT NULL AND leads_international.load_id IN (SELECT loads.load_id
FROM loads
WHERE loads.load_table = 'leads_international' AND loads.status IN ('loaded', 'held')) GROUP BY leads_international.load_id, leads_international.lead_key_digest) AS had) AS compared
WHERE (compared.several = 1 OR compared.first_source != compared.last_source) AND NOT (EXISTS (SELECT leads_international_keys.source_name
FROM leads_international_keys
WHERE leads_international_keys.lead_key_digest = compared.lead_key_digest AND leads_international_keys.source_name = compared.source_name AND leads_international_keys.several = compared.several));

CREATE OR REPLACE VIEW vw_leads_international AS
-- Published leads, one row per lead. Of those with the same lead_key: the most recently extracted, then the most
-- complete, then the first by source name and record number. A lead without a key is one of its own. Where a published
-- load has the key in load_shared_keys, this goes for the leads of each name by themselves.
SELECT
    this.load_id,
    this.source_record_number,
    shown.source_name,
    this.source_filename,
    this.source_extract_time,
    this.company,
    this.facility_type,
    this.operator,
    this.first_name,
    this.last_name,
    this.title,
    this.phone,
    this.phone2,
    this.email,
    this.website_address,
    this.language,
    this.address1,
    this.address2,
    this.city,
    this.postal_code,
    this.subdivision,
    this.country,
    this.licensee_name,
    this.license_number,
    this.license_type,
    this.license_status,
    this.license_issued,
    this.license_renewed,
    this.certificate_expiration_date,
    this.provider_id,
    this.capacity,
    this.min_age,
    this.max_age,
    this.ages_served,
    this.schedule,
    this.curriculum_type,
    this.filled_fields,
    this.lead_key,
    this.name_hash,
    this.updated_at
FROM published_loads AS shown
STRAIGHT_JOIN leads_international AS this FORCE INDEX (PRIMARY, ix_leads_international_phone)
    ON this.load_id = shown.load_id
WHERE shown.load_table = 'leads_international'
AND (this.lead_key IS NULL OR NOT EXISTS (
    SELECT 1
    FROM leads_international_keys AS known
    WHERE known.lead_key_digest = this.lead_key_digest
    AND (known.several OR known.source_name <> this.source_name)
) OR NOT EXISTS (
    SELECT 1
    FROM leads_international_keys AS keyed
    STRAIGHT_JOIN published_loads AS other FORCE INDEX (PRIMARY) ON other.source_name = keyed.source_name
    STRAIGHT_JOIN leads_international AS better FORCE INDEX (ix_leads_international_lead_key) ON better.load_id = other.load_id AND better.lead_key_digest = keyed.lead_key_digest
    WHERE keyed.lead_key_digest = this.lead_key_digest
    AND other.load_table = 'leads_international'
    AND (better.source_extract_time, better.filled_fields, this.source_name, this.source_record_number)
      > (this.source_extract_time, this.filled_fields, other.source_name, better.source_record_number)
) OR (EXISTS (
    SELECT 1
    FROM load_shared_keys AS shared FORCE INDEX (ix_load_shared_keys_lead_key)
    STRAIGHT_JOIN published_loads AS sharing ON sharing.load_id = shared.load_id
    WHERE sharing.load_table = 'leads_international'
    AND shared.lead_key = this.lead_key
) AND NOT EXISTS (
    SELECT 1
    FROM leads_international_keys AS named
    STRAIGHT_JOIN published_loads AS another FORCE INDEX (PRIMARY) ON another.source_name = named.source_name
    STRAIGHT_JOIN leads_international AS namesake FORCE INDEX (ix_leads_international_lead_key) ON namesake.load_id = another.load_id AND namesake.lead_key_digest = named.lead_key_digest
    WHERE named.lead_key_digest = this.lead_key_digest
    AND another.load_table = 'leads_international'
    AND namesake.name_hash = this.name_hash
    AND (namesake.source_extract_time, namesake.filled_fields, this.source_name, this.source_record_number)
      > (this.source_extract_time, this.filled_fields, another.source_name, namesake.source_record_number)
)));
