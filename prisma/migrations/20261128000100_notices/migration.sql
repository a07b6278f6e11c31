-- What tells one notice from all others to the same person: a second one with the same key is not told.
-- What stands already gets a key of its own, and so does a row of a process that doesn't know of keys yet.
ALTER TABLE "Notification" ADD COLUMN "key" TEXT NOT NULL DEFAULT (gen_random_uuid())::text;

CREATE UNIQUE INDEX "Notification_tenantId_userId_key_key" ON "Notification"("tenantId", "userId", "key");

ALTER TABLE "Notification" ADD CONSTRAINT notification_key CHECK (length(key) BETWEEN 1 AND 200);
