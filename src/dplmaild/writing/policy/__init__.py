"""A policy in words, on one page (POLICY-2)."""

from dplmaild.writing.policy.page import customer_section, policy_page
from dplmaild.writing.policy.section import Section, Table

__all__ = ["Section", "Table", "customer_section", "policy_page"]
