"""Forms: read them as the form-js editor saves them, and check what people answer.

`read` makes a form out of its schema, once; `check` takes what somebody sent, from a page or a program,
and gives clean answers or one complaint beside each field. `complaints` says why a form cannot be used,
`check_forms` the same of all forms of a pack before it is installed. The rules that need only the answer
itself are a marshmallow schema built once for the form; those that need other answers (what is hidden,
locked, offered, computed) are FEEL, and settled in `settling`. How a form looks is the web's business.
"""

from workflows.forms.checking import check
from workflows.forms.faults import check_forms
from workflows.forms.reading import complaints, read
from workflows.forms.rows import as_sent
from workflows.forms.scopes import Form, Scope

__all__ = ["Form", "Scope", "as_sent", "check", "check_forms", "complaints", "read"]
