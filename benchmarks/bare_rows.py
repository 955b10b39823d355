"""The floor of a completion: the rows of one, read and written through the bare driver, and nothing else."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
import psycopg

from benchmarks.diagrams import ANSWERS
from benchmarks.town import NOW, Town

_FIND = """SELECT c.id, c.organisation_id, c.pack_version_id, c.state, c.revision, m.id AS timer_id
  FROM task t JOIN "case" c ON c.id = t.case_id JOIN timer m ON m.case_id = c.id
  WHERE t.id = %s FOR UPDATE OF c, t"""
_MOVE = 'UPDATE "case" SET state = %s, revision = %s WHERE id = %s AND revision = %s'
_COMPLETE = """UPDATE task SET status = 'completed', completed_at = %s, completed_by_id = %s, answers = %s,
  pool_role = NULL WHERE id = %s"""
_STOP = "DELETE FROM timer WHERE id = %s"
_OPEN = """INSERT INTO task (id, case_id, organisation_id, element, process, name, case_title, role, form,
  status, opened_at, assignee_id) VALUES (%s, %s, %s, 'record_meeting', 'meetings', 'Записать встречу',
  'Пара', 'mentor', 'record_meeting', 'open', %s, %s)"""
_RUN = """INSERT INTO timer (id, case_id, organisation_id, element, name, due_at)
  VALUES (%s, %s, %s, 'silence', 'Две недели тишины', %s)"""
_WRITE = """WITH entry AS (INSERT INTO journal_entry (organisation_id, at, actor_id, actor_role, act, subject,
  case_id, pack_version_id, details, salt, details_digest, digest)
  VALUES (%s, %s, %s, 'mentor', 'task.completed', %s, %s, %s, %s, %s, %s, %s) RETURNING id, organisation_id)
  INSERT INTO journal_unsealed (entry_id, organisation_id) SELECT id, organisation_id FROM entry"""


@dataclass
class BareRows:
    """Completes tasks of the measured loop by writing their rows, through one connection."""

    connection: psycopg.Connection[Any]
    person_id: uuid.UUID

    @classmethod
    def of(cls, town: Town) -> "BareRows":
        assert town.mentor.person_id is not None
        connection = psycopg.connect(town.database.conninfo, prepare_threshold=0)
        return cls(connection, town.mentor.person_id)

    def complete(self, task_id: uuid.UUID) -> None:
        """Read, write and commit the rows of one completion."""
        answers = orjson.dumps(ANSWERS).decode()
        cursor = self.connection.cursor()
        found = cursor.execute(_FIND, (task_id,)).fetchone()
        assert found is not None
        case_id, organisation_id, pack_version_id, state, revision, timer_id = found
        cursor.execute(_MOVE, (state, revision + 1, case_id, revision))
        cursor.execute(_COMPLETE, (NOW, self.person_id, answers, task_id))
        cursor.execute(_STOP, (timer_id,))
        cursor.execute(_OPEN, (uuid.uuid4(), case_id, organisation_id, NOW, self.person_id))
        cursor.execute(_RUN, (uuid.uuid4(), case_id, organisation_id, NOW + timedelta(days=14)))
        entry = (organisation_id, NOW, self.person_id, f"task:{task_id}", case_id, pack_version_id)
        cursor.execute(_WRITE, (*entry, answers, b"s" * 16, b"d" * 32, b"e" * 32))
        self.connection.commit()
