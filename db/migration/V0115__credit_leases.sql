-- Several gateways spend one account's credit. Each borrows a part of it and holds its calls against that in memory, so
-- that a call costs no transaction and two gateways never count on the same credit. What is lent is taken away from
-- nobody: it stays in the balance until a charge spends it.

-- One row for each gateway process. One that is silent for too long is taken for dead: its epoch ends, and with it every
-- lease that it had. If it only slept, its charges find their lease gone.
CREATE TABLE gateway (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    epoch      bigint      NOT NULL DEFAULT 1,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    heartbeat  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- What a gateway has borrowed of an owner's promo and funded credit, and how much of it its charges have spent, in
-- micro-credits, both since the epoch began. The difference is what nobody else can have.
CREATE TABLE credit_lease (
    gateway_id bigint NOT NULL REFERENCES gateway,
    owner_id   bigint NOT NULL REFERENCES owner,
    epoch      bigint NOT NULL,
    granted    bigint NOT NULL,
    spent      bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (gateway_id, owner_id),
    CONSTRAINT credit_lease_spent CHECK (spent BETWEEN 0 AND granted)
) WITH (fillfactor = 50);
CREATE INDEX credit_lease_owner ON credit_lease (owner_id);

-- Which lease paid. Null when nothing was to be paid, and before there were leases.
ALTER TABLE charge
    ADD COLUMN gateway_id bigint,
    ADD COLUMN epoch      bigint,
    ADD CONSTRAINT charge_of_lease CHECK ((gateway_id IS NULL) = (epoch IS NULL));

-- As before, and: charges spend their leases, and nothing takes credit that is lent. Leases grow, and spendable credit
-- shrinks, only under the locks of the owner's promo and funded accounts together.
CREATE OR REPLACE FUNCTION post_legs() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    spenders bigint[];
    unpaid   bigint;
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
    spenders := ARRAY(SELECT DISTINCT a.owner_id FROM fresh JOIN ledger_account a ON a.id = fresh.account_id
                      WHERE a.kind IN ('promo', 'funded') AND fresh.amount < 0);
    PERFORM FROM ledger_account
        WHERE balance IS NOT NULL
          AND (id IN (SELECT account_id FROM fresh) OR owner_id = ANY (spenders) AND kind IN ('promo', 'funded'))
        ORDER BY id FOR NO KEY UPDATE;
    UPDATE ledger_account a SET balance = a.balance + moved.amount
        FROM (SELECT account_id, sum(amount) AS amount FROM fresh GROUP BY account_id) moved
        WHERE a.id = moved.account_id AND a.balance IS NOT NULL;

    WITH due AS (SELECT gateway_id, caller_id, epoch, sum(total) AS total FROM charge
                 WHERE posting_id IN (SELECT posting_id FROM fresh) AND epoch IS NOT NULL
                 GROUP BY gateway_id, caller_id, epoch),
         paid AS (UPDATE credit_lease l SET spent = l.spent + due.total FROM due
                  WHERE (l.gateway_id, l.owner_id, l.epoch) = (due.gateway_id, due.caller_id, due.epoch) RETURNING 1)
    SELECT (SELECT count(*) FROM due) - (SELECT count(*) FROM paid) INTO unpaid;
    IF unpaid > 0 THEN
        RAISE EXCEPTION 'a charge on a lease that has ended'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_lease_lives';
    END IF;
    IF EXISTS (SELECT FROM ledger_account a WHERE a.owner_id = ANY (spenders) AND a.kind IN ('promo', 'funded')
               GROUP BY a.owner_id
               HAVING sum(a.balance) < (SELECT sum(l.granted - l.spent) FROM credit_lease l
                                        WHERE l.owner_id = a.owner_id)) THEN
        RAISE EXCEPTION 'credit that is lent to a gateway is not to be had'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_lease_covered';
    END IF;
    RETURN NULL;
END $$;

-- Whoever locks balances and falls silent lets go of them: the session of a gateway that died in a transaction ends.
CREATE OR REPLACE FUNCTION lock_accounts(ids bigint[]) RETURNS TABLE (id bigint, balance bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT set_config('idle_in_transaction_session_timeout', '10s', true);
    SELECT a.id, a.balance FROM ledger_account a WHERE a.id = ANY (ids) ORDER BY a.id FOR NO KEY UPDATE
$$;

-- Lends a gateway credit: `missing` if there is that much, and `comfort` or a tenth of what is there beyond that, so that
-- the next calls need not ask. Of an account that has less than twenty times `hold` only what is missing is lent. No row
-- when the epoch has ended. `elsewhere` is what other gateways have: where it would help, they are asked for it.
CREATE FUNCTION lend_credit(to_gateway bigint, in_epoch bigint, of_owner bigint, missing bigint, hold bigint, comfort bigint)
    RETURNS TABLE (granted bigint, spent bigint, available bigint, elsewhere bigint, small boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    free  bigint;
    lent  bigint := 0;
    taken bigint;
BEGIN
    PERFORM FROM ledger_account WHERE owner_id = of_owner AND kind IN ('promo', 'funded') ORDER BY id FOR NO KEY UPDATE;
    -- Whoever ends the epoch waits for this, and then sees the lease.
    PERFORM FROM gateway WHERE id = to_gateway AND epoch = in_epoch FOR SHARE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT coalesce(sum(l.granted - l.spent), 0), coalesce(sum(l.granted - l.spent) FILTER (WHERE l.gateway_id <> to_gateway), 0)
        INTO taken, elsewhere FROM credit_lease l WHERE l.owner_id = of_owner;
    SELECT coalesce(sum(balance), 0) - taken INTO free FROM ledger_account
        WHERE owner_id = of_owner AND kind IN ('promo', 'funded');
    small := free < 20 * hold::numeric;
    IF missing <= free THEN
        lent := greatest(0, missing, CASE WHEN small THEN 0 ELSE least(comfort, free / 10) END);
        INSERT INTO credit_lease AS l (gateway_id, owner_id, epoch, granted) VALUES (to_gateway, of_owner, in_epoch, lent)
            ON CONFLICT (gateway_id, owner_id) DO UPDATE SET granted = l.granted + lent WHERE l.epoch = in_epoch;
    ELSIF elsewhere > 0 THEN
        PERFORM pg_notify('credit_wanted', of_owner::text);
    END IF;
    available := free - lent;
    SELECT coalesce(max(l.granted), 0), coalesce(max(l.spent), 0) INTO granted, spent FROM credit_lease l
        WHERE l.gateway_id = to_gateway AND l.owner_id = of_owner AND l.epoch = in_epoch;
    RETURN NEXT;
END $$;

-- Takes back what a gateway does not need. No row when the lease has ended.
CREATE FUNCTION return_credit(from_gateway bigint, in_epoch bigint, of_owner bigint, amount bigint)
    RETURNS TABLE (granted bigint, spent bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE credit_lease l SET granted = l.granted - greatest(amount, 0)
        WHERE l.gateway_id = from_gateway AND l.epoch = in_epoch AND l.owner_id = of_owner
        RETURNING l.granted, l.spent
$$;

-- Locks leases before charges spend them, in the order of their owners, after the accounts. What is not there has ended.
CREATE FUNCTION lock_leases(gateways bigint[], epochs bigint[], owners bigint[])
    RETURNS TABLE (gateway_id bigint, epoch bigint, owner_id bigint, unspent bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.gateway_id, l.epoch, l.owner_id, l.granted - l.spent FROM credit_lease l
        WHERE (l.gateway_id, l.epoch, l.owner_id) IN (SELECT * FROM unnest(gateways, epochs, owners))
        ORDER BY l.owner_id, l.gateway_id FOR UPDATE
$$;

-- Ends a gateway's epoch: what it did not spend is nobody's any more.
CREATE FUNCTION end_epoch(of_gateway bigint, at_epoch bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE gateway SET epoch = epoch + 1 WHERE id = of_gateway AND epoch = at_epoch;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM FROM credit_lease WHERE gateway_id = of_gateway ORDER BY owner_id FOR UPDATE;
    DELETE FROM credit_lease WHERE gateway_id = of_gateway;
    RETURN true;
END $$;

-- Ends the epochs of gateways that have leases and were silent for so long; how many there were. A gateway that others
-- are busy with is left to them.
CREATE FUNCTION reap_gateways(silence interval) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    dead   record;
    reaped bigint := 0;
BEGIN
    FOR dead IN SELECT id, epoch FROM gateway g
                WHERE heartbeat < clock_timestamp() - silence
                  AND EXISTS (SELECT FROM credit_lease l WHERE l.gateway_id = g.id)
                ORDER BY id FOR UPDATE SKIP LOCKED LOOP
        PERFORM end_epoch(dead.id, dead.epoch);
        reaped := reaped + 1;
    END LOOP;
    RETURN reaped;
END $$;

REVOKE EXECUTE ON FUNCTION lend_credit(bigint, bigint, bigint, bigint, bigint, bigint),
    return_credit(bigint, bigint, bigint, bigint), lock_leases(bigint[], bigint[], bigint[]), end_epoch(bigint, bigint),
    reap_gateways(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lend_credit(bigint, bigint, bigint, bigint, bigint, bigint),
    return_credit(bigint, bigint, bigint, bigint), lock_leases(bigint[], bigint[], bigint[]), end_epoch(bigint, bigint),
    reap_gateways(interval) TO ${app};
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON credit_lease, gateway FROM ${app};
-- An epoch ends by the functions above alone.
GRANT INSERT, UPDATE (heartbeat) ON gateway TO ${app};
