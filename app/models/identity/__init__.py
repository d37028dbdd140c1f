"""Who uses the application, and where: tenants, stations, users and how they sign in."""

from app.models.identity.access import ApiKey, Session, UserIdentity
from app.models.identity.tenants import Station, Tenant, TenantMember
from app.models.identity.users import User, UserRole, UserStatus

__all__ = [
    "ApiKey",
    "Session",
    "Station",
    "Tenant",
    "TenantMember",
    "User",
    "UserIdentity",
    "UserRole",
    "UserStatus",
]
