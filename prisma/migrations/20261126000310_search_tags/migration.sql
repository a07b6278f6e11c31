-- A lesson's text is plain: what stands in angle brackets is a word as any other, where the parser of texts takes it for
-- markup and leaves it out. A lesson about <div> is found by "div".
CREATE OR REPLACE FUNCTION smartlms_searchable() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
  AS $$
  DECLARE
    mark text := substr(md5(NEW."tenantId"), 1, 8);
    heading text := translate(NEW.title, '<>', '  ');
    title tsvector := setweight(to_tsvector('simple', heading) || to_tsvector('english', heading), 'A');
  BEGIN
    BEGIN
      NEW.searchable := smartlms_marked(mark, title
        || setweight(to_tsvector('english', translate(left(coalesce(NEW."contentText", ''), 100000), '<>', '  ')), 'C'));
    EXCEPTION WHEN program_limit_exceeded THEN
      -- More different words than one document can have: it is found by its title, and saving it doesn't fail.
      NEW.searchable := smartlms_marked(mark, title);
    END;
    RETURN NEW;
  END $$;
UPDATE "Lesson" SET title = title WHERE title ~ '[<>]' OR "contentText" ~ '[<>]';
