-- The user that leadingest connects as, with no more rights than it needs. Never run leadingest as root.
--
-- As an administrator, in the database that holds the tables of lead_sources.sql, with a password put in
-- place of CHANGE-ME:   mysql leads < ddl/mysql/lead_sources.sql
--                       mysql leads < ddl/mysql/grants.sql

CREATE USER IF NOT EXISTS 'leadingest'@'localhost' IDENTIFIED BY 'CHANGE-ME';

-- Leads, rejects and what goes with them are added and read, and removed when a load breaks off.
GRANT SELECT, INSERT, DELETE ON lead_sources TO 'leadingest'@'localhost';
GRANT SELECT, INSERT, DELETE ON load_rejects TO 'leadingest'@'localhost';
GRANT SELECT, INSERT, DELETE ON load_invalid_values TO 'leadingest'@'localhost';
GRANT SELECT, INSERT, DELETE ON load_profiles TO 'leadingest'@'localhost';

-- The state of a load and which load is published change.
GRANT SELECT, INSERT, UPDATE ON loads TO 'leadingest'@'localhost';
GRANT SELECT, INSERT, UPDATE ON published_loads TO 'leadingest'@'localhost';

-- What readers see.
GRANT SELECT ON vw_lead_sources TO 'leadingest'@'localhost';

-- To let leadingest make the tables on first use instead, run these two, and the ones above afterwards:
--   GRANT CREATE, CREATE VIEW, INDEX ON leads.* TO 'leadingest'@'localhost';
--   FLUSH PRIVILEGES;
