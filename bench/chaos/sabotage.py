"""One guarantee switched off, in the database, so that a run has to fail.

`MENDED` undoes it. tests/scenarios/test_verdict.py shows that each is found.
"""

WITHOUT = {
    # Every repetition looks like something new.
    "dedupe": """
        CREATE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.key := left(NEW.key, 60) || random()::text; RETURN NEW; END $$;
        CREATE TRIGGER sabotage BEFORE INSERT ON response_inboundrequest FOR EACH ROW EXECUTE FUNCTION sabotage();
    """,
    # No job waits for another.
    "ordering": """
        CREATE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.lock := NULL; RETURN NEW; END $$;
        CREATE TRIGGER sabotage BEFORE INSERT ON procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION sabotage();
    """,
    # Nobody remembers that a delivery was being sent, so nobody looks for it before sending it again.
    "reconciliation": """
        CREATE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW.state = 'sending' THEN NEW.state := 'waiting'; END IF; RETURN NEW; END $$;
        CREATE TRIGGER sabotage BEFORE UPDATE ON response_delivery FOR EACH ROW EXECUTE FUNCTION sabotage();
    """,
}
MENDED = "DROP FUNCTION IF EXISTS sabotage() CASCADE"
