-- What is of no use any more, in all schools at once. The worker's role sees no school's rows, so a function that runs
-- as the owner removes them and gives numbers alone. Thirty days: long enough to look into what somebody reports.
CREATE FUNCTION smartlms_tidy()
  RETURNS TABLE (news int, tokens int, sessions int, throttles int, requests int)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
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
    -- Somebody asked for a school and never confirmed it: a name and an address that nobody needs.
    DELETE FROM public."SchoolRequest" r WHERE r."openedAt" IS NULL AND r."expiresAt" < old;
    GET DIAGNOSTICS requests = ROW_COUNT;
    RETURN NEXT;
  END $$;
REVOKE ALL ON FUNCTION smartlms_tidy() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_tidy() TO smartlms_worker;
