"""Letters of one's own: what they may do, what is wrong with them, and where."""

from dplmaild.writing.own.fault import Fault
from dplmaild.writing.own.proof import Known, Proof, proofread, used_in
from dplmaild.writing.own.subset import OwnEnvironment, TooMuchError, bounded, with_steps

__all__ = ["Fault", "Known", "OwnEnvironment", "Proof", "TooMuchError", "bounded", "proofread", "used_in", "with_steps"]
