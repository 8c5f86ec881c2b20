"""What changed between two versions of a plan, in words a chief understands; nothing is passed over."""

from liandong.plans.language.comparing.difference import Difference
from liandong.plans.language.comparing.whole import differences

__all__ = ["Difference", "differences"]
