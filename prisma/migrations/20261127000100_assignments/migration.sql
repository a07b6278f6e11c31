-- CreateEnum
CREATE TYPE "SubmissionKind" AS ENUM ('TEXT', 'FILE', 'LINK');

-- AlterTable
ALTER TABLE "Assignment" ADD COLUMN     "accepts" "SubmissionKind"[] DEFAULT ARRAY['TEXT']::"SubmissionKind"[],
ADD COLUMN     "points" DECIMAL(9,4) NOT NULL DEFAULT 100,
ADD COLUMN     "publishedAt" TIMESTAMPTZ(3),
ADD COLUMN     "settings" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "Submission" ADD COLUMN     "link" TEXT,
ADD COLUMN     "number" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "releasedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "SubmissionVersion" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "submissionId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "content" TEXT,
    "link" TEXT,
    "fileUrl" TEXT,
    "submittedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SubmissionVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SubmissionDraft" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "assignmentId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "content" TEXT,
    "link" TEXT,
    "savedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SubmissionDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AssignmentExtension" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "assignmentId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "dueDate" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AssignmentExtension_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SubmissionVersion_tenantId_id_key" ON "SubmissionVersion"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SubmissionVersion_tenantId_submissionId_number_key" ON "SubmissionVersion"("tenantId", "submissionId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "SubmissionVersion_tenantId_submissionId_key_key" ON "SubmissionVersion"("tenantId", "submissionId", "key");

-- CreateIndex
CREATE INDEX "SubmissionDraft_tenantId_userId_idx" ON "SubmissionDraft"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "SubmissionDraft_tenantId_id_key" ON "SubmissionDraft"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SubmissionDraft_tenantId_assignmentId_userId_key" ON "SubmissionDraft"("tenantId", "assignmentId", "userId");

-- CreateIndex
CREATE INDEX "AssignmentExtension_tenantId_userId_idx" ON "AssignmentExtension"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "AssignmentExtension_tenantId_id_key" ON "AssignmentExtension"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AssignmentExtension_tenantId_assignmentId_userId_key" ON "AssignmentExtension"("tenantId", "assignmentId", "userId");

-- AddForeignKey
ALTER TABLE "SubmissionVersion" ADD CONSTRAINT "SubmissionVersion_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SubmissionVersion" ADD CONSTRAINT "SubmissionVersion_tenantId_submissionId_fkey" FOREIGN KEY ("tenantId", "submissionId") REFERENCES "Submission"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SubmissionDraft" ADD CONSTRAINT "SubmissionDraft_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SubmissionDraft" ADD CONSTRAINT "SubmissionDraft_tenantId_assignmentId_fkey" FOREIGN KEY ("tenantId", "assignmentId") REFERENCES "Assignment"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SubmissionDraft" ADD CONSTRAINT "SubmissionDraft_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AssignmentExtension" ADD CONSTRAINT "AssignmentExtension_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AssignmentExtension" ADD CONSTRAINT "AssignmentExtension_tenantId_assignmentId_fkey" FOREIGN KEY ("tenantId", "assignmentId") REFERENCES "Assignment"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AssignmentExtension" ADD CONSTRAINT "AssignmentExtension_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma can't express ------------------------------------------------------------------------------------

-- 1. The walls, as for all tables before (20261124000100_walls). --------------------------------------------------
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['SubmissionVersion', 'SubmissionDraft', 'AssignmentExtension']
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
-- What was handed in stays. Erasing a person or a school goes through their own rows, which take it along.
REVOKE UPDATE, DELETE ON "SubmissionVersion" FROM smartlms_app;
REVOKE DELETE ON "Submission" FROM smartlms_app;

-- 2. What must be true of every row ------------------------------------------------------------------------------
ALTER TABLE "Assignment"
  ADD CONSTRAINT assignment_points CHECK (points >= 0),
  ADD CONSTRAINT assignment_accepts CHECK (accepts IS NOT NULL AND cardinality(accepts) BETWEEN 1 AND 3 AND array_position(accepts, NULL) IS NULL),
  ADD CONSTRAINT assignment_settings CHECK (jsonb_typeof(settings) = 'object');
ALTER TABLE "Submission"
  ADD CONSTRAINT submission_number CHECK (number >= 1),
  ADD CONSTRAINT submission_link CHECK (link ~ '^https?://' AND length(link) <= 2000);
ALTER TABLE "SubmissionVersion"
  ADD CONSTRAINT submission_version_number CHECK (number >= 1),
  ADD CONSTRAINT submission_version_key CHECK (length(key) BETWEEN 1 AND 64),
  ADD CONSTRAINT submission_version_something CHECK (coalesce(content, link, "fileUrl") IS NOT NULL),
  ADD CONSTRAINT submission_version_link CHECK (link ~ '^https?://' AND length(link) <= 2000);
ALTER TABLE "SubmissionDraft"
  ADD CONSTRAINT submission_draft_link CHECK (length(link) <= 2000);
ALTER TABLE "AssignmentExtension"
  ADD CONSTRAINT assignment_extension_note CHECK (length(note) <= 2000);

-- 3. What was there before ------------------------------------------------------------------------------------------
-- Everybody enrolled could see assignments, and what they got for them.
UPDATE "Assignment" SET "publishedAt" = "createdAt";
UPDATE "Submission" SET "releasedAt" = "gradedAt";
INSERT INTO "SubmissionVersion" (id, "tenantId", "submissionId", number, key, content, "fileUrl", "submittedAt")
  SELECT NULL, "tenantId", id, 1, 'first', coalesce(content, CASE WHEN "fileUrl" IS NULL THEN '' END), "fileUrl", "submittedAt"
  FROM "Submission";
