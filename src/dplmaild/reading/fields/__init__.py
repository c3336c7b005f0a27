"""Labels, tables and sentences to deployments: every value with where it was found, every doubt as a question."""

from dplmaild.reading.fields.moments import Clock
from dplmaild.reading.fields.reading import FieldsRead, read_fields
from dplmaild.reading.fields.sentences import Sentence, sentence, sentences

__all__ = ["Clock", "FieldsRead", "Sentence", "read_fields", "sentence", "sentences"]
