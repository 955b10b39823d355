"""Activities that hold a process: subprocesses share the data, called processes have their own."""

from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import CallActivity as LibraryCallActivity
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.util.task import TaskState

from workflows.engine.case import CaseTask, Scope, SubCase, begin
from workflows.engine.environment import failure
from workflows.engine.specs.activities import Mapped

DEEPEST = 20


class Subprocess(Mapped, SubWorkflowTask):
    """Runs a process inside, in the same data."""

    def _update_hook(self, my_task: CaseTask) -> bool | None:
        if my_task.workflow.depth >= DEEPEST:
            raise failure(my_task, "calls_too_deep", limit=DEEPEST)
        my_task._set_state(TaskState.STARTED)
        begin(my_task.workflow.top_workflow.open_subprocess(my_task, self.spec, self.inner_scope(my_task)))
        return None

    def inner_scope(self, my_task: CaseTask) -> Scope:
        scope: Scope = my_task.data
        return scope

    def finish(self, my_task: CaseTask, inside: SubCase) -> None:
        """Go on: the process inside has no token left."""
        self.hand_over(my_task, inside)
        del my_task.workflow.top_workflow.subprocesses[my_task.id]
        my_task._ready()

    def hand_over(self, my_task: CaseTask, inside: SubCase) -> None:
        """Take over what the process inside leaves; an embedded one has written into the same data."""


class CallActivity(Subprocess, LibraryCallActivity):
    """Runs another process of the pack in data of its own: all is handed in and out unless it is mapped."""

    def inner_scope(self, my_task: CaseTask) -> Scope:
        given = self.read_inputs(my_task) if self.inputs_mapped else dict(my_task.data)
        return Scope({}, given)

    def hand_over(self, my_task: CaseTask, inside: SubCase) -> None:
        engine = my_task.workflow.script_engine
        if not self.outputs_mapped:
            # Only what the call has written, lest it undo what others wrote in the meantime.
            for name, value in inside.scope.maps[0].items():
                engine.keep(my_task, name, value)
            return
        context = {**my_task.data, **inside.scope}
        for mapping in self.outputs_mapped:
            engine.keep(my_task, mapping.target, engine.value_in(my_task, mapping.source, context))
