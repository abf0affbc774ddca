-- The ledger: double entry in micro-credits, append-only. The application books postings and charges; whether they add
-- up, whether credit is there and whether a call was charged before is decided here, whatever the application believes.

-- What an owner has, and what the site counts. A positive balance is what the site owes the owner.
--   promo              credit given by the site, spent first
--   funded             credit that was paid for
--   earnings           royalties that were paid from funded credit: payable
--   earnings_unfunded  royalties that were paid from promo credit: shown, not payable
--   site_fee, site_compute      what the site earned
--   promo_issue, funding        where credit comes from; they go below zero by as much as was handed out
CREATE TABLE ledger_account (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id bigint REFERENCES owner,
    kind     text   NOT NULL CHECK (kind IN ('promo', 'funded', 'earnings', 'earnings_unfunded',
                                             'site_fee', 'site_compute', 'promo_issue', 'funding')),
    -- Kept by the journal's trigger alone. The site's accounts have no floor, so they keep no balance either: it would be
    -- one row that every charge of the site waits for. Theirs is the sum of their legs.
    balance  bigint DEFAULT 0,
    CONSTRAINT ledger_account_floor CHECK (balance >= 0),
    CHECK ((balance IS NULL) = (owner_id IS NULL)),
    CHECK ((owner_id IS NULL) = (kind IN ('site_fee', 'site_compute', 'promo_issue', 'funding'))),
    UNIQUE NULLS NOT DISTINCT (owner_id, kind)
) WITH (fillfactor = 50);

INSERT INTO ledger_account (kind, balance)
VALUES ('site_fee', NULL), ('site_compute', NULL), ('promo_issue', NULL), ('funding', NULL);

CREATE TABLE posting (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind      text        NOT NULL CHECK (kind IN ('charge', 'sign_up', 'guest_allowance', 'credit_grant')),
    -- What this posting was made for; the same thing is never booked twice. Charges have their own key, the call id.
    source    text,
    memo      text,
    -- Who acted, or null for the system.
    actor_id  bigint REFERENCES owner,
    booked_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((source IS NULL) = (kind = 'charge'))
);
CREATE UNIQUE INDEX posting_once ON posting (kind, source) WHERE source IS NOT NULL;
CREATE INDEX posting_booked ON posting (booked_at);

CREATE TABLE leg (
    posting_id bigint NOT NULL REFERENCES posting,
    account_id bigint NOT NULL REFERENCES ledger_account,
    amount     bigint NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (posting_id, account_id)
);
CREATE INDEX leg_account ON leg (account_id, posting_id);

-- One row for each successful call, with the price as it was when the call was accepted. Names are kept beside the ids,
-- so that a report of an old period reads as it did.
CREATE TABLE charge (
    call_id       uuid PRIMARY KEY,
    -- Null when the call cost nothing. Several charges may share a posting.
    posting_id    bigint REFERENCES posting,
    charged_at    timestamptz NOT NULL DEFAULT now(),
    caller_id     bigint  NOT NULL,
    key_id        bigint,
    publisher_id  bigint  NOT NULL,
    version_id    bigint  NOT NULL,
    algorithm     text    NOT NULL,
    version       text    NOT NULL,
    device        text    NOT NULL,
    billed_ms     bigint  NOT NULL CHECK (billed_ms >= 0),
    held          bigint  NOT NULL,
    royalty       bigint  NOT NULL,
    fee           bigint  NOT NULL,
    compute       bigint  NOT NULL,
    total         bigint  GENERATED ALWAYS AS (royalty + compute) STORED,
    promo         bigint  NOT NULL,
    royalty_free  boolean NOT NULL,
    price_royalty bigint  NOT NULL CHECK (price_royalty >= 0),
    rate_per_ms   bigint  NOT NULL CHECK (rate_per_ms >= 0),
    take_bps      int     NOT NULL CHECK (take_bps BETWEEN 0 AND 10000),
    CONSTRAINT charge_royalty_as_priced CHECK (royalty = CASE WHEN royalty_free THEN 0 ELSE price_royalty END),
    CONSTRAINT charge_compute_as_priced CHECK (compute = rate_per_ms * billed_ms),
    -- The fee is rounded down, the rest is the publisher's: no micro-credit is lost or made.
    CONSTRAINT charge_fee_as_priced CHECK (fee = floor(royalty::numeric * take_bps / 10000)),
    CONSTRAINT charge_within_hold CHECK (royalty + compute <= held),
    CONSTRAINT charge_promo_within_total CHECK (promo BETWEEN 0 AND royalty + compute),
    CONSTRAINT charge_posted CHECK ((posting_id IS NULL) = (royalty + compute = 0))
);
CREATE INDEX charge_posting ON charge (posting_id);
CREATE INDEX charge_time ON charge (charged_at);
CREATE INDEX charge_caller ON charge (caller_id, charged_at);
CREATE INDEX charge_publisher ON charge (publisher_id, charged_at);

-- All legs of a posting come in one INSERT; they add up to nothing; then, and only then, they move the balances.
-- Accounts are locked in the order of their ids, so that two postings never wait for each other in a circle.
CREATE FUNCTION post_legs() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh GROUP BY posting_id HAVING sum(amount) <> 0) THEN
        RAISE EXCEPTION 'the legs of a posting do not add up to zero'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'leg_sum_zero';
    END IF;
    IF (SELECT count(*) FROM leg WHERE posting_id IN (SELECT posting_id FROM fresh)) <> (SELECT count(*) FROM fresh) THEN
        RAISE EXCEPTION 'a posting that is booked takes no further legs'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'leg_whole_posting';
    END IF;
    IF EXISTS (SELECT FROM fresh JOIN posting p ON p.id = fresh.posting_id
               WHERE p.kind = 'charge' AND NOT EXISTS (SELECT FROM charge c WHERE c.posting_id = p.id)) THEN
        RAISE EXCEPTION 'legs of a charge without the charge'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'leg_of_charge';
    END IF;
    PERFORM FROM ledger_account
        WHERE id IN (SELECT account_id FROM fresh) AND balance IS NOT NULL ORDER BY id FOR NO KEY UPDATE;
    UPDATE ledger_account a SET balance = a.balance + moved.amount
        FROM (SELECT account_id, sum(amount) AS amount FROM fresh GROUP BY account_id) moved
        WHERE a.id = moved.account_id AND a.balance IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER leg_post AFTER INSERT ON leg
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION post_legs();

-- What charges say and what their posting moved are the same, part by part.
CREATE FUNCTION charges_equal_legs() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        WITH charged AS (
            SELECT posting_id, sum(promo) AS promo, sum(total - promo) AS funded, sum(fee) AS fee,
                   sum(compute) AS compute, sum(royalty - fee) AS earned
            FROM charge WHERE posting_id IN (SELECT posting_id FROM fresh) GROUP BY posting_id),
        moved AS (
            SELECT l.posting_id,
                   coalesce(sum(-l.amount) FILTER (WHERE a.kind = 'promo'), 0) AS promo,
                   coalesce(sum(-l.amount) FILTER (WHERE a.kind = 'funded'), 0) AS funded,
                   coalesce(sum(l.amount) FILTER (WHERE a.kind = 'site_fee'), 0) AS fee,
                   coalesce(sum(l.amount) FILTER (WHERE a.kind = 'site_compute'), 0) AS compute,
                   coalesce(sum(l.amount) FILTER (WHERE a.kind IN ('earnings', 'earnings_unfunded')), 0) AS earned
            FROM leg l JOIN ledger_account a ON a.id = l.account_id
            WHERE l.posting_id IN (SELECT posting_id FROM fresh) GROUP BY l.posting_id)
        SELECT FROM charged c LEFT JOIN moved m USING (posting_id)
        WHERE (c.promo, c.funded, c.fee, c.compute, c.earned)
              IS DISTINCT FROM (m.promo, m.funded, m.fee, m.compute, m.earned)) THEN
        RAISE EXCEPTION 'a charge differs from the legs of its posting'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_equals_legs';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER charge_checked AFTER INSERT ON charge
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION charges_equal_legs();

-- The journals are written once. Even their owner has to drop a trigger first to change one.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER posting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON posting EXECUTE FUNCTION refuse_change();
CREATE TRIGGER leg_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON leg EXECUTE FUNCTION refuse_change();
CREATE TRIGGER charge_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON charge EXECUTE FUNCTION refuse_change();

-- The application locks balances that it is about to spend, and may change them by postings alone.
CREATE FUNCTION lock_accounts(ids bigint[]) RETURNS TABLE (id bigint, balance bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, a.balance FROM ledger_account a WHERE a.id = ANY (ids) ORDER BY a.id FOR NO KEY UPDATE
$$;
REVOKE EXECUTE ON FUNCTION lock_accounts(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_accounts(bigint[]) TO ${app};
REVOKE UPDATE, DELETE, TRUNCATE ON posting, leg, charge FROM ${app};
REVOKE ALL ON ledger_account FROM ${app};
GRANT SELECT, INSERT (owner_id, kind) ON ledger_account TO ${app};
