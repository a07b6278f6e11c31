-- AlterTable
ALTER TABLE "Course" ADD COLUMN     "grading" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "GradeChange" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "courseId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "examId" TEXT,
    "assignmentId" TEXT,
    "item" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "points" DECIMAL(9,4),
    "excused" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "changedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GradeChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GradeQuestion" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "courseId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "examId" TEXT,
    "assignmentId" TEXT,
    "item" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer" TEXT,
    "answeredAt" TIMESTAMPTZ(3),
    "answeredById" TEXT,

    CONSTRAINT "GradeQuestion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "GradeChange_tenantId_userId_idx" ON "GradeChange"("tenantId", "userId");

-- CreateIndex
CREATE INDEX "GradeChange_tenantId_changedById_idx" ON "GradeChange"("tenantId", "changedById");

-- CreateIndex
CREATE INDEX "GradeChange_tenantId_examId_idx" ON "GradeChange"("tenantId", "examId");

-- CreateIndex
CREATE INDEX "GradeChange_tenantId_assignmentId_idx" ON "GradeChange"("tenantId", "assignmentId");

-- CreateIndex
CREATE UNIQUE INDEX "GradeChange_tenantId_id_key" ON "GradeChange"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "GradeChange_tenantId_courseId_userId_item_number_key" ON "GradeChange"("tenantId", "courseId", "userId", "item", "number");

-- CreateIndex
CREATE INDEX "GradeQuestion_tenantId_courseId_answeredAt_idx" ON "GradeQuestion"("tenantId", "courseId", "answeredAt");

-- CreateIndex
CREATE INDEX "GradeQuestion_tenantId_answeredById_idx" ON "GradeQuestion"("tenantId", "answeredById");

-- CreateIndex
CREATE INDEX "GradeQuestion_tenantId_examId_idx" ON "GradeQuestion"("tenantId", "examId");

-- CreateIndex
CREATE INDEX "GradeQuestion_tenantId_assignmentId_idx" ON "GradeQuestion"("tenantId", "assignmentId");

-- CreateIndex
CREATE UNIQUE INDEX "GradeQuestion_tenantId_id_key" ON "GradeQuestion"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "GradeQuestion_tenantId_userId_key_key" ON "GradeQuestion"("tenantId", "userId", "key");

-- AddForeignKey
ALTER TABLE "GradeChange" ADD CONSTRAINT "GradeChange_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GradeChange" ADD CONSTRAINT "GradeChange_tenantId_courseId_fkey" FOREIGN KEY ("tenantId", "courseId") REFERENCES "Course"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GradeChange" ADD CONSTRAINT "GradeChange_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GradeChange" ADD CONSTRAINT "GradeChange_tenantId_examId_fkey" FOREIGN KEY ("tenantId", "examId") REFERENCES "Exam"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GradeChange" ADD CONSTRAINT "GradeChange_tenantId_assignmentId_fkey" FOREIGN KEY ("tenantId", "assignmentId") REFERENCES "Assignment"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GradeChange" ADD CONSTRAINT "GradeChange_tenantId_changedById_fkey" FOREIGN KEY ("tenantId", "changedById") REFERENCES "User"("tenantId", "id") ON DELETE SET NULL ("changedById") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GradeQuestion" ADD CONSTRAINT "GradeQuestion_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GradeQuestion" ADD CONSTRAINT "GradeQuestion_tenantId_courseId_fkey" FOREIGN KEY ("tenantId", "courseId") REFERENCES "Course"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GradeQuestion" ADD CONSTRAINT "GradeQuestion_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GradeQuestion" ADD CONSTRAINT "GradeQuestion_tenantId_examId_fkey" FOREIGN KEY ("tenantId", "examId") REFERENCES "Exam"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GradeQuestion" ADD CONSTRAINT "GradeQuestion_tenantId_assignmentId_fkey" FOREIGN KEY ("tenantId", "assignmentId") REFERENCES "Assignment"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GradeQuestion" ADD CONSTRAINT "GradeQuestion_tenantId_answeredById_fkey" FOREIGN KEY ("tenantId", "answeredById") REFERENCES "User"("tenantId", "id") ON DELETE SET NULL ("answeredById") ON UPDATE CASCADE;



-- What Prisma can't express ------------------------------------------------------------------------------------

-- 1. The walls, as for all tables before (20261124000100_walls). --------------------------------------------------
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['GradeChange', 'GradeQuestion']
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
-- How a grade came about stays. Erasing a person or a school goes through their own rows, which take it along.
REVOKE UPDATE, DELETE ON "GradeChange" FROM smartlms_app;
REVOKE DELETE ON "GradeQuestion" FROM smartlms_app;

-- 2. What must be true of every row ------------------------------------------------------------------------------
ALTER TABLE "Course"
  ADD CONSTRAINT course_grading CHECK (jsonb_typeof(grading) = 'object');
ALTER TABLE "GradeChange"
  ADD CONSTRAINT grade_change_item CHECK (item = coalesce("examId", "assignmentId", 'course') AND num_nonnulls("examId", "assignmentId") <= 1),
  ADD CONSTRAINT grade_change_number CHECK (number >= 1),
  ADD CONSTRAINT grade_change_points CHECK (points >= 0 AND NOT (excused AND points IS NOT NULL)),
  ADD CONSTRAINT grade_change_course CHECK (NOT (excused AND item = 'course')),
  ADD CONSTRAINT grade_change_reason CHECK (length(reason) BETWEEN 1 AND 2000);
ALTER TABLE "GradeQuestion"
  ADD CONSTRAINT grade_question_item CHECK (item = coalesce("examId", "assignmentId", 'course') AND num_nonnulls("examId", "assignmentId") <= 1),
  ADD CONSTRAINT grade_question_key CHECK (length(key) BETWEEN 1 AND 64),
  ADD CONSTRAINT grade_question_body CHECK (length(body) BETWEEN 1 AND 4000),
  ADD CONSTRAINT grade_question_answer CHECK (length(answer) BETWEEN 1 AND 4000 AND (answer IS NULL) = ("answeredAt" IS NULL));
