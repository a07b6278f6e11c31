-- Since when no lesson of the school has named a picture, film or file of its lessons; null: one does, or nobody has
-- looked yet. The nightly sweep of the store writes it.
ALTER TABLE "StoredFile" ADD COLUMN "unusedSince" TIMESTAMPTZ(3);
