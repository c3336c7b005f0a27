"""Mails of the corpus, damaged in every way we can think of: reading them never fails, hangs or eats memory."""
