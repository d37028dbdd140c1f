"""The reference application: what a project built on trueline looks like."""
