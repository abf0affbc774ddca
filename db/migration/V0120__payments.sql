-- Money that comes and goes otherwise than by calls: payments and charge-backs of a provider, refunds, adjustments and
-- reversals by administrators, expiry of promo credit, payouts.

-- Further accounts:
--   receivable    what an owner owes the site, below zero: a charge-back or a refund found too little to take back
--   adjustment    what administrators gave and took, the site's
--   breakage      promo credit that expired, the site's
--   payout_open   asked to be paid out and not yet settled, the site's
--   paid_out      left by the bank, the site's
ALTER TABLE ledger_account
    DROP CONSTRAINT ledger_account_kind_check,
    ADD CONSTRAINT ledger_account_kind_check CHECK (kind IN (
        'promo', 'funded', 'earnings', 'earnings_unfunded', 'receivable',
        'site_fee', 'site_compute', 'promo_issue', 'funding', 'adjustment', 'breakage', 'payout_open', 'paid_out')),
    DROP CONSTRAINT ledger_account_check1,
    ADD CONSTRAINT ledger_account_whose CHECK ((owner_id IS NULL) = (kind IN (
        'site_fee', 'site_compute', 'promo_issue', 'funding', 'adjustment', 'breakage', 'payout_open', 'paid_out'))),
    DROP CONSTRAINT ledger_account_floor,
    ADD CONSTRAINT ledger_account_floor CHECK (CASE WHEN kind = 'receivable' THEN balance <= 0 ELSE balance >= 0 END);
INSERT INTO ledger_account (kind, balance)
VALUES ('adjustment', NULL), ('breakage', NULL), ('payout_open', NULL), ('paid_out', NULL);

ALTER TABLE posting
    DROP CONSTRAINT posting_kind_check,
    ADD CONSTRAINT posting_kind_check CHECK (kind IN (
        'charge', 'sign_up', 'guest_allowance', 'credit_grant', 'top_up', 'charge_back', 'refund', 'adjustment',
        'reversal', 'promo_expiry', 'debt_paid', 'payout', 'payout_settled', 'payout_failed'));
-- What is not a charge is little, and is looked for by time among very many charges.
CREATE INDEX posting_other_than_charge ON posting (booked_at) WHERE kind <> 'charge';

-- What a payment provider told us, once for each of its events. A second message of the same event must say the same.
CREATE TABLE payment_event (
    provider    text        NOT NULL,
    event_id    text        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('payment', 'charge_back')),
    -- The provider's own name of the payment, which a charge-back names again.
    payment     text        NOT NULL,
    owner_id    bigint      NOT NULL REFERENCES owner,
    amount      bigint      NOT NULL CHECK (amount > 0),
    posting_id  bigint      NOT NULL REFERENCES posting,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider, event_id)
);
CREATE UNIQUE INDEX payment_event_one_payment ON payment_event (provider, payment) WHERE kind = 'payment';
CREATE INDEX payment_event_charge_backs ON payment_event (provider, payment) WHERE kind = 'charge_back';

-- What was given back of a charge, and which of its parts it was taken from.
CREATE TABLE refund (
    posting_id  bigint      PRIMARY KEY REFERENCES posting,
    call_id     uuid        NOT NULL REFERENCES charge,
    refunded_at timestamptz NOT NULL DEFAULT now(),
    promo       bigint      NOT NULL CHECK (promo >= 0),
    funded      bigint      NOT NULL CHECK (funded >= 0),
    compute     bigint      NOT NULL CHECK (compute >= 0),
    fee         bigint      NOT NULL CHECK (fee >= 0),
    unfunded    bigint      NOT NULL CHECK (unfunded >= 0),
    payable     bigint      NOT NULL CHECK (payable >= 0),
    amount      bigint      GENERATED ALWAYS AS (promo + funded) STORED,
    CONSTRAINT refund_of_something CHECK (promo + funded > 0),
    CONSTRAINT refund_parts_add_up CHECK (promo + funded = compute + fee + unfunded + payable)
);
CREATE INDEX refund_call ON refund (call_id);
CREATE INDEX refund_time ON refund (refunded_at);

-- No part of a charge is given back twice, whoever tries at the same time: refunds of one call wait for each other here.
CREATE FUNCTION refunds_within_charge() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM charge WHERE call_id IN (SELECT call_id FROM fresh) ORDER BY call_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM refund r JOIN charge c USING (call_id) WHERE call_id IN (SELECT call_id FROM fresh)
        GROUP BY c.call_id, c.promo, c.total, c.compute, c.fee, c.royalty
        HAVING sum(r.promo) > c.promo OR sum(r.funded) > c.total - c.promo OR sum(r.compute) > c.compute
            OR sum(r.fee) > c.fee OR sum(r.unfunded + r.payable) > c.royalty - c.fee) THEN
        RAISE EXCEPTION 'more is refunded than was charged'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_within_charge';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER refund_checked AFTER INSERT ON refund
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION refunds_within_charge();

CREATE TRIGGER payment_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_event
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON refund EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON payment_event, refund FROM ${app};
