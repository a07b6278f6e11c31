-- AlterTable
ALTER TABLE "Notification" ADD COLUMN     "digestAt" TIMESTAMPTZ(3),
ADD COLUMN     "letterId" TEXT,
ADD COLUMN     "shown" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "NotificationSettings" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "choices" JSONB NOT NULL DEFAULT '{}',
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "NotificationSettings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Announcement" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "courseId" TEXT,
    "authorId" TEXT,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Announcement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "NotificationSettings_tenantId_id_key" ON "NotificationSettings"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "NotificationSettings_tenantId_userId_key" ON "NotificationSettings"("tenantId", "userId");

-- CreateIndex
CREATE INDEX "Announcement_tenantId_courseId_createdAt_id_idx" ON "Announcement"("tenantId", "courseId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Announcement_tenantId_authorId_idx" ON "Announcement"("tenantId", "authorId");

-- CreateIndex
CREATE UNIQUE INDEX "Announcement_tenantId_id_key" ON "Announcement"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Announcement_tenantId_key_key" ON "Announcement"("tenantId", "key");

-- AddForeignKey
ALTER TABLE "NotificationSettings" ADD CONSTRAINT "NotificationSettings_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotificationSettings" ADD CONSTRAINT "NotificationSettings_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Announcement" ADD CONSTRAINT "Announcement_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Announcement" ADD CONSTRAINT "Announcement_tenantId_courseId_fkey" FOREIGN KEY ("tenantId", "courseId") REFERENCES "Course"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Announcement" ADD CONSTRAINT "Announcement_tenantId_authorId_fkey" FOREIGN KEY ("tenantId", "authorId") REFERENCES "User"("tenantId", "id") ON DELETE SET NULL ("authorId") ON UPDATE CASCADE;



-- What Prisma can't express ------------------------------------------------------------------------------------

-- 1. The walls, as for all tables before (20261124000100_walls). --------------------------------------------------
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['NotificationSettings', 'Announcement']
  LOOP
    EXECUTE format('CREATE TRIGGER default_id BEFORE INSERT ON %I FOR EACH ROW WHEN (NEW.id IS NULL) '
      'EXECUTE FUNCTION smartlms_default_id()', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', name);
    EXECUTE format('CREATE POLICY owner_all ON %I AS PERMISSIVE FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true)', name);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I AS PERMISSIVE FOR ALL TO smartlms_app '
      'USING ("tenantId" = nullif(current_setting(''app.tenant_id'', true), '''') AND "tenantId" <> ''platform'') '
      'WITH CHECK ("tenantId" = nullif(current_setting(''app.tenant_id'', true), '''') AND "tenantId" <> ''platform'')', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO smartlms_app', name);
  END LOOP;
END
$$;
-- Taken back by deletedAt, so that it can be brought back.
REVOKE DELETE ON "Announcement" FROM smartlms_app;

-- 2. What must be true of every row ------------------------------------------------------------------------------
ALTER TABLE "NotificationSettings"
  ADD CONSTRAINT notification_settings_choices CHECK (jsonb_typeof(choices) = 'object');
ALTER TABLE "Announcement"
  ADD CONSTRAINT announcement_key CHECK (length(key) BETWEEN 1 AND 64),
  ADD CONSTRAINT announcement_title CHECK (length(title) BETWEEN 1 AND 160),
  ADD CONSTRAINT announcement_body CHECK (length(body) BETWEEN 1 AND 8000);

-- 3. What is asked of every page, and of every letter that gathers --------------------------------------------------
CREATE INDEX notification_unread ON "Notification" ("tenantId", "userId", "createdAt" DESC) WHERE shown AND NOT read;
CREATE INDEX notification_to_gather ON "Notification" ("tenantId", "userId", "digestAt")
  WHERE "digestAt" IS NOT NULL AND "letterId" IS NULL;

-- How much is new to somebody, a hundred at most. One statement and no unit of its own, as smartlms_session: it names
-- the tenant for itself, with the caller's rights.
CREATE FUNCTION smartlms_unread(tenant text, person text)
  RETURNS int
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp
  AS $$
  DECLARE standing text := nullif(current_setting('app.tenant_id', true), '');
  BEGIN
    IF standing IS NULL THEN
      PERFORM set_config('app.tenant_id', tenant, true);
    ELSIF standing <> tenant THEN
      RAISE EXCEPTION 'What is new in one tenant was asked for inside another.';
    END IF;
    RETURN (SELECT count(*)::int FROM (SELECT FROM public."Notification" n
      WHERE n."tenantId" = tenant AND n."userId" = person AND n.shown AND NOT n.read LIMIT 100) u);
  END $$;
REVOKE ALL ON FUNCTION smartlms_unread(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_unread(text, text) TO smartlms_app;

-- 4. Many at once onto the queue ------------------------------------------------------------------------------------
-- As smartlms_enqueue, for as many rows as one part of a fan-out has. `priority`: what is for many stands behind what
-- is for one (0), so that nobody's password waits for a school's news.
CREATE FUNCTION smartlms_enqueue_later(outbox_ids text[], run_at timestamptz[], priority int)
  RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
  DECLARE tenant text := nullif(current_setting('app.tenant_id', true), '');
  BEGIN
    IF coalesce(array_length(outbox_ids, 1), 0) = 0 THEN
      RETURN;
    END IF;
    IF EXISTS (SELECT FROM unnest(outbox_ids) AS w(id)
        WHERE NOT EXISTS (SELECT FROM public."Outbox" o WHERE o."tenantId" = tenant AND o.id = w.id)) THEN
      RAISE EXCEPTION 'The outbox of this tenant has no such row.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM graphile_worker.add_jobs(ARRAY(
      SELECT ROW('outbox', json_build_object('tenantId', tenant, 'outboxId', w.id), NULL, w.at, 25, 'outbox:' || w.id,
        greatest(0, smartlms_enqueue_later.priority), NULL)::graphile_worker.job_spec
      FROM unnest(outbox_ids, smartlms_enqueue_later.run_at) AS w(id, at)));
  END $$;
REVOKE ALL ON FUNCTION smartlms_enqueue_later(text[], timestamptz[], int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_enqueue_later(text[], timestamptz[], int) TO smartlms_app;

-- 5. What was told a year ago is of no use any more ------------------------------------------------------------------
DROP FUNCTION smartlms_tidy();
CREATE FUNCTION smartlms_tidy()
  RETURNS TABLE (news int, tokens int, sessions int, throttles int, requests int, notices int)
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
    DELETE FROM public."Notification" n WHERE n."createdAt" < now() - interval '1 year';
    GET DIAGNOSTICS notices = ROW_COUNT;
    RETURN NEXT;
  END $$;
REVOKE ALL ON FUNCTION smartlms_tidy() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_tidy() TO smartlms_worker;
