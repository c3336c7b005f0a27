"""Tests of the policy: rules, slots, what is missing, what is due."""
