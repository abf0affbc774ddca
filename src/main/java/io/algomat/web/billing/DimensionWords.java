package io.algomat.web.billing;

import io.algomat.billing.Dimension;
import io.algomat.billing.ReportOrder;

/** How pages name dimensions and orders. */
final class DimensionWords {
    private DimensionWords() {}

    static String text(Dimension dimension) {
        return switch (dimension) {
            case ALGORITHM -> "Algorithm";
            case VERSION -> "Version";
            case PUBLISHER -> "Publisher";
            case CALLER -> "Caller";
            case KEY -> "Key";
            case LABEL -> "Label";
            case DEVICE -> "Device";
            case MONTH -> "Month";
            case DAY -> "Day";
        };
    }

    static String text(ReportOrder order) {
        return switch (order) {
            case VALUE -> "Name";
            case CALLS -> "Charged";
            case FREE -> "Free";
            case SUCCESS -> "Success";
            case BILLED -> "Billed";
            case GROSS -> "Gross";
            case REFUNDED -> "Refunded";
            case NET -> "Net";
            case ROYALTY -> "Royalty";
            case FEE -> "Fee";
            case COMPUTE -> "Compute";
            case TAKE -> "Take";
            case SHARE -> "Share";
            case TAKEN_BACK -> "Taken back";
            case NET_SHARE -> "Net share";
        };
    }
}
