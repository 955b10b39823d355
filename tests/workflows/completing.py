"""Complete tasks until killed: writes the id of every task whose completion was answered.

A program of its own for `test_killed.py`: database URL, mentor and open task ids are its arguments.
"""

import sys
import uuid
from itertools import cycle

from models.database import open_database
from workflows.operations.tasks import complete_task
from workflows.queries.people import get_actor_of_person
from workflows.transaction import carry_out
from workflows.work import machine_clock


def main(url: str, mentor_id: str, *task_ids: str) -> None:
    database = open_database(url)
    with database.sessions() as session:
        mentor = get_actor_of_person(session, uuid.UUID(mentor_id), machine_clock())
    tasks = [uuid.UUID(task_id) for task_id in task_ids]
    for place in cycle(range(len(tasks))):
        task_id = tasks[place]
        answers = {"topic": f"Встреча {task_id}", "is_last": False}
        done = carry_out(
            database.sessions,
            mentor,
            lambda work, task_id=task_id, answers=answers: complete_task(work, task_id, answers),
        )
        sys.stdout.write(f"{task_id}\n")
        sys.stdout.flush()
        tasks[place] = done.opened[0]


if __name__ == "__main__":
    main(*sys.argv[1:])
