"""The registry file, and all SQL there is."""
