-- The queue's place and the one way into it. The queue's own tables (graphile-worker) are made by its own migrations,
-- run as smartlms_worker after these (scripts/launcher/queue.mts): it then owns them, and their row-level security,
-- which has no policies, keeps everybody else out.

-- 1. The worker's role, as the two before it (20261124000100_walls). ------------------------------------------------
DO $$
BEGIN
  BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'smartlms_worker') THEN
      CREATE ROLE smartlms_worker NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- somebody else created it between the look and the act
  END;
  BEGIN
    GRANT smartlms_worker TO CURRENT_USER;
  EXCEPTION
    WHEN insufficient_privilege THEN
      RAISE NOTICE 'Role smartlms_worker was made by another user; % is not a member of it.', current_user;
    WHEN internal_error OR unique_violation THEN
      NULL; -- granted concurrently by another migration
  END;
END
$$;

-- 2. Its schema -----------------------------------------------------------------------------------------------------
-- With the queue's list of its own migrations: where it is missing, they would begin with CREATE SCHEMA, for which the
-- worker's role would need a right on the whole database. Where the role was made by somebody else and this user is
-- no member of it, the schema stays with this user, and scripts/launcher/queue.mts gives the role its rights.
CREATE SCHEMA IF NOT EXISTS graphile_worker;
CREATE TABLE IF NOT EXISTS graphile_worker.migrations (
  id int PRIMARY KEY,
  ts timestamptz NOT NULL DEFAULT now(),
  breaking boolean NOT NULL DEFAULT false
);
DO $$
BEGIN
  IF pg_has_role('smartlms_worker', 'MEMBER') THEN
    ALTER SCHEMA graphile_worker OWNER TO smartlms_worker;
    ALTER TABLE graphile_worker.migrations OWNER TO smartlms_worker;
  END IF;
END
$$;

-- 3. The way in -----------------------------------------------------------------------------------------------------
-- Puts one row of the outbox on the queue, in the caller's transaction: only ids, only of the tenant that the
-- transaction is in, and only what is there. Runs as the owner of the tables, who is a member of smartlms_worker.
-- plpgsql binds late: the queue's own function does not exist yet.
CREATE FUNCTION smartlms_enqueue(outbox_id text, run_at timestamptz DEFAULT now())
  RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
  DECLARE tenant text := nullif(current_setting('app.tenant_id', true), '');
  BEGIN
    IF NOT EXISTS (SELECT FROM public."Outbox" o WHERE o."tenantId" = tenant AND o.id = outbox_id) THEN
      RAISE EXCEPTION 'The outbox of this tenant has no such row.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM graphile_worker.add_job('outbox', json_build_object('tenantId', tenant, 'outboxId', outbox_id),
      run_at => smartlms_enqueue.run_at, max_attempts => 25, job_key => 'outbox:' || outbox_id);
  END $$;
REVOKE ALL ON FUNCTION smartlms_enqueue(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION smartlms_enqueue(text, timestamptz) TO smartlms_app, smartlms_platform;
