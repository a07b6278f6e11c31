-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN "tutor" BOOLEAN NOT NULL DEFAULT true;

-- What Prisma can't express: a school's own people switch their tutor on and off.
GRANT UPDATE ("tutor") ON "Tenant" TO smartlms_app;
