"""The windows in which each journey is made."""

import pytest

WINDOWS = pytest.mark.parametrize(("width", "language"), [(1280, "ru"), (390, "en")])
