-- CreateEnum
CREATE TYPE "EnrollmentMode" AS ENUM ('OPEN', 'INVITED', 'KEY');

-- CreateEnum
CREATE TYPE "CompletionRule" AS ENUM ('VIEWED', 'WATCHED', 'MARKED');

-- AlterTable
ALTER TABLE "Course" ADD COLUMN     "capacity" INTEGER,
ADD COLUMN     "enrollment" "EnrollmentMode" NOT NULL DEFAULT 'OPEN',
ADD COLUMN     "enrollmentKey" TEXT,
ADD COLUMN     "outcomes" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "Lesson" ADD COLUMN     "captions" TEXT,
ADD COLUMN     "completion" "CompletionRule" NOT NULL DEFAULT 'MARKED',
ADD COLUMN     "completionPercent" INTEGER NOT NULL DEFAULT 90,
ADD COLUMN     "releaseAfterId" TEXT,
ADD COLUMN     "releaseAt" TIMESTAMPTZ(3),
ADD COLUMN     "searchable" tsvector;

-- AlterTable
ALTER TABLE "LessonProgress" ADD COLUMN     "viewedAt" TIMESTAMPTZ(3),
ADD COLUMN     "watched" int4multirange NOT NULL DEFAULT '{}'::int4multirange;

-- AlterTable
ALTER TABLE "Badge" ADD COLUMN     "about" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "Category" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Category_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CourseCategory" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "courseId" TEXT NOT NULL,
    "categoryId" TEXT NOT NULL,

    CONSTRAINT "CourseCategory_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LessonNote" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "lessonId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "atSecond" INTEGER,
    "quote" TEXT,
    "before" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LessonNote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Certificate" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "courseId" TEXT,
    "code" TEXT NOT NULL,
    "learnerName" TEXT NOT NULL,
    "courseTitle" TEXT NOT NULL,
    "instructorName" TEXT NOT NULL,
    "completedAt" TIMESTAMPTZ(3) NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Certificate_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Category_tenantId_id_key" ON "Category"("tenantId", "id");

-- CreateIndex
CREATE INDEX "CourseCategory_tenantId_categoryId_idx" ON "CourseCategory"("tenantId", "categoryId");

-- CreateIndex
CREATE UNIQUE INDEX "CourseCategory_tenantId_id_key" ON "CourseCategory"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "CourseCategory_tenantId_courseId_categoryId_key" ON "CourseCategory"("tenantId", "courseId", "categoryId");

-- CreateIndex
CREATE INDEX "LessonNote_tenantId_userId_lessonId_idx" ON "LessonNote"("tenantId", "userId", "lessonId");

-- CreateIndex
CREATE INDEX "LessonNote_tenantId_lessonId_idx" ON "LessonNote"("tenantId", "lessonId");

-- CreateIndex
CREATE UNIQUE INDEX "LessonNote_tenantId_id_key" ON "LessonNote"("tenantId", "id");

-- CreateIndex
CREATE INDEX "Certificate_tenantId_courseId_idx" ON "Certificate"("tenantId", "courseId");

-- CreateIndex
CREATE UNIQUE INDEX "Certificate_tenantId_id_key" ON "Certificate"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Certificate_tenantId_code_key" ON "Certificate"("tenantId", "code");

-- CreateIndex
CREATE UNIQUE INDEX "Certificate_tenantId_userId_courseId_key" ON "Certificate"("tenantId", "userId", "courseId");

-- CreateIndex
CREATE INDEX "Lesson_tenantId_releaseAfterId_idx" ON "Lesson"("tenantId", "releaseAfterId");

-- CreateIndex
CREATE UNIQUE INDEX "Badge_tenantId_userId_type_about_key" ON "Badge"("tenantId", "userId", "type", "about");

-- AddForeignKey
ALTER TABLE "Category" ADD CONSTRAINT "Category_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CourseCategory" ADD CONSTRAINT "CourseCategory_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CourseCategory" ADD CONSTRAINT "CourseCategory_tenantId_courseId_fkey" FOREIGN KEY ("tenantId", "courseId") REFERENCES "Course"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CourseCategory" ADD CONSTRAINT "CourseCategory_tenantId_categoryId_fkey" FOREIGN KEY ("tenantId", "categoryId") REFERENCES "Category"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Lesson" ADD CONSTRAINT "Lesson_tenantId_releaseAfterId_fkey" FOREIGN KEY ("tenantId", "releaseAfterId") REFERENCES "Lesson"("tenantId", "id") ON DELETE SET NULL ("releaseAfterId") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LessonNote" ADD CONSTRAINT "LessonNote_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LessonNote" ADD CONSTRAINT "LessonNote_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LessonNote" ADD CONSTRAINT "LessonNote_tenantId_lessonId_fkey" FOREIGN KEY ("tenantId", "lessonId") REFERENCES "Lesson"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_tenantId_courseId_fkey" FOREIGN KEY ("tenantId", "courseId") REFERENCES "Course"("tenantId", "id") ON DELETE SET NULL ("courseId") ON UPDATE CASCADE;

-- What Prisma can't express ------------------------------------------------------------------------------------

-- 1. The walls, as for all tables before (20261124000100_walls). --------------------------------------------------
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['Category', 'CourseCategory', 'LessonNote', 'Certificate']
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
ALTER TABLE "Course"
  ADD CONSTRAINT course_capacity CHECK (capacity >= 1),
  ADD CONSTRAINT course_key CHECK (enrollment <> 'KEY' OR coalesce(length(btrim("enrollmentKey")), 0) BETWEEN 4 AND 100),
  ADD CONSTRAINT course_outcomes CHECK (cardinality(outcomes) <= 20);
ALTER TABLE "Category"
  ADD CONSTRAINT category_name CHECK (length(btrim(name)) BETWEEN 1 AND 60);
CREATE UNIQUE INDEX category_any_case ON "Category" ("tenantId", lower(name));
ALTER TABLE "Lesson"
  ADD CONSTRAINT lesson_completion_percent CHECK ("completionPercent" BETWEEN 1 AND 100),
  ADD CONSTRAINT lesson_release_after CHECK ("releaseAfterId" <> id);
-- What was played lies within a day and starts at 0 or later; more would be an invention.
ALTER TABLE "LessonProgress"
  ADD CONSTRAINT lesson_progress_watched CHECK (watched <@ int4multirange(int4range(0, 86400)));
ALTER TABLE "LessonNote"
  ADD CONSTRAINT note_body CHECK (length(btrim(body)) BETWEEN 1 AND 5000),
  ADD CONSTRAINT note_second CHECK ("atSecond" >= 0),
  ADD CONSTRAINT note_anchor CHECK ("atSecond" IS NULL OR quote IS NULL),
  ADD CONSTRAINT note_quote CHECK (length(quote) BETWEEN 1 AND 1000),
  ADD CONSTRAINT note_before CHECK (length("before") <= 200);
ALTER TABLE "Certificate"
  ADD CONSTRAINT certificate_code CHECK (code ~ '^[A-Za-z0-9_-]{22,64}$');

-- 3. Search ---------------------------------------------------------------------------------------------------------
-- The words of a lesson, and the tenant's id as one more word, so that one index finds both together: below a policy
-- no full-text predicate could use an index at all. A text longer than 200,000 characters is searched up to there.
CREATE FUNCTION smartlms_searchable() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public
  AS $$ BEGIN
    NEW.searchable := array_to_tsvector(ARRAY['tenant/' || NEW."tenantId"])
      || setweight(to_tsvector('simple', NEW.title) || to_tsvector('english', NEW.title), 'A')
      || setweight(to_tsvector('english', left(coalesce(NEW."contentText", ''), 200000)), 'C');
    RETURN NEW;
  END $$;
CREATE TRIGGER searchable BEFORE INSERT OR UPDATE OF title, "contentText", "tenantId" ON "Lesson"
  FOR EACH ROW EXECUTE FUNCTION smartlms_searchable();
UPDATE "Lesson" SET title = title;
CREATE INDEX lesson_searchable ON "Lesson" USING gin (searchable) WHERE "deletedAt" IS NULL;

-- Ids of the tenant's own lessons that hold all words, the best first. Runs as the owner, whom no policy slows down;
-- the tenant is the transaction's own and stands in the query, so that no caller can name another. Whether a reader may
-- see what was found is decided where the rows are read, behind the wall.
CREATE FUNCTION smartlms_search_lessons(words text, most int)
  RETURNS TABLE (id text, rank real)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    WITH asked AS (
      SELECT to_tsquery('english', words) AS query, nullif(current_setting('app.tenant_id', true), '') AS tenant
    )
    SELECT l.id, ts_rank_cd(l.searchable, a.query)
    FROM asked a, public."Lesson" l
    WHERE l.searchable @@ (a.query && ('''tenant/' || a.tenant || '''')::tsquery)
      AND l."tenantId" = a.tenant AND l."deletedAt" IS NULL
    ORDER BY 2 DESC, 1 LIMIT least(most, 1000)
  $$;
REVOKE ALL ON FUNCTION smartlms_search_lessons(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_search_lessons(text, int) TO smartlms_app;
