"""What belongs to users, by a key."""

from sqlmodel import Field, SQLModel


class Customers(SQLModel, table=True):
    """A key to users."""

    __tablename__ = "customers"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)


class DocumentAnalyses(SQLModel, table=True):
    """A key to users."""

    __tablename__ = "document_analyses"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)


class Documents(SQLModel, table=True):
    """A key to users."""

    __tablename__ = "documents"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)


class ExpertFaqCandidates(SQLModel, table=True):
    """A key to users."""

    __tablename__ = "expert_faq_candidates"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)


class FaqUsageLogs(SQLModel, table=True):
    """A key to users."""

    __tablename__ = "faq_usage_logs"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)


class FaqVariationCache(SQLModel, table=True):
    """A key to users."""

    __tablename__ = "faq_variation_cache"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)


class Invoices(SQLModel, table=True):
    """A key to users."""

    __tablename__ = "invoices"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)


class Payments(SQLModel, table=True):
    """A key to users."""

    __tablename__ = "payments"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)


class Session(SQLModel, table=True):
    """A key to users."""

    __tablename__ = "session"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)
