-- CreateEnum
CREATE TYPE "TutorOutcome" AS ENUM ('ANSWERED', 'QUOTED', 'NOTHING', 'REFUSED', 'STOPPED', 'LOST');

-- AlterTable
ALTER TABLE "Course" ADD COLUMN     "tutor" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "TutorQuestion" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "chatId" TEXT NOT NULL,
    "courseId" TEXT NOT NULL,
    "lessonId" TEXT,
    "key" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "outcome" "TutorOutcome",
    "aboutLessonId" TEXT,
    "about" TEXT,
    "stoppedAfter" INTEGER,
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ(3),

    CONSTRAINT "TutorQuestion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "TutorQuestion_tenantId_userId_askedAt_idx" ON "TutorQuestion"("tenantId", "userId", "askedAt");

-- CreateIndex
CREATE INDEX "TutorQuestion_tenantId_chatId_idx" ON "TutorQuestion"("tenantId", "chatId");

-- CreateIndex
CREATE INDEX "TutorQuestion_tenantId_courseId_askedAt_idx" ON "TutorQuestion"("tenantId", "courseId", "askedAt");

-- CreateIndex
CREATE INDEX "TutorQuestion_tenantId_lessonId_idx" ON "TutorQuestion"("tenantId", "lessonId");

-- CreateIndex
CREATE INDEX "TutorQuestion_tenantId_aboutLessonId_idx" ON "TutorQuestion"("tenantId", "aboutLessonId");

-- CreateIndex
CREATE UNIQUE INDEX "TutorQuestion_tenantId_id_key" ON "TutorQuestion"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "TutorQuestion_tenantId_userId_key_key" ON "TutorQuestion"("tenantId", "userId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "AIChat_tenantId_id_userId_key" ON "AIChat"("tenantId", "id", "userId");

-- AddForeignKey
ALTER TABLE "TutorQuestion" ADD CONSTRAINT "TutorQuestion_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TutorQuestion" ADD CONSTRAINT "TutorQuestion_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TutorQuestion" ADD CONSTRAINT "TutorQuestion_tenantId_chatId_userId_fkey" FOREIGN KEY ("tenantId", "chatId", "userId") REFERENCES "AIChat"("tenantId", "id", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TutorQuestion" ADD CONSTRAINT "TutorQuestion_tenantId_courseId_fkey" FOREIGN KEY ("tenantId", "courseId") REFERENCES "Course"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TutorQuestion" ADD CONSTRAINT "TutorQuestion_tenantId_lessonId_fkey" FOREIGN KEY ("tenantId", "lessonId") REFERENCES "Lesson"("tenantId", "id") ON DELETE SET NULL ("lessonId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TutorQuestion" ADD CONSTRAINT "TutorQuestion_tenantId_aboutLessonId_fkey" FOREIGN KEY ("tenantId", "aboutLessonId") REFERENCES "Lesson"("tenantId", "id") ON DELETE SET NULL ("aboutLessonId") ON UPDATE CASCADE;

-- What Prisma can't express ------------------------------------------------------------------------------------

-- 1. The walls, as for all tables before (20261124000100_walls). --------------------------------------------------
CREATE TRIGGER default_id BEFORE INSERT ON "TutorQuestion" FOR EACH ROW WHEN (NEW.id IS NULL)
  EXECUTE FUNCTION smartlms_default_id();
ALTER TABLE "TutorQuestion" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "TutorQuestion" FORCE ROW LEVEL SECURITY;
REVOKE ALL ON "TutorQuestion" FROM PUBLIC;
CREATE POLICY owner_all ON "TutorQuestion" AS PERMISSIVE FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY tenant_isolation ON "TutorQuestion" AS PERMISSIVE FOR ALL TO smartlms_app
  USING ("tenantId" = nullif(current_setting('app.tenant_id', true), '') AND "tenantId" <> 'platform')
  WITH CHECK ("tenantId" = nullif(current_setting('app.tenant_id', true), '') AND "tenantId" <> 'platform');
-- What was asked is counted: nobody asks more by removing it. Erasing a person or a course takes it along.
GRANT SELECT, INSERT, UPDATE ON "TutorQuestion" TO smartlms_app;

-- 2. What must be true of every row ------------------------------------------------------------------------------
-- One answer at a time.
CREATE UNIQUE INDEX tutor_question_open ON "TutorQuestion" ("tenantId", "chatId") WHERE outcome IS NULL;
ALTER TABLE "Course"
  ADD CONSTRAINT course_tutor CHECK (jsonb_typeof(tutor) = 'object');
ALTER TABLE "TutorQuestion"
  ADD CONSTRAINT tutor_question_key CHECK (length(key) BETWEEN 1 AND 64),
  ADD CONSTRAINT tutor_question_place CHECK (place >= 0),
  ADD CONSTRAINT tutor_question_about CHECK (length(about) BETWEEN 1 AND 300),
  ADD CONSTRAINT tutor_question_stopped CHECK ("stoppedAfter" >= 0),
  ADD CONSTRAINT tutor_question_answered CHECK ((outcome IS NULL) = ("answeredAt" IS NULL));
