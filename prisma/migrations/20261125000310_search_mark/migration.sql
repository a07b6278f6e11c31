-- Every word of a lesson is kept behind a mark of its school. A question then reads the words of one school alone, also
-- where it asks for a beginning ("com…"), which would otherwise go through the words of all schools; and no word can
-- find another's lessons, or be taken for the mark. Two schools may share a mark: the statement names the school as well.
CREATE OR REPLACE FUNCTION smartlms_searchable() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
  AS $$
  DECLARE
    mark text := substr(md5(NEW."tenantId"), 1, 8);
    title tsvector := setweight(to_tsvector('simple', NEW.title) || to_tsvector('english', NEW.title), 'A');
  BEGIN
    BEGIN
      NEW.searchable := smartlms_marked(mark, title
        || setweight(to_tsvector('english', left(coalesce(NEW."contentText", ''), 100000)), 'C'));
    EXCEPTION WHEN program_limit_exceeded THEN
      -- More different words than one document can have: it is found by its title, and saving it doesn't fail.
      NEW.searchable := smartlms_marked(mark, title);
    END;
    RETURN NEW;
  END $$;

-- Words with the mark in front. Longer ones than 200 characters are addresses that nobody types.
CREATE FUNCTION smartlms_marked(mark text, words tsvector) RETURNS tsvector
  LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
  AS $$
    SELECT coalesce(string_agg('''' || replace(replace(mark || w.lexeme, '\', '\\'), '''', '''''') || ''':'
      || (SELECT string_agg(p.place || p.weight, ',') FROM unnest(w.positions, w.weights) AS p(place, weight)), ' '), '')::tsvector
    FROM unnest(words) AS w WHERE length(w.lexeme) <= 200
  $$;
UPDATE "Lesson" SET title = title;

-- A question without a word, such as one of words that the language leaves out, finds nothing.
CREATE OR REPLACE FUNCTION smartlms_search_lessons(words text, most int)
  RETURNS TABLE (id text, rank real)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
    WITH asked AS (
      SELECT to_tsquery('english', words) AS plain, nullif(current_setting('app.tenant_id', true), '') AS tenant
    ), marked AS (
      SELECT a.tenant, a.plain, regexp_replace(a.plain::text, '''((?:[^'']|'''')+)''',
        '''' || substr(md5(a.tenant), 1, 8) || '\1''', 'g')::tsquery AS query
      FROM asked a
    )
    SELECT l.id, ts_rank_cd(l.searchable, m.query)
    FROM marked m, public."Lesson" l
    WHERE numnode(m.plain) > 0 AND l.searchable @@ m.query AND l."tenantId" = m.tenant AND l."deletedAt" IS NULL
    ORDER BY 2 DESC, 1 LIMIT least(most, 1000)
  $$;
