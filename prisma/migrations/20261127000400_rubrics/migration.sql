-- AlterTable
ALTER TABLE "Assignment" ADD COLUMN     "rubric" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "Submission" ADD COLUMN     "marks" JSONB;


-- What Prisma can't express: what must be true of every row -------------------------------------------------------
ALTER TABLE "Assignment"
  ADD CONSTRAINT assignment_rubric CHECK (jsonb_typeof(rubric) = 'array');
ALTER TABLE "Submission"
  ADD CONSTRAINT submission_marks CHECK (marks IS NULL OR (jsonb_typeof(marks) = 'array' AND grade IS NOT NULL));
