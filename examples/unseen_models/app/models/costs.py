"""What belongs to users, by a text."""

from sqlmodel import Field, SQLModel


class ComplianceChecks(SQLModel, table=True):
    """A text that looks like one."""

    __tablename__ = "compliance_checks"

    id: int | None = Field(default=None, primary_key=True)
    user_id: str = Field(max_length=36)


class CostAlerts(SQLModel, table=True):
    """A text that looks like one."""

    __tablename__ = "cost_alerts"

    id: int | None = Field(default=None, primary_key=True)
    user_id: str = Field(max_length=36)


class CostOptimizationSuggestions(SQLModel, table=True):
    """A text that looks like one."""

    __tablename__ = "cost_optimization_suggestions"

    id: int | None = Field(default=None, primary_key=True)
    user_id: str = Field(max_length=36)


class KnowledgeFeedback(SQLModel, table=True):
    """A text that looks like one."""

    __tablename__ = "knowledge_feedback"

    id: int | None = Field(default=None, primary_key=True)
    user_id: str = Field(max_length=36)


class QueryNormalizationLog(SQLModel, table=True):
    """A text that looks like one."""

    __tablename__ = "query_normalization_log"

    id: int | None = Field(default=None, primary_key=True)
    user_id: str = Field(max_length=36)


class TaxCalculations(SQLModel, table=True):
    """A text that looks like one."""

    __tablename__ = "tax_calculations"

    id: int | None = Field(default=None, primary_key=True)
    user_id: str = Field(max_length=36)


class UsageEvents(SQLModel, table=True):
    """A text that looks like one."""

    __tablename__ = "usage_events"

    id: int | None = Field(default=None, primary_key=True)
    user_id: str = Field(max_length=36)


class UsageQuotas(SQLModel, table=True):
    """A text that looks like one."""

    __tablename__ = "usage_quotas"

    id: int | None = Field(default=None, primary_key=True)
    user_id: str = Field(max_length=36)


class UserUsageSummaries(SQLModel, table=True):
    """A text that looks like one."""

    __tablename__ = "user_usage_summaries"

    id: int | None = Field(default=None, primary_key=True)
    user_id: str = Field(max_length=36)
