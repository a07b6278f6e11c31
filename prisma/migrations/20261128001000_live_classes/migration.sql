-- CreateEnum
CREATE TYPE "AttendanceStatus" AS ENUM ('PRESENT', 'LATE', 'ABSENT', 'EXCUSED');

-- AlterTable
ALTER TABLE "LiveClass" ADD COLUMN     "cancelledAt" TIMESTAMPTZ(3),
ADD COLUMN     "notes" TEXT,
ADD COLUMN     "sequence" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "series" TEXT;

-- CreateTable
CREATE TABLE "ClassAttendance" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "classId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "status" "AttendanceStatus",
    "minutes" INTEGER,
    "joinedAt" TIMESTAMPTZ(3),
    "mark" TEXT,
    "statusBefore" "AttendanceStatus",
    "minutesBefore" INTEGER,
    "markedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ClassAttendance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CalendarFeed" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CalendarFeed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ClassAttendance_tenantId_userId_idx" ON "ClassAttendance"("tenantId", "userId");

-- CreateIndex
CREATE INDEX "ClassAttendance_tenantId_markedById_idx" ON "ClassAttendance"("tenantId", "markedById");

-- CreateIndex
CREATE UNIQUE INDEX "ClassAttendance_tenantId_id_key" ON "ClassAttendance"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ClassAttendance_tenantId_classId_userId_key" ON "ClassAttendance"("tenantId", "classId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "CalendarFeed_tenantId_id_key" ON "CalendarFeed"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "CalendarFeed_tenantId_userId_key" ON "CalendarFeed"("tenantId", "userId");

-- CreateIndex
CREATE INDEX "LiveClass_tenantId_series_idx" ON "LiveClass"("tenantId", "series");

-- AddForeignKey
ALTER TABLE "ClassAttendance" ADD CONSTRAINT "ClassAttendance_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClassAttendance" ADD CONSTRAINT "ClassAttendance_tenantId_classId_fkey" FOREIGN KEY ("tenantId", "classId") REFERENCES "LiveClass"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClassAttendance" ADD CONSTRAINT "ClassAttendance_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClassAttendance" ADD CONSTRAINT "ClassAttendance_tenantId_markedById_fkey" FOREIGN KEY ("tenantId", "markedById") REFERENCES "User"("tenantId", "id") ON DELETE SET NULL ("markedById") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CalendarFeed" ADD CONSTRAINT "CalendarFeed_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CalendarFeed" ADD CONSTRAINT "CalendarFeed_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma can't express ------------------------------------------------------------------------------------

-- 1. The walls, as for all tables before (20261124000100_walls). --------------------------------------------------
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['ClassAttendance', 'CalendarFeed']
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
ALTER TABLE "LiveClass"
  ADD CONSTRAINT live_class_notes CHECK (length(notes) BETWEEN 1 AND 4000),
  ADD CONSTRAINT live_class_series CHECK (length(series) BETWEEN 1 AND 40),
  ADD CONSTRAINT live_class_sequence CHECK (sequence >= 0);
ALTER TABLE "ClassAttendance"
  ADD CONSTRAINT class_attendance_minutes CHECK (minutes BETWEEN 0 AND 10000 AND "minutesBefore" BETWEEN 0 AND 10000),
  ADD CONSTRAINT class_attendance_mark CHECK (length(mark) BETWEEN 1 AND 64);
