"""What autogenerate writes: operations, their reverse, their rendering, and the order they come in."""
