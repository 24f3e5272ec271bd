-- All tables, also those that a learner's migrations have made, and what a check that was stopped has left behind.
-- ORDER BY has all names before the first falls: what falls with another has none any more.
DO $$
DECLARE one text;
BEGIN
    FOR one IN SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1 LOOP
        EXECUTE 'DROP TABLE IF EXISTS ' || one || ' CASCADE';
    END LOOP;
    FOR one IN SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND starts_with(proname, 'lesson_') ORDER BY 1 LOOP
        EXECUTE 'DROP FUNCTION IF EXISTS ' || one || ' CASCADE';
    END LOOP;
END $$;
