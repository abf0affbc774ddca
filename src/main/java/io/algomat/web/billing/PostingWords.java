package io.algomat.web.billing;

import io.algomat.billing.GrantHistory;
import io.algomat.billing.MoneyMoves;
import io.quarkus.qute.TemplateExtension;

/** What moved money, for people: {@code {grant.words}}. */
@TemplateExtension
final class PostingWords {
    private PostingWords() {}

    static String words(GrantHistory.Grant grant) {
        return of(grant.kind());
    }

    static String words(MoneyMoves.Move move) {
        return of(move.kind());
    }

    private static String of(String kind) {
        return switch (kind) {
            case "sign_up" -> "Sign-up grant";
            case "guest_allowance" -> "Daily allowance";
            case "credit_grant" -> "Granted by an administrator";
            case "top_up" -> "Paid";
            case "charge_back" -> "Charged back";
            case "refund" -> "Refund of a call";
            case "adjustment" -> "Adjusted by an administrator";
            case "reversal" -> "Reversed by an administrator";
            case "promo_expiry" -> "Promo credit expired";
            case "earnings_funded" -> "Earnings made payable";
            case "debt_paid" -> "Debt paid from earnings";
            case "payout" -> "Payout asked for";
            case "payout_failed" -> "Payout failed";
            default -> kind;
        };
    }
}
