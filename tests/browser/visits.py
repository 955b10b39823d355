"""One browser window: what somebody does in it, and what it complains about."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from webapp.bundles import FRONTEND

PASSWORD = "слон читает газету утром"
SCREENSHOTS = Path(__file__).parent / "screenshots"
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
HEIGHTS = {1280: 900, 390: 844, 320: 640}
# A page that says no has its status; the browser reports that as an error of its own. A quiet redraw
# that is overtaken by the next one, or by the next page, is broken off, and htmx says so twice.
EXPECTED = ("the server responded with a status of 4", "htmx:afterRequest", "htmx:sendAbort")


class Visit:
    """A window of its own, with its own cookies."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        width: int = 1280,
        language: str = "ru",
        colours: str = "light",
        look: str = "",
        has_scripts: bool = True,
    ) -> None:
        self.address = address
        self.name = "-".join(filter(None, (str(width), language, colours, look.replace("&", "-"))))
        self.complaints: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=colours,  # type: ignore[arg-type]
            java_script_enabled=has_scripts,
        )
        self.context.add_cookies([self._cookie("language", language), self._cookie("appearance", look)])
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._watch)

    def go(self, path: str = "/") -> None:
        self.page.goto(self.address + path)

    def sign_in(self, name: str, to: str = "/") -> None:
        """Sign in, and go on to a page: to the inbox unless another is named."""
        self.go("/sign-in")
        self.say_who(name)
        self.go(to)

    def say_who(self, name: str) -> None:
        """Sign in where the page asks for it."""
        self.page.fill("#sign_in_name", name)
        self.page.fill("#password", PASSWORD)
        self.page.press("#password", "Enter")
        self.page.wait_for_selector(".account")

    def keep(self, name: str) -> None:
        """Keep a screenshot of the whole page."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}-{self.name}.png", full_page=True)

    def violations(self) -> list[str]:
        """Ask axe what is wrong with the page for those who cannot see it or cannot use a mouse."""
        self.page.evaluate(AXE.read_text("utf-8"))
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = self.page.evaluate("tags => axe.run({runOnly: tags})", tags)
        return [
            f"{one['id']}: {node['html'][:200]} {node['failureSummary']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def is_wider_than_the_window(self) -> bool:
        widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        content, window = self.page.evaluate(widths)
        return bool(content > window)

    def close(self) -> None:
        self.context.close()

    def _cookie(self, name: str, value: str) -> Any:
        return {"name": name, "value": value, "url": self.address}

    def _hear(self, message: ConsoleMessage) -> None:
        is_expected = any(one in message.text for one in EXPECTED)
        if message.type in ("error", "warning") and not is_expected:
            self.complaints.append(message.text)

    def _watch(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" != self.address:
            self.complaints.append(f"a request to another host: {request.url}")
