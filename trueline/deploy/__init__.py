"""What makes an upgrade safe to run where others run it too."""
