"""Put what is built into a wheel: browser bundles, FEEL, compiled catalogues.

An editable install builds them when `tandem` starts: this hook is skipped whenever the installer
takes the wheel from its cache.
"""
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundlesHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        from webapp import bundles, catalogues

        bundles.bring_up_to_date()
        catalogues.bring_up_to_date()
