"""What ``trueline init`` does: look at a project, plan what is missing, write only that."""
