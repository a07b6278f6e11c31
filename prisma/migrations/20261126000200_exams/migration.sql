-- CreateEnum
CREATE TYPE "AttemptEnd" AS ENUM ('LEARNER', 'DEADLINE', 'INSTRUCTOR');

-- CreateEnum
CREATE TYPE "ExamEventKind" AS ENUM ('OPENED', 'FOCUS_LOST', 'FOCUS_BACK', 'PASTED', 'OFFLINE', 'RECONNECTED', 'OTHER_TAB', 'CLOCK_JUMPED');

-- AlterTable
ALTER TABLE "Exam" ADD COLUMN     "accessCode" TEXT,
ADD COLUMN     "instructions" TEXT,
ADD COLUMN     "publishedAt" TIMESTAMPTZ(3),
ADD COLUMN     "releasedAt" TIMESTAMPTZ(3),
ADD COLUMN     "settings" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "ExamVersion" ADD COLUMN     "settings" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "ExamAttempt" ADD COLUMN     "endedBy" "AttemptEnd",
ADD COLUMN     "gradedAt" TIMESTAMPTZ(3),
ADD COLUMN     "gradedVersionId" TEXT,
ADD COLUMN     "layout" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "maxScore" DECIMAL(9,4);

-- CreateTable
CREATE TABLE "ExamMark" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "attemptId" TEXT NOT NULL,
    "questionId" TEXT NOT NULL,
    "points" DECIMAL(9,4),
    "maxPoints" DECIMAL(9,4) NOT NULL,
    "byHand" BOOLEAN NOT NULL DEFAULT false,
    "graderId" TEXT,
    "comment" TEXT,
    "gradedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ExamMark_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExamEvent" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "attemptId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" "ExamEventKind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ExamEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExamAccommodation" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "courseId" TEXT NOT NULL,
    "examId" TEXT,
    "userId" TEXT NOT NULL,
    "extraTimePercent" INTEGER NOT NULL DEFAULT 0,
    "extraAttempts" INTEGER NOT NULL DEFAULT 0,
    "startDate" TIMESTAMPTZ(3),
    "endDate" TIMESTAMPTZ(3),
    "note" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ExamAccommodation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BankQuestion" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "authorId" TEXT,
    "question" JSONB NOT NULL,
    "type" TEXT NOT NULL,
    "prompt" TEXT NOT NULL,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BankQuestion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ExamMark_tenantId_graderId_idx" ON "ExamMark"("tenantId", "graderId");

-- CreateIndex
CREATE UNIQUE INDEX "ExamMark_tenantId_id_key" ON "ExamMark"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ExamMark_tenantId_attemptId_questionId_key" ON "ExamMark"("tenantId", "attemptId", "questionId");

-- CreateIndex
CREATE UNIQUE INDEX "ExamEvent_tenantId_id_key" ON "ExamEvent"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ExamEvent_tenantId_attemptId_key_key" ON "ExamEvent"("tenantId", "attemptId", "key");

-- CreateIndex
CREATE INDEX "ExamAccommodation_tenantId_courseId_userId_idx" ON "ExamAccommodation"("tenantId", "courseId", "userId");

-- CreateIndex
CREATE INDEX "ExamAccommodation_tenantId_examId_idx" ON "ExamAccommodation"("tenantId", "examId");

-- CreateIndex
CREATE INDEX "ExamAccommodation_tenantId_userId_idx" ON "ExamAccommodation"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "ExamAccommodation_tenantId_id_key" ON "ExamAccommodation"("tenantId", "id");

-- CreateIndex
CREATE INDEX "BankQuestion_tenantId_createdAt_idx" ON "BankQuestion"("tenantId", "createdAt");

-- CreateIndex
CREATE INDEX "BankQuestion_tenantId_authorId_idx" ON "BankQuestion"("tenantId", "authorId");

-- CreateIndex
CREATE UNIQUE INDEX "BankQuestion_tenantId_id_key" ON "BankQuestion"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Exam_tenantId_id_courseId_key" ON "Exam"("tenantId", "id", "courseId");

-- AddForeignKey
ALTER TABLE "ExamAttempt" ADD CONSTRAINT "ExamAttempt_tenantId_gradedVersionId_examId_fkey" FOREIGN KEY ("tenantId", "gradedVersionId", "examId") REFERENCES "ExamVersion"("tenantId", "id", "examId") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExamMark" ADD CONSTRAINT "ExamMark_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExamMark" ADD CONSTRAINT "ExamMark_tenantId_attemptId_fkey" FOREIGN KEY ("tenantId", "attemptId") REFERENCES "ExamAttempt"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExamMark" ADD CONSTRAINT "ExamMark_tenantId_graderId_fkey" FOREIGN KEY ("tenantId", "graderId") REFERENCES "User"("tenantId", "id") ON DELETE SET NULL ("graderId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExamEvent" ADD CONSTRAINT "ExamEvent_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExamEvent" ADD CONSTRAINT "ExamEvent_tenantId_attemptId_fkey" FOREIGN KEY ("tenantId", "attemptId") REFERENCES "ExamAttempt"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExamAccommodation" ADD CONSTRAINT "ExamAccommodation_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExamAccommodation" ADD CONSTRAINT "ExamAccommodation_tenantId_courseId_fkey" FOREIGN KEY ("tenantId", "courseId") REFERENCES "Course"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExamAccommodation" ADD CONSTRAINT "ExamAccommodation_tenantId_examId_courseId_fkey" FOREIGN KEY ("tenantId", "examId", "courseId") REFERENCES "Exam"("tenantId", "id", "courseId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExamAccommodation" ADD CONSTRAINT "ExamAccommodation_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BankQuestion" ADD CONSTRAINT "BankQuestion_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BankQuestion" ADD CONSTRAINT "BankQuestion_tenantId_authorId_fkey" FOREIGN KEY ("tenantId", "authorId") REFERENCES "User"("tenantId", "id") ON DELETE SET NULL ("authorId") ON UPDATE CASCADE;


-- What Prisma can't express ------------------------------------------------------------------------------------

-- 1. The walls, as for all tables before (20261124000100_walls). --------------------------------------------------
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['ExamMark', 'ExamEvent', 'ExamAccommodation', 'BankQuestion']
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
-- What happened stays as it was told. Attempts, answers and marks are changed but never removed by the product; erasing
-- a person or a school goes through their own rows, which take these along.
REVOKE UPDATE, DELETE ON "ExamEvent" FROM smartlms_app;
REVOKE DELETE ON "ExamAttempt", "ExamAnswer", "ExamMark" FROM smartlms_app;

-- 2. What must be true of every row ------------------------------------------------------------------------------
ALTER TABLE "Exam"
  ADD CONSTRAINT exam_settings CHECK (jsonb_typeof(settings) = 'object'),
  ADD CONSTRAINT exam_instructions CHECK (length(instructions) <= 20000),
  ADD CONSTRAINT exam_access_code CHECK (length(btrim("accessCode")) BETWEEN 4 AND 100);
ALTER TABLE "ExamVersion"
  ADD CONSTRAINT exam_version_settings CHECK (jsonb_typeof(settings) = 'object');
ALTER TABLE "ExamAttempt"
  ADD CONSTRAINT exam_attempt_layout CHECK (jsonb_typeof(layout) = 'object'),
  ADD CONSTRAINT exam_attempt_max_score CHECK ("maxScore" >= 0),
  ADD CONSTRAINT exam_attempt_score CHECK (score >= 0),
  ADD CONSTRAINT exam_attempt_graded CHECK ("gradedAt" IS NULL OR (score IS NOT NULL AND "submittedAt" IS NOT NULL)),
  ADD CONSTRAINT exam_attempt_ended CHECK ("endedBy" IS NULL OR "submittedAt" IS NOT NULL);
ALTER TABLE "ExamMark"
  ADD CONSTRAINT exam_mark_max CHECK ("maxPoints" >= 0),
  ADD CONSTRAINT exam_mark_graded CHECK (points IS NULL OR "gradedAt" IS NOT NULL),
  ADD CONSTRAINT exam_mark_comment CHECK (length(comment) <= 10000);
ALTER TABLE "ExamEvent"
  ADD CONSTRAINT exam_event_key CHECK (length(key) BETWEEN 1 AND 64),
  ADD CONSTRAINT exam_event_detail CHECK (jsonb_typeof(detail) = 'object');
ALTER TABLE "ExamAccommodation"
  ADD CONSTRAINT accommodation_time CHECK ("extraTimePercent" BETWEEN 0 AND 500),
  ADD CONSTRAINT accommodation_attempts CHECK ("extraAttempts" BETWEEN 0 AND 100),
  ADD CONSTRAINT accommodation_window CHECK ("endDate" > "startDate"),
  ADD CONSTRAINT accommodation_scope CHECK ("examId" IS NOT NULL OR ("startDate" IS NULL AND "endDate" IS NULL)),
  ADD CONSTRAINT accommodation_note CHECK (length(note) <= 2000);
ALTER TABLE "BankQuestion"
  ADD CONSTRAINT bank_question CHECK (jsonb_typeof(question) = 'object'),
  ADD CONSTRAINT bank_tags CHECK (cardinality(tags) <= 20);
CREATE UNIQUE INDEX accommodation_of_course ON "ExamAccommodation" ("tenantId", "courseId", "userId") WHERE "examId" IS NULL;
CREATE UNIQUE INDEX accommodation_of_exam ON "ExamAccommodation" ("tenantId", "examId", "userId") WHERE "examId" IS NOT NULL;

-- 3. Who waits for the server ---------------------------------------------------------------------------------------
-- Attempts whose time is up, and those that are in but have no points yet: both are few at any time.
CREATE INDEX exam_attempt_running ON "ExamAttempt" ("deadlineAt") WHERE "submittedAt" IS NULL;
CREATE INDEX exam_attempt_unmarked ON "ExamAttempt" ("submittedAt") WHERE "submittedAt" IS NOT NULL AND "maxScore" IS NULL;

-- Ids of schools alone, so that the worker can close and grade theirs, each behind its own wall.
CREATE FUNCTION smartlms_schools_with_due_attempts(grace_seconds int) RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
    SELECT a."tenantId" FROM public."ExamAttempt" a
      WHERE a."submittedAt" IS NULL AND a."deadlineAt" <= statement_timestamp() - grace_seconds * interval '1 second'
    UNION
    SELECT a."tenantId" FROM public."ExamAttempt" a WHERE a."submittedAt" IS NOT NULL AND a."maxScore" IS NULL
  $$;
REVOKE ALL ON FUNCTION smartlms_schools_with_due_attempts(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_schools_with_due_attempts(int) TO smartlms_worker;

-- 4. What was there before ------------------------------------------------------------------------------------------
UPDATE "Exam" x SET "publishedAt" = (
  SELECT min(v."createdAt") FROM "ExamVersion" v WHERE v."tenantId" = x."tenantId" AND v."examId" = x.id);
UPDATE "ExamAttempt" SET "endedBy" = 'LEARNER' WHERE "submittedAt" IS NOT NULL;
