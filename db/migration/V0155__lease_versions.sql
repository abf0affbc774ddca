-- A loan or a return whose answer was lost may still be on its way when the gateway looks what became of it. Looking makes
-- a new version of the lease, and what was sent under an older one changes nothing any more.
ALTER TABLE credit_lease ADD COLUMN version bigint NOT NULL DEFAULT 0;

DROP FUNCTION lend_credit(bigint, bigint, bigint, bigint, bigint, bigint);
DROP FUNCTION return_credit(bigint, bigint, bigint, bigint);

-- Lends a gateway credit: `missing` if there is that much, and `comfort` or a tenth of what is there beyond that, so that
-- the next calls need not ask. Of an account that has less than twenty times `hold` only what is missing is lent. No row
-- when the epoch has ended. `elsewhere` is what other gateways have: where it would help, they are asked for it.
CREATE FUNCTION lend_credit(to_gateway bigint, in_epoch bigint, of_owner bigint, at_version bigint,
                            missing bigint, hold bigint, comfort bigint)
    RETURNS TABLE (granted bigint, version bigint, available bigint, elsewhere bigint, small boolean)
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
        INSERT INTO credit_lease AS l (gateway_id, owner_id, epoch, granted, version)
            VALUES (to_gateway, of_owner, in_epoch, lent, at_version)
            ON CONFLICT (gateway_id, owner_id) DO UPDATE SET granted = l.granted + lent WHERE l.version = at_version;
        IF NOT FOUND THEN
            lent := 0;
        END IF;
    ELSIF elsewhere > 0 THEN
        PERFORM pg_notify('credit_wanted', of_owner::text);
    END IF;
    available := free - lent;
    SELECT coalesce(max(l.granted), 0), coalesce(max(l.version), at_version) INTO granted, version FROM credit_lease l
        WHERE l.gateway_id = to_gateway AND l.owner_id = of_owner;
    RETURN NEXT;
END $$;

-- Takes back what a gateway does not need, if its lease is of that version. No row when it is not, or has ended.
CREATE FUNCTION return_credit(from_gateway bigint, in_epoch bigint, of_owner bigint, at_version bigint, amount bigint)
    RETURNS TABLE (granted bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE credit_lease l SET granted = l.granted - greatest(amount, 0)
        WHERE l.gateway_id = from_gateway AND l.epoch = in_epoch AND l.owner_id = of_owner AND l.version = at_version
        RETURNING l.granted
$$;

-- A new version of a lease, and what it says. Waits for a charge whose end is open. No row when the epoch has ended.
CREATE FUNCTION renew_lease(of_gateway bigint, in_epoch bigint, of_owner bigint)
    RETURNS TABLE (granted bigint, spent bigint, version bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM FROM gateway WHERE id = of_gateway AND epoch = in_epoch FOR SHARE;
    IF FOUND THEN
        RETURN QUERY INSERT INTO credit_lease AS l (gateway_id, owner_id, epoch, granted, version)
            VALUES (of_gateway, of_owner, in_epoch, 0, 1)
            ON CONFLICT (gateway_id, owner_id) DO UPDATE SET version = l.version + 1
            RETURNING l.granted, l.spent, l.version;
    END IF;
END $$;

REVOKE EXECUTE ON FUNCTION lend_credit(bigint, bigint, bigint, bigint, bigint, bigint, bigint),
    return_credit(bigint, bigint, bigint, bigint, bigint), renew_lease(bigint, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lend_credit(bigint, bigint, bigint, bigint, bigint, bigint, bigint),
    return_credit(bigint, bigint, bigint, bigint, bigint), renew_lease(bigint, bigint, bigint) TO ${app};
