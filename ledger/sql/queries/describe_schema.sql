-- Every object of our schema as one line of text, so that two schemas can be compared and a difference named.
-- Role names differ from one installation to the next, so owners and grants are left out, except a right to change
-- something that anybody but the owner holds: no migration gives one. Of the read models, which are built anew and
-- swapped by their own login, only the columns are told.
SELECT line FROM (
    SELECT format('column %s.%s %s%s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
        CASE WHEN a.attidentity <> '' THEN ' identity' ELSE '' END,
        coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
    FROM pg_attribute AS a
    JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind IN ('r', 'v', 'm', 'p')
    LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relnamespace = to_regnamespace('forthwith') AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT format('column forthwith_read.%s.%s %s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN ' not null' ELSE '' END)
    FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind = 'r'
    WHERE c.relnamespace = to_regnamespace('forthwith_read') AND a.attnum > 0 AND NOT a.attisdropped
        AND c.relname NOT LIKE '%\_next'
    UNION ALL
    SELECT format('constraint %s.%s %s', c.relname, k.conname, pg_get_constraintdef(k.oid))
    FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
    WHERE k.connamespace = to_regnamespace('forthwith') AND k.contype <> 'n'
    UNION ALL
    SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'forthwith'
    UNION ALL
    SELECT format('trigger %s (%s)', pg_get_triggerdef(t.oid), t.tgenabled)
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
    WHERE c.relnamespace = to_regnamespace('forthwith') AND NOT t.tgisinternal
    UNION ALL
    SELECT format('function %s(%s) returns %s%s%s %s', p.proname, pg_get_function_arguments(p.oid),
        pg_get_function_result(p.oid), CASE WHEN p.prosecdef THEN ' security definer' ELSE '' END,
        coalesce(' set ' || array_to_string(p.proconfig, ', '), ''),
        encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex'))
    FROM pg_proc AS p WHERE p.pronamespace = to_regnamespace('forthwith')
    UNION ALL
    SELECT format('rule %s on %s', r.rulename, c.relname)
    FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = r.ev_class
    WHERE c.relnamespace = to_regnamespace('forthwith')
    UNION ALL
    SELECT format('right to %s %s for another than its owner', r.privilege_type, c.relname)
    FROM pg_class AS c, aclexplode(c.relacl) AS r
    WHERE c.relnamespace = to_regnamespace('forthwith') AND r.grantee <> c.relowner AND r.privilege_type <> 'SELECT'
    UNION ALL
    SELECT format('right to %s %s.%s for another than its owner', r.privilege_type, c.relname, a.attname)
    FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid, aclexplode(a.attacl) AS r
    WHERE c.relnamespace = to_regnamespace('forthwith') AND r.grantee <> c.relowner AND r.privilege_type <> 'SELECT'
    UNION ALL
    SELECT format('right to EXECUTE %s for everybody', p.proname)
    FROM pg_proc AS p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS r
    WHERE p.pronamespace = to_regnamespace('forthwith') AND r.grantee = 0
) AS described
ORDER BY line COLLATE "C"
