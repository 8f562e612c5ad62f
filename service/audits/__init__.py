"""Audits: a week that someone already follows, read from JSON, CSV or plain lines, and measured rule by rule."""
