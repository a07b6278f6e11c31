-- CreateEnum
CREATE TYPE "SignUpMode" AS ENUM ('OPEN', 'INVITED');

-- CreateEnum
CREATE TYPE "TokenPurpose" AS ENUM ('VERIFY_EMAIL', 'RESET_PASSWORD', 'MAGIC_LINK', 'CHANGE_EMAIL', 'SECOND_FACTOR', 'LINK_ACCOUNT');

-- AlterTable
ALTER TABLE "Role" ADD COLUMN     "description" TEXT,
ADD COLUMN     "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "mailDomains" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "signUp" "SignUpMode" NOT NULL DEFAULT 'INVITED',
ADD COLUMN     "staffSecondFactor" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "statusReason" TEXT;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "disabledAt" TIMESTAMPTZ(3),
ADD COLUMN     "lastSeenAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "RoleAssignment" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "roleId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RoleAssignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "secondFactorAt" TIMESTAMPTZ(3),
    "userAgent" TEXT,
    "ip" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VerificationToken" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "purpose" "TokenPurpose" NOT NULL,
    "email" TEXT,
    "data" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "VerificationToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SecondFactor" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "lastStep" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SecondFactor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecoveryCode" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Throttle" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "lastAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Throttle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "role" "RoleType" NOT NULL DEFAULT 'STUDENT',
    "roleIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "invitedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StoredFile" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "contentType" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "uploadedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StoredFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UsageCounter" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "period" TEXT NOT NULL DEFAULT '',
    "amount" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "UsageCounter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SchoolRequest" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "requestKey" TEXT NOT NULL,
    "schoolName" TEXT NOT NULL,
    "subdomain" TEXT NOT NULL,
    "adminName" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "password" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',
    "locale" TEXT NOT NULL DEFAULT 'en',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "openedAt" TIMESTAMPTZ(3),
    "schoolId" TEXT,

    CONSTRAINT "SchoolRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RoleAssignment_tenantId_roleId_idx" ON "RoleAssignment"("tenantId", "roleId");

-- CreateIndex
CREATE UNIQUE INDEX "RoleAssignment_tenantId_id_key" ON "RoleAssignment"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "RoleAssignment_tenantId_userId_roleId_key" ON "RoleAssignment"("tenantId", "userId", "roleId");

-- CreateIndex
CREATE INDEX "Session_tenantId_userId_idx" ON "Session"("tenantId", "userId");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Session_tenantId_id_key" ON "Session"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Session_tenantId_tokenHash_key" ON "Session"("tenantId", "tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "Account_tenantId_id_key" ON "Account"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Account_tenantId_provider_subject_key" ON "Account"("tenantId", "provider", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "Account_tenantId_userId_provider_key" ON "Account"("tenantId", "userId", "provider");

-- CreateIndex
CREATE INDEX "VerificationToken_tenantId_userId_purpose_idx" ON "VerificationToken"("tenantId", "userId", "purpose");

-- CreateIndex
CREATE INDEX "VerificationToken_expiresAt_idx" ON "VerificationToken"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "VerificationToken_tenantId_id_key" ON "VerificationToken"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SecondFactor_tenantId_id_key" ON "SecondFactor"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SecondFactor_tenantId_userId_key" ON "SecondFactor"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "RecoveryCode_tenantId_id_key" ON "RecoveryCode"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "RecoveryCode_tenantId_userId_codeHash_key" ON "RecoveryCode"("tenantId", "userId", "codeHash");

-- CreateIndex
CREATE INDEX "Throttle_lastAt_idx" ON "Throttle"("lastAt");

-- CreateIndex
CREATE UNIQUE INDEX "Throttle_tenantId_id_key" ON "Throttle"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Throttle_tenantId_kind_key_key" ON "Throttle"("tenantId", "kind", "key");

-- CreateIndex
CREATE INDEX "Invitation_tenantId_createdAt_id_idx" ON "Invitation"("tenantId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Invitation_tenantId_email_idx" ON "Invitation"("tenantId", "email");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tenantId_id_key" ON "Invitation"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "StoredFile_tenantId_id_key" ON "StoredFile"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "StoredFile_tenantId_key_key" ON "StoredFile"("tenantId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "UsageCounter_tenantId_id_key" ON "UsageCounter"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "UsageCounter_tenantId_kind_period_key" ON "UsageCounter"("tenantId", "kind", "period");

-- CreateIndex
CREATE INDEX "SchoolRequest_tenantId_subdomain_idx" ON "SchoolRequest"("tenantId", "subdomain");

-- CreateIndex
CREATE UNIQUE INDEX "SchoolRequest_tenantId_id_key" ON "SchoolRequest"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SchoolRequest_tenantId_requestKey_key" ON "SchoolRequest"("tenantId", "requestKey");

-- CreateIndex
CREATE INDEX "AuditLog_tenantId_actorId_createdAt_idx" ON "AuditLog"("tenantId", "actorId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "AuditLog_tenantId_targetId_createdAt_idx" ON "AuditLog"("tenantId", "targetId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "User_tenantId_name_id_idx" ON "User"("tenantId", "name", "id");

-- AddForeignKey
ALTER TABLE "RoleAssignment" ADD CONSTRAINT "RoleAssignment_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleAssignment" ADD CONSTRAINT "RoleAssignment_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleAssignment" ADD CONSTRAINT "RoleAssignment_tenantId_roleId_fkey" FOREIGN KEY ("tenantId", "roleId") REFERENCES "Role"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VerificationToken" ADD CONSTRAINT "VerificationToken_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VerificationToken" ADD CONSTRAINT "VerificationToken_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecondFactor" ADD CONSTRAINT "SecondFactor_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecondFactor" ADD CONSTRAINT "SecondFactor_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Throttle" ADD CONSTRAINT "Throttle_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_tenantId_invitedById_fkey" FOREIGN KEY ("tenantId", "invitedById") REFERENCES "User"("tenantId", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StoredFile" ADD CONSTRAINT "StoredFile_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UsageCounter" ADD CONSTRAINT "UsageCounter_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SchoolRequest" ADD CONSTRAINT "SchoolRequest_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma can't express ------------------------------------------------------------------------------------

-- 1. The walls, as for all tables before (20261124000100_walls). --------------------------------------------------
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['RoleAssignment', 'Session', 'Account', 'VerificationToken', 'SecondFactor',
    'RecoveryCode', 'Throttle', 'Invitation', 'StoredFile', 'UsageCounter', 'SchoolRequest']
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
  -- The platform's own people sign in as everybody does, with rows of the platform's own tenant.
  FOREACH name IN ARRAY ARRAY['Role', 'RoleAssignment', 'Session', 'Account', 'VerificationToken', 'SecondFactor',
    'RecoveryCode', 'Throttle', 'SchoolRequest', 'Outbox']
  LOOP
    EXECUTE format('CREATE POLICY platform_own ON %I AS PERMISSIVE FOR ALL TO smartlms_platform '
      'USING ("tenantId" = ''platform'') WITH CHECK ("tenantId" = ''platform'')', name);
    EXECUTE format(CASE WHEN name IN ('Role', 'RoleAssignment') THEN 'GRANT SELECT ON %I TO smartlms_platform'
      ELSE 'GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO smartlms_platform' END, name);
  END LOOP;
END
$$;

-- A new database gives this to everybody, a schema that was made anew (prisma migrate reset) to nobody.
GRANT USAGE ON SCHEMA public TO smartlms_app, smartlms_platform;

GRANT UPDATE ("signUp", "mailDomains", "staffSecondFactor") ON "Tenant" TO smartlms_app;
GRANT UPDATE ("statusReason") ON "Tenant" TO smartlms_platform;

-- 2. What must be true of every row ------------------------------------------------------------------------------
ALTER TABLE "Session"
  ADD CONSTRAINT session_token_hash CHECK ("tokenHash" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT session_expires CHECK ("expiresAt" > "createdAt");
ALTER TABLE "Throttle" ADD CONSTRAINT throttle_failures CHECK (failures >= 0);
ALTER TABLE "Invitation"
  ADD CONSTRAINT invitation_email CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254 AND position('@' in email) > 1),
  ADD CONSTRAINT invitation_role CHECK (role <> 'SUPER_ADMIN');
ALTER TABLE "StoredFile"
  ADD CONSTRAINT stored_file_bytes CHECK (bytes > 0),
  ADD CONSTRAINT stored_file_key CHECK (starts_with(key, "tenantId" || '/'));
ALTER TABLE "UsageCounter" ADD CONSTRAINT usage_counter_amount CHECK (amount >= 0);
ALTER TABLE "SchoolRequest"
  ADD CONSTRAINT school_request_platform CHECK ("tenantId" = 'platform'),
  ADD CONSTRAINT school_request_subdomain CHECK (subdomain ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  ADD CONSTRAINT school_request_email CHECK (email = lower(email));

-- One open invitation per address and school.
CREATE UNIQUE INDEX invitation_open ON "Invitation" ("tenantId", email) WHERE "acceptedAt" IS NULL AND "revokedAt" IS NULL;

-- 3. The person behind a cookie, as one statement -----------------------------------------------------------------
-- Runs with the caller's own rights, so row-level security holds inside it. It names the tenant itself, because a
-- request's first question comes before any unit of work; inside a unit of another tenant it refuses.
CREATE FUNCTION smartlms_session(tenant text, hash text)
  RETURNS TABLE ("sessionId" text, "userId" text, name text, email text, role "RoleType", avatar text, "timeZone" text,
    locale text, "hasPassword" boolean, "secondFactor" boolean, "secondFactorAt" timestamptz, "createdAt" timestamptz,
    permissions jsonb)
  LANGUAGE plpgsql VOLATILE
  AS $$
  #variable_conflict use_column
  DECLARE standing text := nullif(current_setting('app.tenant_id', true), '');
  DECLARE stale boolean;
  DECLARE person text;
  BEGIN
    IF standing IS NULL THEN
      PERFORM set_config('app.tenant_id', tenant, true);
    ELSIF standing <> tenant THEN
      RAISE EXCEPTION 'A session of one tenant was asked for inside another.';
    END IF;
    SELECT s."lastSeenAt" < now() - interval '5 minutes', s."userId" INTO stale, person FROM "Session" s
      JOIN "User" u ON u."tenantId" = s."tenantId" AND u.id = s."userId"
      WHERE s."tenantId" = tenant AND s."tokenHash" = hash AND s."expiresAt" > now()
        AND s."lastSeenAt" > now() - interval '7 days' AND u."deletedAt" IS NULL AND u."disabledAt" IS NULL;
    IF NOT FOUND THEN
      RETURN;
    END IF;
    IF stale THEN
      UPDATE "Session" s SET "lastSeenAt" = now() WHERE s."tenantId" = tenant AND s."tokenHash" = hash;
      UPDATE "User" u SET "lastSeenAt" = now() WHERE u."tenantId" = tenant AND u.id = person;
    END IF;
    RETURN QUERY SELECT s.id, u.id, u.name, u.email, u.role, u.avatar, u."timeZone", u.locale, u.password <> '!',
        EXISTS (SELECT FROM "SecondFactor" f WHERE f."tenantId" = tenant AND f."userId" = u.id AND f."confirmedAt" IS NOT NULL),
        s."secondFactorAt", s."createdAt",
        (SELECT coalesce(jsonb_agg(r.permissions), '[]') FROM "RoleAssignment" a
          JOIN "Role" r ON r."tenantId" = a."tenantId" AND r.id = a."roleId"
          WHERE a."tenantId" = tenant AND a."userId" = u.id)
      FROM "Session" s JOIN "User" u ON u."tenantId" = s."tenantId" AND u.id = s."userId"
      WHERE s."tenantId" = tenant AND s."tokenHash" = hash;
  END $$;
REVOKE ALL ON FUNCTION smartlms_session(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_session(text, text) TO smartlms_app, smartlms_platform;

-- 4. Opening a school --------------------------------------------------------------------------------------------
-- The platform writes no school's rows. This makes a school and its first person in one transaction, from a request
-- whose address has been confirmed, and nothing else; asked twice it gives the same school.
CREATE FUNCTION smartlms_open_school(request text)
  RETURNS TABLE ("schoolId" text, "userId" text)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
  DECLARE asked public."SchoolRequest"%ROWTYPE;
  DECLARE school text;
  DECLARE person text;
  BEGIN
    SELECT * INTO asked FROM public."SchoolRequest" r WHERE r."tenantId" = 'platform' AND r.id = request FOR UPDATE;
    IF NOT FOUND OR (asked."openedAt" IS NULL AND asked."expiresAt" <= now()) THEN
      RETURN;
    END IF;
    IF asked."openedAt" IS NOT NULL THEN
      RETURN QUERY SELECT asked."schoolId", NULL::text;
      RETURN;
    END IF;
    INSERT INTO public."Tenant" (id, name, subdomain, "timeZone", locale)
      VALUES (public.smartlms_id(), asked."schoolName", asked.subdomain, asked."timeZone", asked.locale)
      RETURNING id INTO school;
    INSERT INTO public."User" (id, "tenantId", email, name, password, role, "emailVerified")
      VALUES (public.smartlms_id(), school, asked.email, asked."adminName", asked.password, 'ADMIN', now())
      RETURNING id INTO person;
    INSERT INTO public."AuditLog" (id, "tenantId", "actorId", action, "targetType", "targetId")
      VALUES (public.smartlms_id(), school, person, 'school.open', 'Tenant', school);
    UPDATE public."SchoolRequest" r SET "openedAt" = now(), "schoolId" = school, password = '!'
      WHERE r."tenantId" = 'platform' AND r.id = request;
    RETURN QUERY SELECT school, person;
  END $$;
REVOKE ALL ON FUNCTION smartlms_open_school(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_open_school(text) TO smartlms_platform;

-- 5. What the platform may know of a school: numbers ----------------------------------------------------------------
-- People as plans count them: whoever is not deleted, and open invitations.
CREATE FUNCTION smartlms_school_usage(schools text[])
  RETURNS TABLE ("tenantId" text, people int, admins int, courses int, enrollments int, "storageBytes" bigint,
    "activeLastMonth" int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT t.id,
      (SELECT count(*)::int FROM public."User" u WHERE u."tenantId" = t.id AND u."deletedAt" IS NULL)
        + (SELECT count(*)::int FROM public."Invitation" i WHERE i."tenantId" = t.id AND i."acceptedAt" IS NULL
          AND i."revokedAt" IS NULL AND i."expiresAt" > now() AND i."invitedById" IS NOT NULL),
      (SELECT count(*)::int FROM public."User" u WHERE u."tenantId" = t.id AND u."deletedAt" IS NULL
        AND u."disabledAt" IS NULL AND u.role = 'ADMIN'),
      (SELECT count(*)::int FROM public."Course" c WHERE c."tenantId" = t.id AND c."deletedAt" IS NULL),
      (SELECT count(*)::int FROM public."Enrollment" e WHERE e."tenantId" = t.id),
      coalesce((SELECT c.amount FROM public."UsageCounter" c WHERE c."tenantId" = t.id AND c.kind = 'storage' AND c.period = ''), 0),
      (SELECT count(*)::int FROM public."User" u WHERE u."tenantId" = t.id AND u."deletedAt" IS NULL
        AND u."lastSeenAt" > now() - interval '30 days')
    FROM public."Tenant" t WHERE t.id <> 'platform' AND t.id = ANY (schools) ORDER BY t.id
  $$;
REVOKE ALL ON FUNCTION smartlms_school_usage(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_school_usage(text[]) TO smartlms_platform;
