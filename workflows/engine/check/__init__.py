"""Whether a pack can be run, and if not, what to mend where.

The check reads diagrams with its own eyes and does not rely on SpiffWorkflow: the library has no lines
in its errors, stops at the first, and ignores much of what it cannot do. Only at the end, when there is
nothing left to say, the engine is asked whether it could start what was found right. Every code that a
problem may carry stands in `problems.CODES`.
"""

from workflows.engine.check.checking import check_pack, check_process
from workflows.engine.check.pack import Names
from workflows.engine.check.problems import CODES, Problem, Severity

__all__ = ["CODES", "Names", "Problem", "Severity", "check_pack", "check_process"]
