-- AlterTable
ALTER TABLE "Submission" ADD COLUMN     "files" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "SubmissionDraft" ADD COLUMN     "files" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "SubmissionVersion" ADD COLUMN     "files" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- What Prisma can't express ------------------------------------------------------------------------------------

-- 1. What was there before: the one file is the first of several. ------------------------------------------------
UPDATE "Submission" SET files = ARRAY["fileUrl"] WHERE "fileUrl" IS NOT NULL;
UPDATE "SubmissionVersion" SET files = ARRAY["fileUrl"] WHERE "fileUrl" IS NOT NULL;

-- 2. What must be true of every row. Columns take part in the rights of their tables: a version stays as it is. ---
ALTER TABLE "Submission"
  ADD CONSTRAINT submission_files CHECK (files IS NOT NULL AND cardinality(files) <= 5 AND array_position(files, NULL) IS NULL
    AND "fileUrl" IS NOT DISTINCT FROM files[1]);
ALTER TABLE "SubmissionVersion"
  ADD CONSTRAINT submission_version_files CHECK (files IS NOT NULL AND cardinality(files) <= 5 AND array_position(files, NULL) IS NULL
    AND "fileUrl" IS NOT DISTINCT FROM files[1]);
ALTER TABLE "SubmissionDraft"
  ADD CONSTRAINT submission_draft_files CHECK (files IS NOT NULL AND cardinality(files) <= 5 AND array_position(files, NULL) IS NULL);
