"""Who fits whom: proposals for a whole cohort, the reasons for them, and plans of rounds. No database.

The system proposes, people decide: what is pinned stays, what is forbidden never comes, and everything
else is arranged so that the cohort as a whole is served best.
"""

from workflows.matching.alternatives import Alternative, list_alternatives
from workflows.matching.cohort import Cohort, Mentee, Mentor, Wish
from workflows.matching.proposing import LeftOver, Outcome, Proposed, list_candidates, propose
from workflows.matching.rounds import Plan, Talk, plan_rounds
from workflows.matching.rules import Rules
from workflows.matching.scoring import OBSTACLES, find_obstacles

__all__ = [
    "OBSTACLES",
    "Alternative",
    "Cohort",
    "LeftOver",
    "Mentee",
    "Mentor",
    "Outcome",
    "Plan",
    "Proposed",
    "Rules",
    "Talk",
    "Wish",
    "find_obstacles",
    "list_alternatives",
    "list_candidates",
    "plan_rounds",
    "propose",
]
