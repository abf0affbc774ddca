-- The rules of V0030, V0055, V0111, V0115, V0122 and V0130, as they were, asked in fewer statements: a charge that is alone
-- in its transaction spent most of PostgreSQL's time on the beginning and ending of some thirty small ones.
--
-- Plans are made once for any number of rows, and go by index: a plan that was made while a table was small would read all of
-- it when it is large. A query in the list of columns is never made into a join, so that it is an index's look-up.
LOCK TABLE posting, charge, leg IN SHARE ROW EXCLUSIVE MODE;

-- What these asked row by row, the statement's triggers below ask once: a leg's posting and account exist, a charge's legs
-- exist, a nested charge comes with its root and parent. Postings, legs, charges and accounts are never deleted.
ALTER TABLE leg DROP CONSTRAINT leg_posting_id_fkey, DROP CONSTRAINT leg_account_id_fkey;
ALTER TABLE charge DROP CONSTRAINT charge_posting_id_fkey, DROP CONSTRAINT charge_root_call_id_fkey,
    DROP CONSTRAINT charge_parent_call_id_fkey;
CREATE TRIGGER ledger_account_kept BEFORE DELETE OR TRUNCATE ON ledger_account EXECUTE FUNCTION refuse_change();

-- All legs of a posting come in one INSERT; they add up to nothing; then, and only then, they move the balances. Charges
-- spend their leases, and nothing takes credit that is lent. Leases grow, and spendable credit shrinks, only under the locks
-- of the owner's promo and funded accounts together, in the order of their ids.
CREATE OR REPLACE FUNCTION post_legs() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    facts    record;
    spenders bigint[];
    unleased bigint[];
    unpaid   bigint;
BEGIN
    SELECT bool_or(p.total <> 0) AS unbalanced, bool_or(p.astray OR p.kind IS NULL) AS astray,
           bool_or(p.legs <> p.booked) AS further, bool_or(p.kind = 'charge' AND p.charged IS NULL) AS uncharged,
           array_agg(p.posting_id) FILTER (WHERE p.kind = 'charge') AS charges
        INTO facts
        FROM (SELECT f.*, (SELECT kind FROM posting WHERE id = f.posting_id) AS kind,
                     (SELECT count(*) FROM leg l WHERE l.posting_id = f.posting_id) AS booked,
                     (SELECT c.posting_id FROM charge c WHERE c.posting_id = f.posting_id LIMIT 1) AS charged
              FROM (SELECT posting_id, sum(amount) AS total, count(*) AS legs,
                           bool_or((SELECT id FROM ledger_account WHERE id = account_id) IS NULL) AS astray
                    FROM fresh GROUP BY posting_id) f
              OFFSET 0) p;
    IF facts.unbalanced THEN
        RAISE EXCEPTION 'the legs of a posting do not add up to zero'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'leg_sum_zero';
    ELSIF facts.astray THEN
        RAISE EXCEPTION 'a leg without its posting or account'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'leg_of_posting';
    ELSIF facts.further THEN
        RAISE EXCEPTION 'a posting that is booked takes no further legs'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'leg_whole_posting';
    ELSIF facts.uncharged THEN
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
        FROM (SELECT account_id, sum(amount)::bigint AS amount FROM fresh GROUP BY account_id) moved
        WHERE a.id = moved.account_id AND a.balance IS NOT NULL;

    -- Whose spending is not all paid by leases; of the others as much less is lent as they have less.
    WITH due AS MATERIALIZED (
             SELECT gateway_id, caller_id, epoch, sum(total)::bigint AS total FROM charge
             WHERE posting_id = ANY (facts.charges) AND epoch IS NOT NULL GROUP BY gateway_id, caller_id, epoch),
         paid AS (
             UPDATE credit_lease l SET spent = l.spent + due.total FROM due
             WHERE (l.gateway_id, l.owner_id, l.epoch) = (due.gateway_id, due.caller_id, due.epoch) RETURNING 1),
         spent AS (
             SELECT a.owner_id, -sum(f.amount) AS amount FROM fresh f JOIN ledger_account a ON a.id = f.account_id
             WHERE a.kind IN ('promo', 'funded') AND f.amount < 0 GROUP BY a.owner_id)
    SELECT (SELECT count(*) FROM due) - (SELECT count(*) FROM paid),
           ARRAY(SELECT owner_id FROM spent
                 WHERE amount > coalesce((SELECT sum(total) FROM due WHERE caller_id = owner_id), 0))
        INTO unpaid, unleased;
    IF unpaid > 0 THEN
        RAISE EXCEPTION 'a charge on a lease that has ended'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_lease_lives';
    END IF;
    IF unleased <> '{}' AND EXISTS (
        SELECT FROM ledger_account a WHERE a.owner_id = ANY (unleased) AND a.kind IN ('promo', 'funded')
        GROUP BY a.owner_id
        HAVING sum(a.balance) < (SELECT sum(l.granted - l.spent) FROM credit_lease l WHERE l.owner_id = a.owner_id)) THEN
        RAISE EXCEPTION 'credit that is lent to a gateway is not to be had'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_lease_covered';
    END IF;
    RETURN NULL;
END $$;

-- What charges say and what their posting moved are the same, part by part; nested ones come with their root, within its
-- hold; none was given up; none is above a limit; all are counted for the reports.
CREATE OR REPLACE FUNCTION charges_equal_legs() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    facts record;
BEGIN
    SELECT bool_or(f.root_call_id IS NOT NULL) AS nested, bool_or(f.voided IS NOT NULL) AS voided,
           bool_or(f.limited IS NOT NULL) AS limited,
           array_agg(DISTINCT f.posting_id) FILTER (WHERE f.posting_id IS NOT NULL) AS postings
        INTO facts
        FROM (SELECT root_call_id, posting_id,
                     (SELECT v.call_id FROM voided_call v WHERE v.call_id = c.call_id) AS voided,
                     (SELECT l.id FROM spend_limit l WHERE l.owner_id = c.caller_id LIMIT 1) AS limited
              FROM fresh c) f;
    IF facts.postings IS NOT NULL AND EXISTS (
        WITH charged AS (
            SELECT posting_id, sum(promo) AS promo, sum(total - promo) AS funded, sum(fee) AS fee,
                   sum(compute) AS compute, sum(royalty - fee) AS earned
            FROM charge WHERE posting_id = ANY (facts.postings) GROUP BY posting_id),
        moved AS (
            SELECT l.posting_id,
                   coalesce(sum(-l.amount) FILTER (WHERE a.kind = 'promo'), 0) AS promo,
                   coalesce(sum(-l.amount) FILTER (WHERE a.kind = 'funded'), 0) AS funded,
                   coalesce(sum(l.amount) FILTER (WHERE a.kind = 'site_fee'), 0) AS fee,
                   coalesce(sum(l.amount) FILTER (WHERE a.kind = 'site_compute'), 0) AS compute,
                   coalesce(sum(l.amount) FILTER (WHERE a.kind IN ('earnings', 'earnings_unfunded')), 0) AS earned
            FROM leg l JOIN ledger_account a ON a.id = l.account_id
            WHERE l.posting_id = ANY (facts.postings) GROUP BY l.posting_id)
        SELECT FROM charged c LEFT JOIN moved m USING (posting_id)
        WHERE (c.promo, c.funded, c.fee, c.compute, c.earned)
              IS DISTINCT FROM (m.promo, m.funded, m.fee, m.compute, m.earned)) THEN
        RAISE EXCEPTION 'a charge differs from the legs of its posting'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_equals_legs';
    END IF;
    IF facts.nested THEN
        IF EXISTS (SELECT FROM fresh n LEFT JOIN fresh r ON r.call_id = n.root_call_id AND r.root_call_id IS NULL
                   LEFT JOIN fresh p ON p.call_id = n.parent_call_id
                                    AND coalesce(p.root_call_id, p.call_id) = n.root_call_id
                   WHERE n.root_call_id IS NOT NULL
                     AND (r.call_id IS NULL OR p.call_id IS NULL
                          OR (r.caller_id, r.key_id) IS DISTINCT FROM (n.caller_id, n.key_id))) THEN
            RAISE EXCEPTION 'a nested charge comes with the charges of its root and parent, of the same caller'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_nested_with_root';
        END IF;
        IF EXISTS (SELECT FROM fresh GROUP BY coalesce(root_call_id, call_id)
                   HAVING sum(total) > max(held) FILTER (WHERE root_call_id IS NULL)
                       OR count(DISTINCT posting_id) > 1) THEN
            RAISE EXCEPTION 'the charges of a root call are above its hold, or in several postings'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_nested_within_hold';
        END IF;
    END IF;
    IF facts.voided THEN
        RAISE EXCEPTION 'the call was given up, and runs again under another id'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_not_voided';
    END IF;
    IF facts.limited THEN
        FOR facts IN
            SELECT l.id, l.max_spend, l.max_calls, spend_period_start(l.period, now()) AS period_start,
                   sum(f.total)::bigint AS spent, count(*) FILTER (WHERE f.root_call_id IS NULL) AS calls
            FROM fresh f JOIN spend_limit l ON l.owner_id = f.caller_id AND (l.key_id IS NULL OR l.key_id = f.key_id)
            GROUP BY l.id ORDER BY l.id
        LOOP
            PERFORM keep_spend_limit(facts.id, facts.period_start, facts.spent, facts.calls, facts.max_spend,
                                     facts.max_calls);
        END LOOP;
    END IF;
    INSERT INTO charge_delta (day, publisher_id, version_id, algorithm, version, device, caller_id, key_id, labels,
                              calls, failed, cancelled, billed_ms, royalty, fee, compute, promo)
    SELECT (charged_at AT TIME ZONE 'UTC')::date, publisher_id, version_id, algorithm, version, device, caller_id, key_id,
           labels, count(*), 0, 0, sum(billed_ms), sum(royalty), sum(fee), sum(compute), sum(promo)
    FROM fresh GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
    RETURN NULL;
END $$;

-- Counts what one limit was used for, and refuses what goes beyond it.
CREATE FUNCTION keep_spend_limit(the_limit bigint, since date, spent_now bigint, calls_now bigint, max_spend bigint,
                                 max_calls bigint) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    counted spend_count;
BEGIN
    INSERT INTO spend_count AS c (limit_id, period_start, spent, calls) VALUES (the_limit, since, spent_now, calls_now)
        ON CONFLICT (limit_id, period_start)
            DO UPDATE SET spent = c.spent + excluded.spent, calls = c.calls + excluded.calls
        RETURNING c.* INTO counted;
    IF spent_now > 0 AND counted.spent > max_spend OR calls_now > 0 AND counted.calls > max_calls THEN
        RAISE EXCEPTION 'a charge is above the limit % of its caller', the_limit
            USING ERRCODE = 'check_violation', CONSTRAINT = 'spend_limit_kept';
    END IF;
    PERFORM note_spend_alerts(counted, max_spend, max_calls);
END $$;
REVOKE EXECUTE ON FUNCTION keep_spend_limit(bigint, date, bigint, bigint, bigint, bigint) FROM PUBLIC;

DROP TRIGGER charge_nested_checked ON charge;
DROP TRIGGER charge_voided_refused ON charge;
DROP TRIGGER charge_within_limits ON charge;
DROP TRIGGER charge_counted ON charge;
DROP FUNCTION nested_charges_fit();
DROP FUNCTION refuse_voided();
DROP FUNCTION keep_spend_limits();
DROP FUNCTION count_charges();
ALTER FUNCTION charges_equal_legs() RENAME TO check_charges;

-- Locks all that charges take from and give to: accounts in the order of their ids, and then leases in the order of their
-- owners. A lease that is not there has ended. Whoever locks and falls silent lets go.
CREATE FUNCTION lock_payers(accounts bigint[], gateways bigint[], epochs bigint[], owners bigint[])
    RETURNS TABLE (account bigint, gateway bigint, epoch bigint, owner bigint, amount bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    PERFORM set_config('idle_in_transaction_session_timeout', '10s', true);
    RETURN QUERY SELECT a.id, NULL::bigint, NULL::bigint, NULL::bigint, a.balance
        FROM ledger_account a WHERE a.id = ANY (accounts) ORDER BY a.id FOR NO KEY UPDATE;
    IF cardinality(owners) > 0 THEN
        RETURN QUERY SELECT NULL::bigint, l.gateway_id, l.epoch, l.owner_id, l.granted - l.spent
            FROM unnest(gateways, epochs, owners) AS paying (gateway_id, epoch, owner_id)
            JOIN credit_lease l USING (gateway_id, epoch, owner_id) ORDER BY l.owner_id, l.gateway_id FOR UPDATE OF l;
    END IF;
END $$;
REVOKE EXECUTE ON FUNCTION lock_payers(bigint[], bigint[], bigint[], bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_payers(bigint[], bigint[], bigint[], bigint[]) TO ${app};
DROP FUNCTION lock_leases(bigint[], bigint[], bigint[]);
