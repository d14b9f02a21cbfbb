-- The tables that leadingest loads leads into, and the view that shows them.
-- Made from ddl/lead_sources.yaml by `leadingest ddl --dialect sqlite`; change that file, not this one.

CREATE TABLE IF NOT EXISTS lead_sources (
    load_id INTEGER NOT NULL,
    source_record_number INTEGER NOT NULL,
    source_name VARCHAR(64) NOT NULL,
    source_filename VARCHAR(255) NOT NULL,
    source_extract_time DATETIME NOT NULL,
    company VARCHAR(255) NOT NULL,
    facility_type VARCHAR(32),
    operator VARCHAR(255),
    first_name VARCHAR(100),
    last_name VARCHAR(100),
    title VARCHAR(100),
    phone VARCHAR(38),
    phone2 VARCHAR(38),
    email VARCHAR(254),
    website_address VARCHAR(500),
    language VARCHAR(100),
    address1 VARCHAR(200),
    address2 VARCHAR(100),
    city VARCHAR(100),
    state VARCHAR(2),
    zip VARCHAR(10),
    county VARCHAR(100),
    licensee_name VARCHAR(255),
    license_number VARCHAR(64),
    license_type VARCHAR(150),
    license_status VARCHAR(32),
    license_issued DATE,
    license_renewed DATE,
    certificate_expiration_date DATE,
    provider_id VARCHAR(64),
    capacity INTEGER,
    min_age INTEGER,
    max_age INTEGER,
    ages_served VARCHAR(255),
    schedule VARCHAR(500),
    curriculum_type VARCHAR(255),
    accepts_financial_aid BOOLEAN,
    filled_fields SMALLINT NOT NULL,
    lead_key VARCHAR(588),
    name_hash INTEGER,
    updated_at DATETIME NOT NULL,
    PRIMARY KEY (load_id, source_record_number)
);

CREATE INDEX IF NOT EXISTS ix_lead_sources_lead_key ON lead_sources (load_id, lead_key, source_extract_time, filled_fields, source_record_number, name_hash);

CREATE INDEX IF NOT EXISTS ix_lead_sources_phone ON lead_sources (load_id, phone);

CREATE INDEX IF NOT EXISTS ix_lead_sources_state_city ON lead_sources (load_id, state, city);

CREATE TABLE IF NOT EXISTS lead_sources_keys (
    lead_key VARCHAR(588) NOT NULL,
    source_name VARCHAR(64) NOT NULL,
    several BOOLEAN NOT NULL,
    PRIMARY KEY (lead_key, source_name, several)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS lead_sources_key_hashes (
    source_name VARCHAR(64) NOT NULL,
    first_load_id INTEGER NOT NULL,
    part INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (source_name, first_load_id, part)
);

CREATE TABLE IF NOT EXISTS loads (
    load_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source_name VARCHAR(64) NOT NULL,
    load_table VARCHAR(64) NOT NULL,
    status VARCHAR(16) NOT NULL,
    file_name VARCHAR(255) NOT NULL,
    file_size INTEGER NOT NULL,
    file_sha256 VARCHAR(64) NOT NULL,
    mapping_hash VARCHAR(64) NOT NULL,
    encoding VARCHAR(32),
    dialect VARCHAR(100),
    records_read INTEGER DEFAULT '0' NOT NULL,
    records_loaded INTEGER DEFAULT '0' NOT NULL,
    records_rejected INTEGER DEFAULT '0' NOT NULL,
    records_filtered INTEGER DEFAULT '0' NOT NULL,
    invalid_values INTEGER DEFAULT '0' NOT NULL,
    extract_time DATETIME NOT NULL,
    started_at DATETIME NOT NULL,
    finished_at DATETIME,
    reason TEXT,
    run_by VARCHAR(160) DEFAULT '' NOT NULL,
    program_version VARCHAR(32) NOT NULL
);

CREATE INDEX IF NOT EXISTS ix_loads_source_name ON loads (source_name, load_id);

CREATE TABLE IF NOT EXISTS load_rejects (
    load_id INTEGER NOT NULL,
    record_number INTEGER NOT NULL,
    line_number INTEGER,
    field VARCHAR(64),
    rule VARCHAR(64) NOT NULL,
    message TEXT NOT NULL,
    raw_record TEXT,
    PRIMARY KEY (load_id, record_number)
);

CREATE TABLE IF NOT EXISTS load_invalid_values (
    load_id INTEGER NOT NULL,
    record_number INTEGER NOT NULL,
    field VARCHAR(64) NOT NULL,
    header TEXT NOT NULL,
    rule VARCHAR(64) NOT NULL,
    raw_value TEXT,
    PRIMARY KEY (load_id, record_number, field)
);

CREATE TABLE IF NOT EXISTS load_shared_keys (
    load_id INTEGER NOT NULL,
    lead_key VARCHAR(690) NOT NULL,
    PRIMARY KEY (load_id, lead_key)
);

CREATE INDEX IF NOT EXISTS ix_load_shared_keys_lead_key ON load_shared_keys (lead_key, load_id);

CREATE TABLE IF NOT EXISTS load_profiles (
    load_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    header TEXT NOT NULL,
    filled INTEGER NOT NULL,
    profile TEXT,
    PRIMARY KEY (load_id, position)
);

CREATE TABLE IF NOT EXISTS load_drift (
    load_id INTEGER NOT NULL,
    finding INTEGER NOT NULL,
    code VARCHAR(8) NOT NULL,
    name VARCHAR(64) NOT NULL,
    class VARCHAR(16) NOT NULL,
    header TEXT NOT NULL,
    expected TEXT NOT NULL,
    found TEXT NOT NULL,
    advice TEXT NOT NULL,
    PRIMARY KEY (load_id, finding)
);

CREATE TABLE IF NOT EXISTS load_corrected_files (
    load_id INTEGER NOT NULL,
    file INTEGER NOT NULL,
    file_name VARCHAR(255) NOT NULL,
    file_size INTEGER NOT NULL,
    file_sha256 VARCHAR(64) NOT NULL,
    records_loaded INTEGER NOT NULL,
    records_filtered INTEGER NOT NULL,
    joined_at DATETIME NOT NULL,
    program_version VARCHAR(32) NOT NULL,
    PRIMARY KEY (load_id, file)
);

CREATE TABLE IF NOT EXISTS published_loads (
    source_name VARCHAR(64) NOT NULL,
    load_table VARCHAR(64) NOT NULL,
    load_id INTEGER NOT NULL,
    published_at DATETIME NOT NULL,
    PRIMARY KEY (source_name, load_table)
);

CREATE INDEX IF NOT EXISTS ix_published_loads_load_id ON published_loads (load_table, load_id, source_name);

CREATE TABLE IF NOT EXISTS exports (
    export_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    export_name VARCHAR(64) NOT NULL,
    load_table VARCHAR(64) NOT NULL,
    status VARCHAR(16) NOT NULL,
    begins_anew BOOLEAN NOT NULL,
    file_name VARCHAR(255) NOT NULL,
    file_sha256 VARCHAR(64) NOT NULL,
    file_columns TEXT NOT NULL,
    chosen_by TEXT NOT NULL,
    loads TEXT NOT NULL,
    leads_new INTEGER NOT NULL,
    leads_changed INTEGER NOT NULL,
    leads_reappeared INTEGER NOT NULL,
    leads_known INTEGER NOT NULL,
    leads_gone INTEGER NOT NULL,
    exported_at DATETIME NOT NULL,
    program_version VARCHAR(32) NOT NULL
);

CREATE INDEX IF NOT EXISTS ix_exports_export_name ON exports (export_name, load_table, export_id);

CREATE TABLE IF NOT EXISTS exported_leads (
    export_id INTEGER NOT NULL,
    lead_digest VARCHAR(32) NOT NULL,
    content_digest VARCHAR(32) NOT NULL,
    PRIMARY KEY (export_id, lead_digest)
);

-- The keys of loads that an earlier version has made: the view relies on them.
INSERT INTO lead_sources_keys (lead_key, source_name, several) SELECT DISTINCT compared.lead_key, compared.source_name, compared.several
FROM (SELECT had.lead_key AS lead_key, had.source_name AS source_name, had.several AS several, min(had.source_name) OVER (PARTITION BY had.lead_key) AS first_source, max(had.source_name) OVER (PARTITION BY had.lead_key) AS last_source
FROM (SELECT lead_sources.lead_key AS lead_key, (SELECT loads.source_name
FROM loads
WHERE loads.load_id = lead_sources.load_id) AS source_name, count(*) > 1 AS several
FROM lead_sources
WHERE lead_sources.lead_key IS NOT NULL AND lead_sources.load_id IN (SELECT loads.load_id
FROM loads
WHERE loads.load_table = 'lead_sources' AND loads.status IN ('loaded', 'held')) GROUP BY lead_sources.load_id, lead_sources.lead_key) AS had) AS compared
WHERE (compared.several = 1 OR compared.first_source != compared.last_source) AND NOT (EXISTS (SELECT lead_sources_keys.source_name
FROM lead_sources_keys
WHERE lead_sources_keys.lead_key = compared.lead_key AND lead_sources_keys.source_name = compared.source_name AND lead_sources_keys.several = compared.several));

DROP VIEW IF EXISTS vw_lead_sources;

CREATE VIEW vw_lead_sources AS
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
    this.state,
    this.zip,
    this.county,
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
    this.accepts_financial_aid,
    this.filled_fields,
    this.lead_key,
    this.name_hash,
    this.updated_at
FROM published_loads AS shown
CROSS JOIN lead_sources AS this 
    ON this.load_id = shown.load_id
WHERE shown.load_table = 'lead_sources'
AND (this.lead_key IS NULL OR NOT EXISTS (
    SELECT 1
    FROM lead_sources_keys AS known
    WHERE known.lead_key = this.lead_key
    AND (known.several OR known.source_name <> this.source_name)
) OR NOT EXISTS (
    SELECT 1
    FROM lead_sources_keys AS keyed
    CROSS JOIN published_loads AS other  ON other.source_name = keyed.source_name
    CROSS JOIN lead_sources AS better INDEXED BY ix_lead_sources_lead_key ON better.load_id = other.load_id AND better.lead_key = keyed.lead_key
    WHERE keyed.lead_key = this.lead_key
    AND other.load_table = 'lead_sources'
    AND (better.source_extract_time, better.filled_fields, this.source_name, this.source_record_number)
      > (this.source_extract_time, this.filled_fields, other.source_name, better.source_record_number)
) OR (EXISTS (
    SELECT 1
    FROM load_shared_keys AS shared INDEXED BY ix_load_shared_keys_lead_key
    CROSS JOIN published_loads AS sharing ON sharing.load_id = shared.load_id
    WHERE sharing.load_table = 'lead_sources'
    AND shared.lead_key = this.lead_key
) AND NOT EXISTS (
    SELECT 1
    FROM lead_sources_keys AS named
    CROSS JOIN published_loads AS another  ON another.source_name = named.source_name
    CROSS JOIN lead_sources AS namesake INDEXED BY ix_lead_sources_lead_key ON namesake.load_id = another.load_id AND namesake.lead_key = named.lead_key
    WHERE named.lead_key = this.lead_key
    AND another.load_table = 'lead_sources'
    AND namesake.name_hash = this.name_hash
    AND (namesake.source_extract_time, namesake.filled_fields, this.source_name, this.source_record_number)
      > (this.source_extract_time, this.filled_fields, another.source_name, namesake.source_record_number)
)));
