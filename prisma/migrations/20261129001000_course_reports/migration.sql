-- CreateTable
CREATE TABLE "CourseReport" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "courseId" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "enrolled" INTEGER NOT NULL DEFAULT 0,
    "started" INTEGER NOT NULL DEFAULT 0,
    "completed" INTEGER NOT NULL DEFAULT 0,
    "pace" DOUBLE PRECISION,
    "paced" INTEGER NOT NULL DEFAULT 0,
    "looked" INTEGER NOT NULL DEFAULT 0,
    "learning" INTEGER NOT NULL DEFAULT 0,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "stopped" JSONB NOT NULL DEFAULT '{}',
    "waiting" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "CourseReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CourseWarning" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "courseId" TEXT NOT NULL,
    "enrollmentId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "kinds" TEXT[],
    "signals" JSONB NOT NULL,

    CONSTRAINT "CourseWarning_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SchoolReport" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "people" INTEGER NOT NULL DEFAULT 0,
    "enrollments" INTEGER NOT NULL DEFAULT 0,
    "completed" INTEGER NOT NULL DEFAULT 0,
    "weeks" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "SchoolReport_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "CourseReport_tenantId_id_key" ON "CourseReport"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "CourseReport_tenantId_courseId_key" ON "CourseReport"("tenantId", "courseId");

-- CreateIndex
CREATE INDEX "CourseWarning_tenantId_courseId_place_idx" ON "CourseWarning"("tenantId", "courseId", "place");

-- CreateIndex
CREATE INDEX "CourseWarning_tenantId_userId_idx" ON "CourseWarning"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "CourseWarning_tenantId_id_key" ON "CourseWarning"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "CourseWarning_tenantId_enrollmentId_userId_key" ON "CourseWarning"("tenantId", "enrollmentId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "SchoolReport_tenantId_key" ON "SchoolReport"("tenantId");

-- CreateIndex
CREATE UNIQUE INDEX "SchoolReport_tenantId_id_key" ON "SchoolReport"("tenantId", "id");

-- AddForeignKey
ALTER TABLE "CourseReport" ADD CONSTRAINT "CourseReport_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CourseReport" ADD CONSTRAINT "CourseReport_tenantId_courseId_fkey" FOREIGN KEY ("tenantId", "courseId") REFERENCES "Course"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CourseWarning" ADD CONSTRAINT "CourseWarning_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CourseWarning" ADD CONSTRAINT "CourseWarning_tenantId_courseId_fkey" FOREIGN KEY ("tenantId", "courseId") REFERENCES "Course"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CourseWarning" ADD CONSTRAINT "CourseWarning_tenantId_enrollmentId_userId_fkey" FOREIGN KEY ("tenantId", "enrollmentId", "userId") REFERENCES "Enrollment"("tenantId", "id", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CourseWarning" ADD CONSTRAINT "CourseWarning_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SchoolReport" ADD CONSTRAINT "SchoolReport_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma can't express ------------------------------------------------------------------------------------

-- 1. The walls, as for all tables before (20261124000100_walls). --------------------------------------------------
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['CourseReport', 'CourseWarning', 'SchoolReport']
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

-- 2. What must be true of every row ------------------------------------------------------------------------------
ALTER TABLE "CourseReport" ADD CONSTRAINT course_report_objects
  CHECK (jsonb_typeof(counts) = 'object' AND jsonb_typeof(stopped) = 'object' AND jsonb_typeof(waiting) = 'object');
ALTER TABLE "CourseWarning"
  ADD CONSTRAINT course_warning_place CHECK (place > 0),
  ADD CONSTRAINT course_warning_signals CHECK (jsonb_typeof(signals) = 'array' AND cardinality(kinds) > 0);
ALTER TABLE "SchoolReport" ADD CONSTRAINT school_report_weeks CHECK (jsonb_typeof(weeks) = 'object');

-- 3. Who is due ------------------------------------------------------------------------------------------------------
-- Ids alone, so that the worker can make reports, each behind its own wall. `courseId` null: the school's own.
-- Reports that are older than `still` seconds, or older than `busy` where somebody learned since; the oldest first.
CREATE FUNCTION smartlms_reports_due(busy int, still int) RETURNS TABLE ("tenantId" text, "courseId" text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
    SELECT d."tenantId", d."courseId" FROM (
      SELECT r."tenantId", r."courseId", r."madeAt" FROM public."CourseReport" r
      JOIN public."Course" c ON c."tenantId" = r."tenantId" AND c.id = r."courseId" AND c."deletedAt" IS NULL
      WHERE r."madeAt" < now() - make_interval(secs => busy)
        AND (r."madeAt" < now() - make_interval(secs => still) OR EXISTS (SELECT FROM public."LearnerTally" l
          WHERE l."tenantId" = r."tenantId" AND l."courseId" = r."courseId" AND l."lastAt" > r."madeAt"))
      UNION ALL
      SELECT s."tenantId", NULL, s."madeAt" FROM public."SchoolReport" s WHERE s."madeAt" < now() - make_interval(secs => still)
    ) d ORDER BY d."madeAt"
  $$;
REVOKE ALL ON FUNCTION smartlms_reports_due(int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_reports_due(int, int) TO smartlms_worker;

-- Courses in which so many people or more are enrolled, and schools with so many enrollments or more, that have no
-- report yet.
CREATE FUNCTION smartlms_reports_missing(course_seats int, school_seats int) RETURNS TABLE ("tenantId" text, "courseId" text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
    WITH seats AS MATERIALIZED (
      SELECT e."tenantId", e."courseId", count(*) AS people FROM public."Enrollment" e GROUP BY e."tenantId", e."courseId"
    )
    SELECT s."tenantId", s."courseId" FROM seats s
    JOIN public."Course" c ON c."tenantId" = s."tenantId" AND c.id = s."courseId" AND c."deletedAt" IS NULL
    WHERE s.people >= course_seats AND NOT EXISTS (SELECT FROM public."CourseReport" r
      WHERE r."tenantId" = s."tenantId" AND r."courseId" = s."courseId")
    UNION ALL
    SELECT s."tenantId", NULL FROM seats s GROUP BY s."tenantId" HAVING sum(s.people) >= school_seats
      AND NOT EXISTS (SELECT FROM public."SchoolReport" r WHERE r."tenantId" = s."tenantId")
  $$;
REVOKE ALL ON FUNCTION smartlms_reports_missing(int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_reports_missing(int, int) TO smartlms_worker;

-- 4. The platform's numbers -------------------------------------------------------------------------------------------
-- As before; of a school that has a report, enrollments are as of that.
CREATE OR REPLACE FUNCTION smartlms_school_health(schools text[])
  RETURNS TABLE ("tenantId" text, "learnersWeek" int, "learnersBefore" int, enrollments int, completions int,
    "lettersWaiting" int, "marksWaiting" int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
    SELECT t.id,
      (SELECT count(*)::int FROM public."PersonTally" p WHERE p."tenantId" = t.id AND p.days && daterange(d.today - 6, d.today + 1)),
      (SELECT count(*)::int FROM public."PersonTally" p WHERE p."tenantId" = t.id AND p.days && daterange(d.today - 13, d.today - 6)),
      e.enrollments, e.completed,
      (SELECT count(*)::int FROM public."Outbox" o WHERE o."tenantId" = t.id AND o."deliveredAt" IS NULL
        AND o."createdAt" < now() - interval '1 hour'),
      (SELECT count(*)::int FROM public."ProgressMark" m WHERE m."tenantId" = t.id)
    FROM public."Tenant" t CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE t."timeZone")::date AS today) d
    LEFT JOIN public."SchoolReport" r ON r."tenantId" = t.id
    CROSS JOIN LATERAL (
      SELECT r.enrollments, r.completed WHERE r.id IS NOT NULL
      UNION ALL
      SELECT count(*)::int, count(e."completedAt")::int FROM public."Enrollment" e WHERE e."tenantId" = t.id HAVING r.id IS NULL
    ) e
    WHERE t.id <> 'platform' AND t.id = ANY (schools) ORDER BY t.id
  $$;
