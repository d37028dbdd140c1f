"""Money: packages, subscriptions, invoices, payments, the books, and what usage costs."""

from app.models.billing.invoices import ElectronicInvoice, Invoice, InvoiceLine
from app.models.billing.ledger import FinancialEntry, Payout
from app.models.billing.packages import PackageFeature, PackageMetadata, SubscriptionPackage
from app.models.billing.payments import Dispute, Payment, PaymentEvent, Refund
from app.models.billing.subscriptions import Subscription, SubscriptionHistory, UserSubscription
from app.models.billing.usage import (
    CostAlert,
    CostOptimizationSuggestion,
    UsageEvent,
    UsageQuota,
    UserUsageSummary,
)

__all__ = [
    "CostAlert",
    "CostOptimizationSuggestion",
    "Dispute",
    "ElectronicInvoice",
    "FinancialEntry",
    "Invoice",
    "InvoiceLine",
    "PackageFeature",
    "PackageMetadata",
    "Payment",
    "PaymentEvent",
    "Payout",
    "Refund",
    "Subscription",
    "SubscriptionHistory",
    "SubscriptionPackage",
    "UsageEvent",
    "UsageQuota",
    "UserSubscription",
    "UserUsageSummary",
]
