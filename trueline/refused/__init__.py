"""Why a server refused a connection: what it was asked, what it said, and whether waiting helps."""
