-- AlterTable
ALTER TABLE "Course" ADD COLUMN     "leaderboard" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "LearningDay" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LearningDay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProfileChoice" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT false,
    "badges" BOOLEAN NOT NULL DEFAULT false,
    "streak" BOOLEAN NOT NULL DEFAULT false,
    "certificates" BOOLEAN NOT NULL DEFAULT false,
    "hidden" BOOLEAN NOT NULL DEFAULT false,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProfileChoice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SchoolBreak" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "firstDay" DATE NOT NULL,
    "lastDay" DATE NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SchoolBreak_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LeaderboardEntry" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "courseId" TEXT NOT NULL,
    "nickname" TEXT,
    "joinedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LeaderboardEntry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "LearningDay_tenantId_id_key" ON "LearningDay"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "LearningDay_tenantId_userId_day_key" ON "LearningDay"("tenantId", "userId", "day");

-- CreateIndex
CREATE UNIQUE INDEX "ProfileChoice_tenantId_id_key" ON "ProfileChoice"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ProfileChoice_tenantId_userId_key" ON "ProfileChoice"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "SchoolBreak_tenantId_id_key" ON "SchoolBreak"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SchoolBreak_tenantId_firstDay_lastDay_key" ON "SchoolBreak"("tenantId", "firstDay", "lastDay");

-- CreateIndex
CREATE INDEX "LeaderboardEntry_tenantId_courseId_idx" ON "LeaderboardEntry"("tenantId", "courseId");

-- CreateIndex
CREATE UNIQUE INDEX "LeaderboardEntry_tenantId_id_key" ON "LeaderboardEntry"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "LeaderboardEntry_tenantId_userId_courseId_key" ON "LeaderboardEntry"("tenantId", "userId", "courseId");

-- AddForeignKey
ALTER TABLE "LearningDay" ADD CONSTRAINT "LearningDay_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LearningDay" ADD CONSTRAINT "LearningDay_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProfileChoice" ADD CONSTRAINT "ProfileChoice_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProfileChoice" ADD CONSTRAINT "ProfileChoice_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SchoolBreak" ADD CONSTRAINT "SchoolBreak_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LeaderboardEntry" ADD CONSTRAINT "LeaderboardEntry_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LeaderboardEntry" ADD CONSTRAINT "LeaderboardEntry_tenantId_userId_courseId_fkey" FOREIGN KEY ("tenantId", "userId", "courseId") REFERENCES "Enrollment"("tenantId", "userId", "courseId") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma can't express ------------------------------------------------------------------------------------

-- 1. The walls, as for all tables before (20261124000100_walls). --------------------------------------------------
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['LearningDay', 'ProfileChoice', 'SchoolBreak', 'LeaderboardEntry']
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
-- A day on which somebody learned stays one. Erasing a person or a school goes through their own rows.
REVOKE UPDATE, DELETE ON "LearningDay" FROM smartlms_app;

-- 2. What must be true of every row ------------------------------------------------------------------------------
ALTER TABLE "SchoolBreak"
  ADD CONSTRAINT school_break_name CHECK (length(btrim(name)) BETWEEN 1 AND 80),
  ADD CONSTRAINT school_break_days CHECK ("lastDay" - "firstDay" BETWEEN 0 AND 183);
ALTER TABLE "LeaderboardEntry"
  ADD CONSTRAINT leaderboard_nickname CHECK (length(btrim(nickname)) BETWEEN 2 AND 30);
-- Two of the same name on one leaderboard could be taken for each other.
CREATE UNIQUE INDEX leaderboard_any_case ON "LeaderboardEntry" ("tenantId", "courseId", lower(nickname));

-- 3. The days that were learned before: those of completed lessons, and those that a streak says. -----------------
INSERT INTO "LearningDay" ("tenantId", "userId", day)
SELECT p."tenantId", p."userId", (p."completedAt" AT TIME ZONE coalesce(u."timeZone", t."timeZone"))::date
FROM "LessonProgress" p
JOIN "User" u ON u."tenantId" = p."tenantId" AND u.id = p."userId"
JOIN "Tenant" t ON t.id = p."tenantId"
WHERE p.completed AND p."completedAt" IS NOT NULL
UNION
SELECT s."tenantId", s."userId", s."lastActiveDate" - n
FROM "Streak" s CROSS JOIN LATERAL generate_series(0, s."currentStreak" - 1) n
WHERE s."lastActiveDate" IS NOT NULL
ON CONFLICT DO NOTHING;
