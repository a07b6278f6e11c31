-- What Prisma can't express: roles, row-level security, checks, partial and deferrable constraints,
-- default ids. tests/integration/schema.test.ts walks the catalogue and fails when any of it is missing.

-- 1. Roles -----------------------------------------------------------------------------------------------------
-- Cluster-wide, so another database (or a second migration at the same moment) may have made them already.
-- They can't log in; LOGIN roles are made members of them. The migrating user becomes a member as well, because
-- where no LOGIN role can be had, connections switch to these roles at start.
DO $$
DECLARE wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['smartlms_app', 'smartlms_platform'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', wanted);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- somebody else created it between the look and the act
    END;
    BEGIN
      EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
    EXCEPTION
      WHEN insufficient_privilege THEN
        RAISE NOTICE 'Role % was made by another user; % is not a member of it.', wanted, current_user;
      WHEN internal_error OR unique_violation THEN
        NULL; -- granted concurrently by another migration
    END;
  END LOOP;
END
$$;

-- 2. Default ids, so that set-based SQL can insert ---------------------------------------------------------------
-- Same shape as a cuid: 'c', 11 hex digits of milliseconds (inserts stay close together in the index), 52 random bits.
CREATE FUNCTION smartlms_id() RETURNS text
  LANGUAGE sql VOLATILE PARALLEL SAFE
  AS $$ SELECT 'c' || lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 11, '0')
    || substr(replace(gen_random_uuid()::text, '-', ''), 20, 13) $$;

-- A column DEFAULT would be the plain way, but Prisma takes one beside its own @default(cuid()) for drift and drops it.
-- A trigger that only fires for a missing id gives the same, and costs Prisma's own inserts nothing.
CREATE FUNCTION smartlms_default_id() RETURNS trigger
  LANGUAGE plpgsql
  AS $$ BEGIN NEW.id := smartlms_id(); RETURN NEW; END $$;

DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
  LOOP
    EXECUTE format('CREATE TRIGGER default_id BEFORE INSERT ON %I FOR EACH ROW WHEN (NEW.id IS NULL) '
      'EXECUTE FUNCTION smartlms_default_id()', name);
  END LOOP;
END
$$;

-- 3. The walls -------------------------------------------------------------------------------------------------
-- Forced, so that the owner needs a policy too: without one, a plain owner's back-fill would touch 0 rows and say nothing.
-- nullif: after a transaction that set it, the setting reads as '' and not as null.
-- The platform's rows are no school's: not even its id, set by hand, makes the app the platform.
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', name);
    EXECUTE format('CREATE POLICY owner_all ON %I AS PERMISSIVE FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true)', name);
    CONTINUE WHEN name = 'Tenant';
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I AS PERMISSIVE FOR ALL TO smartlms_app '
      'USING ("tenantId" = nullif(current_setting(''app.tenant_id'', true), '''') AND "tenantId" <> ''platform'') '
      'WITH CHECK ("tenantId" = nullif(current_setting(''app.tenant_id'', true), '''') AND "tenantId" <> ''platform'')', name);
    IF name IN ('AuditLog', 'ExamVersion') THEN
      EXECUTE format('GRANT SELECT, INSERT ON %I TO smartlms_app', name); -- append-only
    ELSIF name IN ('User', 'Course', 'Module', 'Lesson', 'Exam', 'Assignment') THEN
      -- Deleted by deletedAt and purged by another role: a cascade from here would take what is append-only with it.
      EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO smartlms_app', name);
    ELSE
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO smartlms_app', name);
    END IF;
  END LOOP;
END
$$;

-- A school reads its own row and changes its own face; status, plan and subdomain belong to the platform.
CREATE POLICY tenant_isolation ON "Tenant" AS PERMISSIVE FOR ALL TO smartlms_app
  USING (id = nullif(current_setting('app.tenant_id', true), '') AND id <> 'platform')
  WITH CHECK (id = nullif(current_setting('app.tenant_id', true), '') AND id <> 'platform');
GRANT SELECT ON "Tenant" TO smartlms_app;
GRANT UPDATE (name, description, logo, "accentColor", "timeZone", locale, "updatedAt") ON "Tenant" TO smartlms_app;

-- The platform: the list of schools, and of all other tables only its own rows.
CREATE POLICY platform_schools ON "Tenant" AS PERMISSIVE FOR ALL TO smartlms_platform
  USING (true) WITH CHECK (id <> 'platform');
GRANT SELECT, INSERT ON "Tenant" TO smartlms_platform;
GRANT UPDATE (name, subdomain, description, logo, "accentColor", plan, status, "timeZone", locale, "updatedAt")
  ON "Tenant" TO smartlms_platform; -- all but the id, which every row of a school repeats
CREATE POLICY platform_own ON "User" AS PERMISSIVE FOR ALL TO smartlms_platform
  USING ("tenantId" = 'platform') WITH CHECK ("tenantId" = 'platform');
GRANT SELECT, INSERT, UPDATE ON "User" TO smartlms_platform;
CREATE POLICY platform_own ON "AuditLog" AS PERMISSIVE FOR ALL TO smartlms_platform
  USING ("tenantId" = 'platform') WITH CHECK ("tenantId" = 'platform');
GRANT SELECT, INSERT ON "AuditLog" TO smartlms_platform;

-- Counts and nothing else. They run as the owner, so the search path is pinned and nobody else may call them.
CREATE FUNCTION smartlms_school_counts()
  RETURNS TABLE ("tenantId" text, users int, courses int, enrollments int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT t.id,
      (SELECT count(*)::int FROM public."User" u WHERE u."tenantId" = t.id AND u."deletedAt" IS NULL),
      (SELECT count(*)::int FROM public."Course" c WHERE c."tenantId" = t.id AND c."deletedAt" IS NULL),
      (SELECT count(*)::int FROM public."Enrollment" e WHERE e."tenantId" = t.id)
    FROM public."Tenant" t WHERE t.id <> 'platform' ORDER BY t.id
  $$;
REVOKE ALL ON FUNCTION smartlms_school_counts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_school_counts() TO smartlms_platform;

-- plpgsql binds late: Prisma's own table does not exist in the database it replays migrations in.
CREATE FUNCTION smartlms_newest_migration() RETURNS text
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ BEGIN
    RETURN (SELECT max(migration_name) FROM public._prisma_migrations
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL);
  END $$;
REVOKE ALL ON FUNCTION smartlms_newest_migration() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_newest_migration() TO smartlms_platform;

-- 4. The platform's own row --------------------------------------------------------------------------------------
INSERT INTO "Tenant" (id, name, subdomain, plan) VALUES ('platform', 'SmartLMS', 'platform', 'ENTERPRISE');

-- 5. What must be true of every row ------------------------------------------------------------------------------
ALTER TABLE "Tenant"
  ADD CONSTRAINT tenant_name CHECK (length(btrim(name)) BETWEEN 1 AND 120),
  ADD CONSTRAINT tenant_subdomain CHECK (subdomain ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  ADD CONSTRAINT tenant_platform_row CHECK ((id = 'platform') = (subdomain = 'platform')),
  ADD CONSTRAINT tenant_platform_active CHECK (id <> 'platform' OR status = 'ACTIVE'),
  ADD CONSTRAINT tenant_accent CHECK ("accentColor" ~ '^#[0-9A-Fa-f]{6}$');

ALTER TABLE "User"
  ADD CONSTRAINT user_email CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254 AND position('@' in email) > 1),
  ADD CONSTRAINT user_name CHECK (length(btrim(name)) BETWEEN 1 AND 200),
  ADD CONSTRAINT user_password CHECK (password <> ''),
  ADD CONSTRAINT user_super_admin CHECK (role <> 'SUPER_ADMIN' OR "tenantId" = 'platform');
-- One live person per address and school; a deleted one doesn't block an address from being used again.
CREATE UNIQUE INDEX user_live_email ON "User" ("tenantId", email) WHERE "deletedAt" IS NULL;

ALTER TABLE "Role"
  ADD CONSTRAINT role_name CHECK (length(btrim(name)) BETWEEN 1 AND 80),
  ADD CONSTRAINT role_permissions CHECK (jsonb_typeof(permissions) = 'array');

ALTER TABLE "Course"
  ADD CONSTRAINT course_title CHECK (length(btrim(title)) BETWEEN 1 AND 200),
  ADD CONSTRAINT course_published CHECK (status <> 'PUBLISHED' OR "publishedAt" IS NOT NULL);
-- The catalogue. Comparing enums is not leakproof, so below a policy an index key can't serve `status = …`;
-- as the index's own predicate it can.
CREATE INDEX course_catalogue ON "Course" ("tenantId", "publishedAt" DESC, id DESC)
  WHERE status = 'PUBLISHED' AND "deletedAt" IS NULL;

-- One position per parent among the living. Deferrable, so that one UPDATE can swap positions; an exclusion
-- constraint, because a unique constraint can't be partial. (INSERT … ON CONFLICT must name its key on these tables.)
ALTER TABLE "Module"
  ADD CONSTRAINT module_title CHECK (length(btrim(title)) BETWEEN 1 AND 200),
  ADD CONSTRAINT module_order CHECK ("order" >= 0),
  ADD CONSTRAINT module_position EXCLUDE USING btree ("tenantId" WITH =, "courseId" WITH =, "order" WITH =)
    WHERE ("deletedAt" IS NULL) DEFERRABLE INITIALLY IMMEDIATE;

ALTER TABLE "Lesson"
  ADD CONSTRAINT lesson_title CHECK (length(btrim(title)) BETWEEN 1 AND 200),
  ADD CONSTRAINT lesson_order CHECK ("order" >= 0),
  ADD CONSTRAINT lesson_duration CHECK (duration > 0),
  ADD CONSTRAINT lesson_content_version CHECK ("contentVersion" >= 1),
  ADD CONSTRAINT lesson_position EXCLUDE USING btree ("tenantId" WITH =, "moduleId" WITH =, "order" WITH =)
    WHERE ("deletedAt" IS NULL) DEFERRABLE INITIALLY IMMEDIATE;

ALTER TABLE "Enrollment"
  ADD CONSTRAINT enrollment_progress CHECK (progress >= 0 AND progress <= 100);

ALTER TABLE "LessonProgress"
  ADD CONSTRAINT lesson_progress_position CHECK ("lastPosition" >= 0),
  ADD CONSTRAINT lesson_progress_completed CHECK (completed = ("completedAt" IS NOT NULL));

ALTER TABLE "Exam"
  ADD CONSTRAINT exam_title CHECK (length(btrim(title)) BETWEEN 1 AND 200),
  ADD CONSTRAINT exam_duration CHECK (duration > 0),
  ADD CONSTRAINT exam_window CHECK ("endDate" > "startDate"),
  ADD CONSTRAINT exam_questions CHECK (jsonb_typeof(questions) = 'array');

ALTER TABLE "ExamVersion"
  ADD CONSTRAINT exam_version_number CHECK (number >= 1),
  ADD CONSTRAINT exam_version_duration CHECK (duration > 0),
  ADD CONSTRAINT exam_version_questions CHECK (jsonb_typeof(questions) = 'array');

ALTER TABLE "ExamAttempt"
  ADD CONSTRAINT exam_attempt_number CHECK (number >= 1),
  ADD CONSTRAINT exam_attempt_deadline CHECK ("deadlineAt" > "startedAt"),
  ADD CONSTRAINT exam_attempt_submitted CHECK ("submittedAt" >= "startedAt"),
  ADD CONSTRAINT exam_attempt_answers CHECK (jsonb_typeof(answers) = 'object');
CREATE UNIQUE INDEX exam_attempt_that_counts ON "ExamAttempt" ("tenantId", "examId", "userId") WHERE counts;

ALTER TABLE "ExamAnswer"
  ADD CONSTRAINT exam_answer_sequence CHECK (sequence >= 0);

ALTER TABLE "Assignment"
  ADD CONSTRAINT assignment_title CHECK (length(btrim(title)) BETWEEN 1 AND 200);

ALTER TABLE "Submission"
  ADD CONSTRAINT submission_grade CHECK (grade >= 0),
  ADD CONSTRAINT submission_graded CHECK (grade IS NULL OR "gradedAt" IS NOT NULL);

ALTER TABLE "LiveClass"
  ADD CONSTRAINT live_class_title CHECK (length(btrim(title)) BETWEEN 1 AND 200),
  ADD CONSTRAINT live_class_duration CHECK (duration > 0),
  ADD CONSTRAINT live_class_meeting CHECK ("meetingUrl" ~ '^https?://'),
  ADD CONSTRAINT live_class_recording CHECK ("recordingUrl" ~ '^https?://');

ALTER TABLE "AIChat"
  ADD CONSTRAINT ai_chat_messages CHECK (jsonb_typeof(messages) = 'array');

ALTER TABLE "Notification"
  ADD CONSTRAINT notification_title CHECK (length(btrim(title)) BETWEEN 1 AND 200),
  -- A path of the school's own host. Browsers drop tabs and line ends, so '/<tab>/elsewhere' would leave it.
  ADD CONSTRAINT notification_link CHECK (link ~ '^/([^/\\]|$)' AND link !~ '[[:cntrl:][:space:]]');

ALTER TABLE "Streak"
  ADD CONSTRAINT streak_current CHECK ("currentStreak" >= 0),
  ADD CONSTRAINT streak_longest CHECK ("longestStreak" >= "currentStreak");

ALTER TABLE "AuditLog"
  ADD CONSTRAINT audit_log_action CHECK (action ~ '^[a-z][a-z0-9.-]{2,79}$');

ALTER TABLE "Outbox"
  ADD CONSTRAINT outbox_kind CHECK (kind ~ '^[a-z][a-z0-9.-]{2,79}$');
