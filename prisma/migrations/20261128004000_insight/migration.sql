-- CreateTable
CREATE TABLE "ProgressMark" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "enrollmentId" TEXT,
    "lessonId" TEXT,
    "opened" INTEGER NOT NULL DEFAULT 0,
    "completed" INTEGER NOT NULL DEFAULT 0,
    "seconds" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProgressMark_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LessonTally" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "lessonId" TEXT NOT NULL,
    "opened" INTEGER NOT NULL DEFAULT 0,
    "completed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "LessonTally_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LearnerTally" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "enrollmentId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "courseId" TEXT NOT NULL,
    "opened" INTEGER NOT NULL DEFAULT 0,
    "completed" INTEGER NOT NULL DEFAULT 0,
    "seconds" INTEGER NOT NULL DEFAULT 0,
    "days" datemultirange NOT NULL DEFAULT '{}'::datemultirange,
    "lastAt" TIMESTAMPTZ(3),
    "lastLessonId" TEXT,

    CONSTRAINT "LearnerTally_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PersonTally" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "days" datemultirange NOT NULL DEFAULT '{}'::datemultirange,

    CONSTRAINT "PersonTally_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SchoolActivity" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "span" TEXT NOT NULL,
    "start" DATE NOT NULL,
    "people" INTEGER NOT NULL DEFAULT 0,
    "lessons" INTEGER NOT NULL DEFAULT 0,
    "seconds" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "SchoolActivity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "courseId" TEXT NOT NULL,
    "fromId" TEXT,
    "toId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "replies" BOOLEAN NOT NULL DEFAULT false,
    "key" TEXT NOT NULL,
    "sentAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Message_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ProgressMark_tenantId_id_key" ON "ProgressMark"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "LessonTally_tenantId_id_key" ON "LessonTally"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "LessonTally_tenantId_lessonId_key" ON "LessonTally"("tenantId", "lessonId");

-- CreateIndex
CREATE INDEX "LearnerTally_tenantId_courseId_lastAt_idx" ON "LearnerTally"("tenantId", "courseId", "lastAt");

-- CreateIndex
CREATE INDEX "LearnerTally_tenantId_userId_idx" ON "LearnerTally"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "LearnerTally_tenantId_id_key" ON "LearnerTally"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "LearnerTally_tenantId_enrollmentId_userId_key" ON "LearnerTally"("tenantId", "enrollmentId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "PersonTally_tenantId_id_key" ON "PersonTally"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PersonTally_tenantId_userId_key" ON "PersonTally"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "SchoolActivity_tenantId_id_key" ON "SchoolActivity"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SchoolActivity_tenantId_span_start_key" ON "SchoolActivity"("tenantId", "span", "start");

-- CreateIndex
CREATE INDEX "Message_tenantId_fromId_sentAt_idx" ON "Message"("tenantId", "fromId", "sentAt");

-- CreateIndex
CREATE INDEX "Message_tenantId_courseId_toId_sentAt_idx" ON "Message"("tenantId", "courseId", "toId", "sentAt");

-- CreateIndex
CREATE INDEX "Message_tenantId_toId_idx" ON "Message"("tenantId", "toId");

-- CreateIndex
CREATE UNIQUE INDEX "Message_tenantId_id_key" ON "Message"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Message_tenantId_fromId_key_key" ON "Message"("tenantId", "fromId", "key");

-- AddForeignKey
ALTER TABLE "ProgressMark" ADD CONSTRAINT "ProgressMark_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LessonTally" ADD CONSTRAINT "LessonTally_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LessonTally" ADD CONSTRAINT "LessonTally_tenantId_lessonId_fkey" FOREIGN KEY ("tenantId", "lessonId") REFERENCES "Lesson"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LearnerTally" ADD CONSTRAINT "LearnerTally_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LearnerTally" ADD CONSTRAINT "LearnerTally_tenantId_enrollmentId_userId_fkey" FOREIGN KEY ("tenantId", "enrollmentId", "userId") REFERENCES "Enrollment"("tenantId", "id", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LearnerTally" ADD CONSTRAINT "LearnerTally_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LearnerTally" ADD CONSTRAINT "LearnerTally_tenantId_courseId_fkey" FOREIGN KEY ("tenantId", "courseId") REFERENCES "Course"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonTally" ADD CONSTRAINT "PersonTally_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonTally" ADD CONSTRAINT "PersonTally_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SchoolActivity" ADD CONSTRAINT "SchoolActivity_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_tenantId_courseId_fkey" FOREIGN KEY ("tenantId", "courseId") REFERENCES "Course"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_tenantId_fromId_fkey" FOREIGN KEY ("tenantId", "fromId") REFERENCES "User"("tenantId", "id") ON DELETE SET NULL ("fromId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_tenantId_toId_fkey" FOREIGN KEY ("tenantId", "toId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma can't express ------------------------------------------------------------------------------------

-- 1. The walls, as for all tables before (20261124000100_walls). --------------------------------------------------
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['ProgressMark', 'LessonTally', 'LearnerTally', 'PersonTally', 'SchoolActivity', 'Message']
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
-- What was written to somebody stays as it was written.
REVOKE UPDATE, DELETE ON "Message" FROM smartlms_app;

-- 2. What must be true of every row ------------------------------------------------------------------------------
-- Tallies have no lower bound: of two marks that are folded apart, the one that takes away may come first.
ALTER TABLE "SchoolActivity"
  ADD CONSTRAINT school_activity_span CHECK (span IN ('day', 'week', 'month')),
  ADD CONSTRAINT school_activity_people CHECK (people >= 0);
ALTER TABLE "Message"
  ADD CONSTRAINT message_body CHECK (length(btrim(body)) BETWEEN 1 AND 4000),
  ADD CONSTRAINT message_key CHECK (length(key) BETWEEN 1 AND 64);

-- 3. Marks ---------------------------------------------------------------------------------------------------------
-- Written in the learner's own transaction, so that there is one if and only if what it speaks of is kept. They only
-- add rows: nobody waits for anybody. Names are whole and no search path is set, because that would cost at each row.
CREATE FUNCTION smartlms_seconds(watched int4multirange) RETURNS int
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT coalesce(sum(upper(r) - lower(r)), 0)::int FROM unnest(watched) r $$;

CREATE FUNCTION smartlms_mark_progress() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
  DECLARE
    completed int;
    seconds int := 0;
    at timestamptz;
  BEGIN
    IF TG_OP = 'DELETE' THEN
      -- Of a school that is being erased nothing is counted, and a mark of it would stand below nobody.
      IF EXISTS (SELECT FROM public."Tenant" t WHERE t.id = OLD."tenantId") THEN
        INSERT INTO public."ProgressMark" (id, "tenantId", "userId", "enrollmentId", "lessonId", opened, completed, seconds)
          VALUES (public.smartlms_id(), OLD."tenantId", OLD."userId", OLD."enrollmentId", OLD."lessonId", -1,
            -OLD.completed::int, -public.smartlms_seconds(OLD.watched));
      END IF;
      RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
      INSERT INTO public."ProgressMark" (id, "tenantId", "userId", "enrollmentId", "lessonId", opened, completed, seconds, at)
        VALUES (public.smartlms_id(), NEW."tenantId", NEW."userId", NEW."enrollmentId", NEW."lessonId", 1,
          NEW.completed::int, public.smartlms_seconds(NEW.watched), NEW."updatedAt");
      RETURN NULL;
    END IF;
    completed := NEW.completed::int - OLD.completed::int;
    IF NEW.watched <> OLD.watched THEN
      seconds := public.smartlms_seconds(NEW.watched) - public.smartlms_seconds(OLD.watched);
    END IF;
    -- A lesson whose rule changed completes without the learner: only what they did moves the moment.
    IF NEW."updatedAt" IS DISTINCT FROM OLD."updatedAt" THEN
      at := NEW."updatedAt";
    END IF;
    IF completed <> 0 OR seconds <> 0 OR at IS NOT NULL THEN
      INSERT INTO public."ProgressMark" (id, "tenantId", "userId", "enrollmentId", "lessonId", completed, seconds, at)
        VALUES (public.smartlms_id(), NEW."tenantId", NEW."userId", NEW."enrollmentId", NEW."lessonId", completed, seconds, at);
    END IF;
    RETURN NULL;
  END $$;
CREATE TRIGGER mark_progress AFTER INSERT OR UPDATE OR DELETE ON "LessonProgress"
  FOR EACH ROW EXECUTE FUNCTION smartlms_mark_progress();

-- Sitting an exam and handing something in is learning, too.
CREATE FUNCTION smartlms_mark_attempt() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
  BEGIN
    INSERT INTO public."ProgressMark" (id, "tenantId", "userId", at)
      VALUES (public.smartlms_id(), NEW."tenantId", NEW."userId",
        CASE WHEN TG_OP = 'INSERT' THEN NEW."startedAt" ELSE NEW."submittedAt" END);
    RETURN NULL;
  END $$;
CREATE TRIGGER mark_attempt AFTER INSERT ON "ExamAttempt"
  FOR EACH ROW EXECUTE FUNCTION smartlms_mark_attempt();
CREATE TRIGGER mark_attempt_submitted AFTER UPDATE OF "submittedAt" ON "ExamAttempt"
  FOR EACH ROW WHEN (OLD."submittedAt" IS NULL AND NEW."submittedAt" IS NOT NULL AND NEW."endedBy" = 'LEARNER')
  EXECUTE FUNCTION smartlms_mark_attempt();

CREATE FUNCTION smartlms_mark_submission() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
  BEGIN
    INSERT INTO public."ProgressMark" (id, "tenantId", "userId", at)
      VALUES (public.smartlms_id(), NEW."tenantId", NEW."userId", NEW."submittedAt");
    RETURN NULL;
  END $$;
CREATE TRIGGER mark_submission AFTER INSERT ON "Submission"
  FOR EACH ROW EXECUTE FUNCTION smartlms_mark_submission();
CREATE TRIGGER mark_submission_again AFTER UPDATE OF "submittedAt" ON "Submission"
  FOR EACH ROW WHEN (OLD."submittedAt" IS DISTINCT FROM NEW."submittedAt")
  EXECUTE FUNCTION smartlms_mark_submission();

-- 4. Folding ---------------------------------------------------------------------------------------------------------
-- The spans that a day is counted in: itself, its week from Monday, its month.
CREATE FUNCTION smartlms_spans(day date) RETURNS TABLE (span text, start date, within daterange)
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$
    SELECT 'day', day, daterange(day, day + 1)
    UNION ALL SELECT 'week', w, daterange(w, w + 7) FROM (SELECT date_trunc('week', day::timestamp)::date) s(w)
    UNION ALL SELECT 'month', m, daterange(m, (m + interval '1 month')::date) FROM (SELECT date_trunc('month', day::timestamp)::date) s(m)
  $$;

-- Takes up to `most` marks of a school away and adds them to its tallies, in the caller's transaction and with the
-- caller's rights. A mark is taken when it can be seen, whenever it was written: there is no line that one could fall
-- behind. One at a time in a school, because whether somebody is new on a day is asked of what was folded before.
-- Gives how many marks it took.
-- Planned anew each time: a plan that was made for small schools and kept would serve a giant one by nested loops.
CREATE FUNCTION smartlms_fold(school text, most int) RETURNS int
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
  AS $$
  DECLARE took int;
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('smartlms_fold/' || school, 0));
    WITH taken AS (
      DELETE FROM "ProgressMark" m
        USING (SELECT w.id FROM "ProgressMark" w WHERE w."tenantId" = school ORDER BY w.id LIMIT most) w
        WHERE m."tenantId" = school AND m.id = w.id
        RETURNING m.*, (m.at AT TIME ZONE (SELECT t."timeZone" FROM "Tenant" t WHERE t.id = school))::date AS day
    ), lessons AS (
      INSERT INTO "LessonTally" AS l (id, "tenantId", "lessonId", opened, completed)
        SELECT smartlms_id(), school, t."lessonId", t.opened, t.completed
        FROM (SELECT m."lessonId", sum(m.opened) AS opened, sum(m.completed) AS completed FROM taken m
          WHERE m."lessonId" IS NOT NULL GROUP BY m."lessonId") t
        JOIN "Lesson" x ON x."tenantId" = school AND x.id = t."lessonId"
        WHERE t.opened <> 0 OR t.completed <> 0
        ON CONFLICT ("tenantId", "lessonId") DO UPDATE
          SET opened = l.opened + excluded.opened, completed = l.completed + excluded.completed
    ), learners AS (
      INSERT INTO "LearnerTally" AS l (id, "tenantId", "enrollmentId", "userId", "courseId", opened, completed, seconds, days, "lastAt", "lastLessonId")
        SELECT smartlms_id(), school, e.id, e."userId", e."courseId", t.opened, t.completed, t.seconds,
          coalesce(t.days, '{}'), t."lastAt", t."lastLessonId"
        FROM (SELECT m."enrollmentId", sum(m.opened) AS opened, sum(m.completed) AS completed, sum(m.seconds) AS seconds,
            range_agg(daterange(m.day, m.day + 1)) FILTER (WHERE m.day IS NOT NULL) AS days, max(m.at) AS "lastAt",
            (array_agg(m."lessonId" ORDER BY m.at DESC, m."lessonId" COLLATE "C" DESC) FILTER (WHERE m.at IS NOT NULL))[1] AS "lastLessonId"
          FROM taken m WHERE m."enrollmentId" IS NOT NULL GROUP BY m."enrollmentId") t
        JOIN "Enrollment" e ON e."tenantId" = school AND e.id = t."enrollmentId"
        ON CONFLICT ("tenantId", "enrollmentId", "userId") DO UPDATE
          SET opened = l.opened + excluded.opened, completed = l.completed + excluded.completed,
            seconds = l.seconds + excluded.seconds, days = l.days + excluded.days,
            "lastAt" = greatest(l."lastAt", excluded."lastAt"),
            "lastLessonId" = CASE WHEN excluded."lastAt" IS NULL
                OR (l."lastAt", l."lastLessonId" COLLATE "C") >= (excluded."lastAt", excluded."lastLessonId" COLLATE "C")
              THEN l."lastLessonId" ELSE excluded."lastLessonId" END
    ), seen AS (
      SELECT DISTINCT m."userId", m.day FROM taken m
      JOIN "User" u ON u."tenantId" = school AND u.id = m."userId"
      WHERE m.day IS NOT NULL
    ), fresh AS (
      SELECT s.span, s.start, count(*) AS people
      FROM (SELECT DISTINCT d."userId", x.* FROM seen d CROSS JOIN LATERAL smartlms_spans(d.day) x) s
      LEFT JOIN "PersonTally" p ON p."tenantId" = school AND p."userId" = s."userId" AND p.days && s.within
      WHERE p.id IS NULL GROUP BY s.span, s.start
    ), people AS (
      INSERT INTO "PersonTally" AS p (id, "tenantId", "userId", days)
        SELECT smartlms_id(), school, s."userId", range_agg(daterange(s.day, s.day + 1)) FROM seen s GROUP BY s."userId"
        ON CONFLICT ("tenantId", "userId") DO UPDATE SET days = p.days + excluded.days
    ), work AS (
      SELECT 'day' AS span, m.day AS start, sum(m.completed) AS lessons, sum(m.seconds) AS seconds FROM taken m
      WHERE m.day IS NOT NULL GROUP BY m.day
    ), activity AS (
      INSERT INTO "SchoolActivity" AS a (id, "tenantId", span, start, people, lessons, seconds)
        SELECT smartlms_id(), school, coalesce(f.span, w.span), coalesce(f.start, w.start), coalesce(f.people, 0),
          coalesce(w.lessons, 0), coalesce(w.seconds, 0)
        FROM fresh f FULL JOIN work w ON w.span = f.span AND w.start = f.start
        ON CONFLICT ("tenantId", span, start) DO UPDATE
          SET people = a.people + excluded.people, lessons = a.lessons + excluded.lessons, seconds = a.seconds + excluded.seconds
    )
    SELECT count(*) INTO took FROM taken;
    RETURN took;
  END $$;

-- Counts everything of a school anew, slowly, and forgets its marks. For what was there before there were marks.
CREATE FUNCTION smartlms_recount(school text) RETURNS void
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
  AS $$
  DECLARE zone text := (SELECT t."timeZone" FROM "Tenant" t WHERE t.id = school);
  BEGIN
    LOCK TABLE "LessonProgress", "ExamAttempt", "Submission" IN SHARE ROW EXCLUSIVE MODE;
    PERFORM pg_advisory_xact_lock(hashtextextended('smartlms_fold/' || school, 0));
    DELETE FROM "ProgressMark" m WHERE m."tenantId" = school;
    DELETE FROM "LessonTally" l WHERE l."tenantId" = school;
    DELETE FROM "LearnerTally" l WHERE l."tenantId" = school;
    DELETE FROM "PersonTally" p WHERE p."tenantId" = school;
    DELETE FROM "SchoolActivity" a WHERE a."tenantId" = school;
    INSERT INTO "LessonTally" (id, "tenantId", "lessonId", opened, completed)
      SELECT smartlms_id(), school, p."lessonId", count(*), count(*) FILTER (WHERE p.completed)
      FROM "LessonProgress" p WHERE p."tenantId" = school GROUP BY p."lessonId";
    INSERT INTO "LearnerTally" (id, "tenantId", "enrollmentId", "userId", "courseId", opened, completed, seconds, days, "lastAt", "lastLessonId")
      SELECT smartlms_id(), school, e.id, e."userId", e."courseId", p.opened, p.completed, p.seconds, p.days, p."lastAt", p."lastLessonId"
      FROM (
        SELECT p."enrollmentId", count(*) AS opened, count(*) FILTER (WHERE p.completed) AS completed,
          sum(CASE WHEN isempty(p.watched) THEN 0 ELSE smartlms_seconds(p.watched) END) AS seconds, max(p."updatedAt") AS "lastAt",
          (array_agg(p."lessonId" ORDER BY p."updatedAt" DESC, p."lessonId" COLLATE "C" DESC))[1] AS "lastLessonId",
          range_agg(datemultirange(daterange(d.u, d.u + 1), daterange(d.v, d.v + 1), daterange(d.c, d.c + 1))) AS days
        FROM "LessonProgress" p CROSS JOIN LATERAL (SELECT (p."updatedAt" AT TIME ZONE zone)::date AS u,
          (coalesce(p."viewedAt", p."updatedAt") AT TIME ZONE zone)::date AS v,
          (coalesce(p."completedAt", p."updatedAt") AT TIME ZONE zone)::date AS c) d
        WHERE p."tenantId" = school GROUP BY p."enrollmentId"
      ) p
      JOIN "Enrollment" e ON e."tenantId" = school AND e.id = p."enrollmentId";
    INSERT INTO "PersonTally" (id, "tenantId", "userId", days)
      SELECT smartlms_id(), school, d."userId", range_agg(d.days)
      FROM (
        SELECT l."userId", l.days FROM "LearnerTally" l WHERE l."tenantId" = school
        UNION ALL SELECT m."userId", datemultirange(daterange(m.day, m.day + 1)) FROM (
          SELECT a."userId", (a."startedAt" AT TIME ZONE zone)::date AS day FROM "ExamAttempt" a WHERE a."tenantId" = school
          UNION SELECT a."userId", (a."submittedAt" AT TIME ZONE zone)::date FROM "ExamAttempt" a
            WHERE a."tenantId" = school AND a."submittedAt" IS NOT NULL AND a."endedBy" = 'LEARNER'
          UNION SELECT s."userId", (v."submittedAt" AT TIME ZONE zone)::date FROM "SubmissionVersion" v
            JOIN "Submission" s ON s."tenantId" = v."tenantId" AND s.id = v."submissionId" WHERE v."tenantId" = school
          UNION SELECT s."userId", (s."submittedAt" AT TIME ZONE zone)::date FROM "Submission" s WHERE s."tenantId" = school
        ) m
      ) d GROUP BY d."userId";
    -- Materialized: without statistics of what was just written, the planner would sum up the work once for each day.
    WITH work AS MATERIALIZED (
      SELECT (p."updatedAt" AT TIME ZONE zone)::date AS day, count(*) FILTER (WHERE p.completed) AS lessons,
        sum(CASE WHEN isempty(p.watched) THEN 0 ELSE smartlms_seconds(p.watched) END) AS seconds
      FROM "LessonProgress" p WHERE p."tenantId" = school GROUP BY 1
    ), spans AS MATERIALIZED (
      SELECT x.span, x.start, count(DISTINCT p."userId") AS people
      FROM "PersonTally" p, unnest(p.days) r, generate_series(lower(r), upper(r) - 1, interval '1 day') g(day),
        LATERAL smartlms_spans(g.day::date) x
      WHERE p."tenantId" = school GROUP BY x.span, x.start
    )
    INSERT INTO "SchoolActivity" (id, "tenantId", span, start, people, lessons, seconds)
      SELECT smartlms_id(), school, s.span, s.start, s.people, coalesce(w.lessons, 0), coalesce(w.seconds, 0)
      FROM spans s LEFT JOIN work w ON s.span = 'day' AND w.day = s.start;
  END $$;
REVOKE ALL ON FUNCTION smartlms_recount(text) FROM PUBLIC;

-- 5. Numbers for those who see no rows -------------------------------------------------------------------------------
-- Ids of schools alone, so that the worker can fold theirs, each behind its own wall.
CREATE FUNCTION smartlms_schools_with_marks() RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT t.id FROM public."Tenant" t
    WHERE t.id <> 'platform' AND EXISTS (SELECT FROM public."ProgressMark" m WHERE m."tenantId" = t.id) ORDER BY t.id $$;
REVOKE ALL ON FUNCTION smartlms_schools_with_marks() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_schools_with_marks() TO smartlms_worker;

-- What the platform may know of how schools fare: counts. Days are those of each school's own zone; this week is the
-- last seven of them, the week before the seven before.
CREATE FUNCTION smartlms_school_health(schools text[])
  RETURNS TABLE ("tenantId" text, "learnersWeek" int, "learnersBefore" int, enrollments int, completions int,
    "lettersWaiting" int, "marksWaiting" int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
    SELECT t.id,
      (SELECT count(*)::int FROM public."PersonTally" p WHERE p."tenantId" = t.id AND p.days && daterange(d.today - 6, d.today + 1)),
      (SELECT count(*)::int FROM public."PersonTally" p WHERE p."tenantId" = t.id AND p.days && daterange(d.today - 13, d.today - 6)),
      (SELECT count(*)::int FROM public."Enrollment" e WHERE e."tenantId" = t.id),
      (SELECT count(*)::int FROM public."Enrollment" e WHERE e."tenantId" = t.id AND e."completedAt" IS NOT NULL),
      (SELECT count(*)::int FROM public."Outbox" o WHERE o."tenantId" = t.id AND o."deliveredAt" IS NULL
        AND o."createdAt" < now() - interval '1 hour'),
      (SELECT count(*)::int FROM public."ProgressMark" m WHERE m."tenantId" = t.id)
    FROM public."Tenant" t CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE t."timeZone")::date AS today) d
    WHERE t.id <> 'platform' AND t.id = ANY (schools) ORDER BY t.id
  $$;
REVOKE ALL ON FUNCTION smartlms_school_health(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_school_health(text[]) TO smartlms_platform;

-- 6. What was there before -------------------------------------------------------------------------------------------
-- The triggers above hold off whoever writes until this transaction ends, so nothing is missed between.
DO $$
DECLARE school text;
BEGIN
  FOR school IN SELECT t.id FROM "Tenant" t WHERE t.id <> 'platform' LOOP
    PERFORM smartlms_recount(school);
  END LOOP;
END
$$;
