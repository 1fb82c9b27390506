-- The 24 constraints that the relational form of OCEL 2.0 has to keep (ocel-standard.org, section 5.2). Each query is named,
-- and gives a row for everything that breaks the constraint: none, when it is kept.

-- 01 the six tables that every file has are there
WITH needed(name) AS (VALUES ('event_map_type'), ('object_map_type'), ('event'), ('object'), ('event_object'), ('object_object'))
SELECT name FROM needed WHERE name NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table');

-- 02 each type of object has its table, and each table of a type of object has its type
SELECT 'object_' || ocel_type_map AS name FROM object_map_type
WHERE 'object_' || ocel_type_map NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table')
UNION ALL
SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) = 'object_'
AND name NOT IN ('object_map_type', 'object_object') AND substr(name, 8) NOT IN (SELECT ocel_type_map FROM object_map_type);

-- 03 each type of event has its table, and each table of a type of event has its type
SELECT 'event_' || ocel_type_map AS name FROM event_map_type
WHERE 'event_' || ocel_type_map NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table')
UNION ALL
SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 6) = 'event_'
AND name NOT IN ('event_map_type', 'event_object') AND substr(name, 7) NOT IN (SELECT ocel_type_map FROM event_map_type);

-- 04 events, objects and both maps say the type
WITH needed(name) AS (VALUES ('event_map_type'), ('object_map_type'), ('event'), ('object'))
SELECT name FROM needed WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info(needed.name) WHERE name = 'ocel_type');

-- 05 both maps say the table of a type
WITH needed(name) AS (VALUES ('event_map_type'), ('object_map_type'))
SELECT name FROM needed WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info(needed.name) WHERE name = 'ocel_type_map');

-- 06 events and objects have an identifier
WITH needed(name) AS (VALUES ('event'), ('object'))
SELECT name FROM needed WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info(needed.name) WHERE name = 'ocel_id');

-- 07 relations of both kinds have a qualifier
WITH needed(name) AS (VALUES ('event_object'), ('object_object'))
SELECT name FROM needed WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info(needed.name) WHERE name = 'ocel_qualifier');

-- 08 a relation of an event names the event and the object
WITH needed(name) AS (VALUES ('ocel_event_id'), ('ocel_object_id'))
SELECT name FROM needed WHERE name NOT IN (SELECT name FROM pragma_table_info('event_object'));

-- 09 a relation of an object names both objects
WITH needed(name) AS (VALUES ('ocel_source_id'), ('ocel_target_id'))
SELECT name FROM needed WHERE name NOT IN (SELECT name FROM pragma_table_info('object_object'));

-- 10 the table of each type of object has the identifier
SELECT ocel_type FROM object_map_type
WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info('object_' || ocel_type_map) WHERE name = 'ocel_id');

-- 11 the table of each type of event has the identifier
SELECT ocel_type FROM event_map_type
WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info('event_' || ocel_type_map) WHERE name = 'ocel_id');

-- 12 the table of each type of object has the time, as a timestamp
SELECT ocel_type FROM object_map_type
WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info('object_' || ocel_type_map) WHERE name = 'ocel_time' AND type = 'TIMESTAMP');

-- 13 the table of each type of event has the time, as a timestamp
SELECT ocel_type FROM event_map_type
WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info('event_' || ocel_type_map) WHERE name = 'ocel_time' AND type = 'TIMESTAMP');

-- 14 the type is the key of both maps
WITH needed(name) AS (VALUES ('event_map_type'), ('object_map_type'))
SELECT name FROM needed
WHERE (SELECT group_concat(name) FROM pragma_table_info(needed.name) WHERE pk > 0) IS NOT 'ocel_type';

-- 15 the identifier is the key of events and of objects
WITH needed(name) AS (VALUES ('event'), ('object'))
SELECT name FROM needed
WHERE (SELECT group_concat(name) FROM pragma_table_info(needed.name) WHERE pk > 0) IS NOT 'ocel_id';

-- 16 event, object and qualifier together are the key of an event's relations
WITH needed(name) AS (VALUES ('ocel_event_id'), ('ocel_object_id'), ('ocel_qualifier'))
SELECT name FROM needed WHERE name NOT IN (SELECT name FROM pragma_table_info('event_object') WHERE pk > 0);

-- 17 both objects and the qualifier together are the key of an object's relations
WITH needed(name) AS (VALUES ('ocel_source_id'), ('ocel_target_id'), ('ocel_qualifier'))
SELECT name FROM needed WHERE name NOT IN (SELECT name FROM pragma_table_info('object_object') WHERE pk > 0);

-- 18 the identifier is the key in the table of each type of event
SELECT ocel_type FROM event_map_type
WHERE (SELECT group_concat(name) FROM pragma_table_info('event_' || ocel_type_map) WHERE pk > 0) IS NOT 'ocel_id';

-- 19 the type of an event refers to the map
SELECT 'event' WHERE NOT EXISTS (
    SELECT 1 FROM pragma_foreign_key_list('event') WHERE "table" = 'event_map_type' AND "from" = 'ocel_type' AND "to" = 'ocel_type'
);

-- 20 the type of an object refers to the map
SELECT 'object' WHERE NOT EXISTS (
    SELECT 1 FROM pragma_foreign_key_list('object') WHERE "table" = 'object_map_type' AND "from" = 'ocel_type' AND "to" = 'ocel_type'
);

-- 21 an event's relation refers to the event and to the object
WITH needed(there, here) AS (VALUES ('event', 'ocel_event_id'), ('object', 'ocel_object_id'))
SELECT here FROM needed WHERE NOT EXISTS (
    SELECT 1 FROM pragma_foreign_key_list('event_object') WHERE "table" = there AND "from" = here AND "to" = 'ocel_id'
);

-- 22 an object's relation refers to both objects
WITH needed(here) AS (VALUES ('ocel_source_id'), ('ocel_target_id'))
SELECT here FROM needed WHERE NOT EXISTS (
    SELECT 1 FROM pragma_foreign_key_list('object_object') WHERE "table" = 'object' AND "from" = here AND "to" = 'ocel_id'
);

-- 23 the table of each type of event refers to the event
SELECT ocel_type FROM event_map_type WHERE NOT EXISTS (
    SELECT 1 FROM pragma_foreign_key_list('event_' || ocel_type_map) WHERE "table" = 'event' AND "from" = 'ocel_id' AND "to" = 'ocel_id'
);

-- 24 the table of each type of object refers to the object
SELECT ocel_type FROM object_map_type WHERE NOT EXISTS (
    SELECT 1 FROM pragma_foreign_key_list('object_' || ocel_type_map) WHERE "table" = 'object' AND "from" = 'ocel_id' AND "to" = 'ocel_id'
);
