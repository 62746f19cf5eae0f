"""Descriptions that several inputs share."""

ISSUE = "The issue."
REASON = "Why, up to 500 characters; no phone, identity number or door. Not public."
