-- Promo credit that the site paid for: royalties of it become payable by this posting alone.
ALTER TABLE posting
    DROP CONSTRAINT posting_kind_check,
    ADD CONSTRAINT posting_kind_check CHECK (kind IN (
        'charge', 'sign_up', 'guest_allowance', 'credit_grant', 'top_up', 'charge_back', 'refund', 'adjustment',
        'reversal', 'promo_expiry', 'earnings_funded', 'debt_paid', 'payout', 'payout_settled', 'payout_failed'));

-- Each month (UTC) is closed once, some hours after its end: every caller that paid for calls, or got something back, gets
-- one invoice, whose lines add up to what was charged. Afterwards nothing of it changes; what comes late comes in the next.

CREATE TABLE period_close (
    -- The month's first day.
    period    date        PRIMARY KEY CHECK (extract(day FROM period) = 1),
    closed_at timestamptz NOT NULL DEFAULT now()
);

-- The last number given out. Whoever issues invoices holds its row until they are committed, so that no number is left out.
CREATE TABLE invoice_counter (
    one  boolean PRIMARY KEY DEFAULT true CHECK (one),
    last bigint  NOT NULL CHECK (last >= 0)
);
INSERT INTO invoice_counter (last) VALUES (0);

CREATE TABLE invoice (
    no        bigint      PRIMARY KEY CHECK (no > 0),
    owner_id  bigint      NOT NULL REFERENCES owner,
    period    date        NOT NULL REFERENCES period_close,
    issued_at timestamptz NOT NULL DEFAULT now(),
    -- As it was on that day.
    owner_name text       NOT NULL,
    total     bigint      NOT NULL,
    -- The part of it that was paid from promo credit, which nobody paid for.
    promo     bigint      NOT NULL,
    UNIQUE (owner_id, period)
);

CREATE TABLE invoice_line (
    no        bigint NOT NULL REFERENCES invoice,
    seq       int    NOT NULL,
    -- 'refunds' are below zero: given back in this month, whenever it was charged.
    kind      text   NOT NULL CHECK (kind IN ('calls', 'refunds')),
    algorithm text   NOT NULL,
    version   text   NOT NULL,
    key_id    bigint,
    -- The key's name as it was, or null for calls from a page.
    key_name  text,
    calls     bigint NOT NULL,
    billed_ms bigint NOT NULL,
    royalty   bigint NOT NULL,
    compute   bigint NOT NULL,
    promo     bigint NOT NULL,
    total     bigint GENERATED ALWAYS AS (royalty + compute) STORED,
    PRIMARY KEY (no, seq)
);

-- All lines of an invoice come in one INSERT, with the close of its month, and add up to what the invoice says.
CREATE FUNCTION invoices_add_up() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM invoice i JOIN (SELECT no, sum(total) AS total, sum(promo) AS promo FROM fresh GROUP BY no) l
               USING (no) WHERE (i.total, i.promo) IS DISTINCT FROM (l.total, l.promo)) THEN
        RAISE EXCEPTION 'the lines of an invoice do not add up to its total'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_adds_up';
    END IF;
    IF EXISTS (SELECT FROM invoice i JOIN period_close c USING (period)
               WHERE i.no IN (SELECT no FROM fresh) AND c.closed_at <> now()) THEN
        RAISE EXCEPTION 'a closed month takes no further invoices'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_of_closed_period';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER invoice_checked AFTER INSERT ON invoice_line
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION invoices_add_up();

CREATE TRIGGER period_close_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON period_close
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON invoice EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_line_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON invoice_line
    EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON period_close, invoice, invoice_line FROM ${app};
REVOKE INSERT, DELETE, TRUNCATE ON invoice_counter FROM ${app};
