"""What keeps tenants apart in the database itself, whatever a query forgets.

An application's connection says whose rows it works with: ``SET app.tenant_id = 7``. Without that it sees none. The
owner of the tables, who migrates, sees all.
"""

from typing import Any

from trueline import Extension, Function, Policy, RowSecurity

# Every PostgreSQL has it; to name it is to say that functions below are written in it.
Extension("plpgsql")

CURRENT_TENANT = Function(
    "current_tenant",
    returns="integer",
    schema="identity",
    language="sql",
    body="SELECT nullif(current_setting('app.tenant_id', true), '')::integer",
    volatility="stable",
    parallel="safe",
    comment="The tenant that the connection works for; none where it has not said",
)


def keep_tenants_apart(model: Any) -> None:
    """Show a connection only the rows of its tenant, and let it write no others."""
    RowSecurity(on=model)
    Policy("own_tenant", on=model, using="tenant_id = identity.current_tenant()", comment="A tenant's own rows")
