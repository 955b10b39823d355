"""What a mentee wishes, the goals made of it, the steps of the plan and how near they have come."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class Wish(Identified, Base):
    """One of the five wishes: what there is for it, what is missing, how to measure it, how long it takes."""

    __tablename__ = "wish"
    __table_args__ = (Index("ix_wish_pair_id_cycle_position", "pair_id", "cycle", "position"),)

    pair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pair.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    cycle: Mapped[int]
    position: Mapped[int]
    wish: Mapped[str]
    has: Mapped[str] = mapped_column(default="")
    lacks: Mapped[str] = mapped_column(default="")
    measure: Mapped[str] = mapped_column(default="")
    time_needed: Mapped[str] = mapped_column(default="")
    is_main: Mapped[bool] = mapped_column(default=False)


class Goal(Identified, Base):
    """A goal of the map of work. A plan that was replaced keeps its goals, with the moment it was dropped."""

    __tablename__ = "goal"
    __table_args__ = (Index("ix_goal_pair_id_cycle_position", "pair_id", "cycle", "position"),)

    pair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pair.id"))
    cycle: Mapped[int]
    position: Mapped[int]
    result: Mapped[str]
    indicators: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date]
    agreed_at: Mapped[datetime | None]
    reached_on: Mapped[date | None]
    dropped_at: Mapped[datetime | None]


class PlanStep(Identified, Base):
    """A step towards a goal."""

    __tablename__ = "plan_step"
    __table_args__ = (Index("ix_plan_step_goal_id_position", "goal_id", "position"),)

    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id"))
    position: Mapped[int]
    text: Mapped[str]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]


class GoalProgress(Identified, Base):
    """How near a meeting brought the pair to a goal, as one side sees it."""

    __tablename__ = "goal_progress"
    __table_args__ = (Index("ix_goal_progress_goal_id_noted_at", "goal_id", "noted_at"),)

    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id"))
    meeting_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    mark: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    noted_at: Mapped[datetime]
