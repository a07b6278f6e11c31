-- 1. Many letters in one act ----------------------------------------------------------------------------------------
-- As smartlms_enqueue, for thousands of rows at once: the queue is told in one statement, not once per letter.
CREATE FUNCTION smartlms_enqueue_many(outbox_ids text[])
  RETURNS int
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
  DECLARE
    tenant text := nullif(current_setting('app.tenant_id', true), '');
    ids text[] := ARRAY(SELECT DISTINCT given.id FROM unnest(outbox_ids) AS given(id) WHERE given.id IS NOT NULL);
  BEGIN
    IF cardinality(ids) = 0 THEN
      RETURN 0;
    END IF;
    IF (SELECT count(*) FROM public."Outbox" o WHERE o."tenantId" = tenant AND o.id = ANY (ids)) <> cardinality(ids) THEN
      RAISE EXCEPTION 'The outbox of this tenant has no such row.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM count(*) FROM graphile_worker.add_jobs(ARRAY(
      SELECT ROW('outbox', json_build_object('tenantId', tenant, 'outboxId', given.id), NULL, NULL, 25,
        'outbox:' || given.id, NULL, NULL)::graphile_worker.job_spec FROM unnest(ids) AS given(id)));
    RETURN cardinality(ids);
  END $$;
REVOKE ALL ON FUNCTION smartlms_enqueue_many(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_enqueue_many(text[]) TO smartlms_app, smartlms_platform;

-- 2. What was deleted a month ago -----------------------------------------------------------------------------------
-- People, courses and what belongs to them go for good, with all that hangs on them. The school's own log keeps that
-- it happened, and which row it was, without a name. A person who still teaches a course waits until somebody takes it
-- over, and so does one whose invitation is still open.
CREATE FUNCTION smartlms_purge()
  RETURNS TABLE (people int, courses int, parts int)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
  DECLARE
    old timestamptz := now() - interval '30 days';
    gone int;
  BEGIN
    WITH purged AS (DELETE FROM public."Course" c WHERE c."deletedAt" < old RETURNING c."tenantId", c.id)
    INSERT INTO public."AuditLog" (id, "tenantId", action, "targetType", "targetId")
      SELECT public.smartlms_id(), p."tenantId", 'course.purge', 'Course', p.id FROM purged p;
    GET DIAGNOSTICS courses = ROW_COUNT;

    parts := 0;
    DELETE FROM public."Module" m WHERE m."deletedAt" < old;
    GET DIAGNOSTICS gone = ROW_COUNT;
    parts := parts + gone;
    DELETE FROM public."Lesson" l WHERE l."deletedAt" < old;
    GET DIAGNOSTICS gone = ROW_COUNT;
    parts := parts + gone;
    DELETE FROM public."Exam" e WHERE e."deletedAt" < old;
    GET DIAGNOSTICS gone = ROW_COUNT;
    parts := parts + gone;
    DELETE FROM public."Assignment" a WHERE a."deletedAt" < old;
    GET DIAGNOSTICS gone = ROW_COUNT;
    parts := parts + gone;

    DELETE FROM public."Invitation" i USING public."User" u
      WHERE u."tenantId" = i."tenantId" AND u.id = i."invitedById" AND u."deletedAt" < old AND i."expiresAt" < now();
    WITH purged AS (
      DELETE FROM public."User" u WHERE u."deletedAt" < old
        AND NOT EXISTS (SELECT FROM public."Course" c WHERE c."tenantId" = u."tenantId" AND c."instructorId" = u.id)
        AND NOT EXISTS (SELECT FROM public."Invitation" i WHERE i."tenantId" = u."tenantId" AND i."invitedById" = u.id)
      RETURNING u."tenantId", u.id),
    -- Their picture leaves the books; the sweep of the store then takes its bytes.
    freed AS (
      DELETE FROM public."StoredFile" f USING purged p
      WHERE f."tenantId" = p."tenantId" AND f.kind = 'avatar' AND f."uploadedById" = p.id
      RETURNING f."tenantId", f.bytes),
    released AS (
      UPDATE public."UsageCounter" c SET amount = greatest(0, c.amount - s.total)
      FROM (SELECT f."tenantId", sum(f.bytes)::bigint AS total FROM freed f GROUP BY f."tenantId") s
      WHERE c."tenantId" = s."tenantId" AND c.kind = 'storage' AND c.period = '')
    INSERT INTO public."AuditLog" (id, "tenantId", action, "targetType", "targetId")
      SELECT public.smartlms_id(), p."tenantId", 'people.purge', 'User', p.id FROM purged p;
    GET DIAGNOSTICS people = ROW_COUNT;
    RETURN NEXT;
  END $$;
REVOKE ALL ON FUNCTION smartlms_purge() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_purge() TO smartlms_worker;

-- 3. Which schools there are ----------------------------------------------------------------------------------------
-- Ids alone, so that the worker can go through the schools one after the other, each behind its own wall.
CREATE FUNCTION smartlms_school_ids() RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT t.id FROM public."Tenant" t WHERE t.id <> 'platform' ORDER BY t.id $$;
REVOKE ALL ON FUNCTION smartlms_school_ids() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_school_ids() TO smartlms_worker;
