-- The user that leadingest works as, with the least rights that it needs. For MySQL and MariaDB.
--
-- As an administrator, in the database of the leads, after the tables are made:
--
--     mysql leads < ddl/mysql/lead_sources.sql
--     mysql leads < ddl/mysql/grants.sql
--
-- First write a password, in quotes, where it says PASSWORD-IN-QUOTES; as it stands the file is refused.
-- '%' is any host: name the one that leadingest runs on where you know it.

CREATE USER IF NOT EXISTS 'leadingest'@'%' IDENTIFIED BY PASSWORD-IN-QUOTES;

-- DELETE: the rows of a load that was broken off are removed, and those that `leadingest prune` is asked for;
-- rejects that become leads when they are replayed; what was handed out before everything is handed out again.
GRANT SELECT, INSERT, DELETE ON lead_sources TO 'leadingest'@'%';
GRANT SELECT, INSERT, DELETE ON lead_sources_keys TO 'leadingest'@'%';
GRANT SELECT, INSERT, DELETE ON load_rejects TO 'leadingest'@'%';
GRANT SELECT, INSERT, DELETE ON load_invalid_values TO 'leadingest'@'%';
GRANT SELECT, INSERT, DELETE ON load_shared_keys TO 'leadingest'@'%';
GRANT SELECT, INSERT, DELETE ON load_profiles TO 'leadingest'@'%';
GRANT SELECT, INSERT, DELETE ON exported_leads TO 'leadingest'@'%';
-- Kept for good.
GRANT SELECT, INSERT ON load_drift TO 'leadingest'@'%';
GRANT SELECT, INSERT ON load_corrected_files TO 'leadingest'@'%';
-- UPDATE: a load ends, another one is published, and an export is done.
GRANT SELECT, INSERT, UPDATE ON loads TO 'leadingest'@'%';
GRANT SELECT, INSERT, UPDATE ON published_loads TO 'leadingest'@'%';
GRANT SELECT, INSERT, UPDATE ON exports TO 'leadingest'@'%';
-- And DELETE: whoever compares the keys of a load holds a row, and a pruning removes those that no lead has any more.
GRANT SELECT, INSERT, UPDATE, DELETE ON lead_sources_key_hashes TO 'leadingest'@'%';
-- What is published. The sales team's own user needs no more than this line.
GRANT SELECT ON vw_lead_sources TO 'leadingest'@'%';

-- To let leadingest make its tables itself, on first use and without lead_sources.sql: these lines instead of
-- those above. MySQL wants DROP for a view that may replace another.
--
-- GRANT SELECT, INSERT, DELETE, CREATE ON lead_sources TO 'leadingest'@'%';
-- GRANT SELECT, INSERT, DELETE, CREATE ON lead_sources_keys TO 'leadingest'@'%';
-- GRANT SELECT, INSERT, DELETE, CREATE ON load_rejects TO 'leadingest'@'%';
-- GRANT SELECT, INSERT, DELETE, CREATE ON load_invalid_values TO 'leadingest'@'%';
-- GRANT SELECT, INSERT, DELETE, CREATE ON load_shared_keys TO 'leadingest'@'%';
-- GRANT SELECT, INSERT, DELETE, CREATE ON load_profiles TO 'leadingest'@'%';
-- GRANT SELECT, INSERT, DELETE, CREATE ON exported_leads TO 'leadingest'@'%';
-- GRANT SELECT, INSERT, CREATE ON load_drift TO 'leadingest'@'%';
-- GRANT SELECT, INSERT, CREATE ON load_corrected_files TO 'leadingest'@'%';
-- GRANT SELECT, INSERT, UPDATE, CREATE ON loads TO 'leadingest'@'%';
-- GRANT SELECT, INSERT, UPDATE, CREATE ON published_loads TO 'leadingest'@'%';
-- GRANT SELECT, INSERT, UPDATE, CREATE ON exports TO 'leadingest'@'%';
-- GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON lead_sources_key_hashes TO 'leadingest'@'%';
-- GRANT SELECT, CREATE, CREATE VIEW, DROP ON vw_lead_sources TO 'leadingest'@'%';
