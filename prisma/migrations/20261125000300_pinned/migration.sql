-- 1. Whoever may make temporary things must not come between a function that runs as its owner and what it names. ------
-- Left out of a search path, the session's temporary schema is looked through first for types; named last, it is last.
ALTER FUNCTION smartlms_enqueue(text, timestamptz) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION smartlms_enqueue_many(text[]) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION smartlms_newest_migration() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION smartlms_open_school(text) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION smartlms_purge() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION smartlms_school_counts() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION smartlms_school_ids() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION smartlms_school_usage(text[]) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION smartlms_search_lessons(text, int) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION smartlms_tidy() SET search_path = pg_catalog, public, pg_temp;
-- And nobody but the owner needs temporary things at all. Where the database is another's this only warns.
DO $$ BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'The right to make temporary tables stays with PUBLIC: this database belongs to another user.';
END $$;

-- 2. A school that was opened a month ago: who asked for it stands in the school, and need not stand here as well. ------
CREATE OR REPLACE FUNCTION smartlms_tidy()
  RETURNS TABLE (news int, tokens int, sessions int, throttles int, requests int)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
  DECLARE old timestamptz := now() - interval '30 days';
  BEGIN
    DELETE FROM public."Outbox" o WHERE o."deliveredAt" < old;
    GET DIAGNOSTICS news = ROW_COUNT;
    DELETE FROM public."VerificationToken" t WHERE t."expiresAt" < old;
    GET DIAGNOSTICS tokens = ROW_COUNT;
    DELETE FROM public."Session" s WHERE s."expiresAt" < old;
    GET DIAGNOSTICS sessions = ROW_COUNT;
    DELETE FROM public."Throttle" t WHERE t."lastAt" < old;
    GET DIAGNOSTICS throttles = ROW_COUNT;
    DELETE FROM public."SchoolRequest" r WHERE r."openedAt" < old OR (r."openedAt" IS NULL AND r."expiresAt" < old);
    GET DIAGNOSTICS requests = ROW_COUNT;
    RETURN NEXT;
  END $$;
