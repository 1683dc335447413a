"""An answer sheet as HTML: self-contained, silent on the network, fit to print; and as PDF, by the browser's print."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ExtraMissing, KzgraphError
from ..namespaces import shorten
from ..plaintext import printable
from . import words

if TYPE_CHECKING:
    from .parts import Brief

_HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TIMEOUT = 120  # seconds


def html(sheet: Brief) -> str:
    """Gives a sheet as one HTML file; every text in it is escaped where it stands.

    The file forbids itself any script and any request by its Content-Security-Policy.
    """
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_safe,
        undefined=jinja2.StrictUndefined,
    )
    style = (_HERE / "sheet.css").read_text(encoding="utf-8").replace("\r\n", "\n") + _footer(sheet.mark)
    return environment.get_template("sheet.html.j2").render(
        sheet=sheet,
        words=words,
        numbers=words.numbers(sheet),
        shorten=shorten,
        style=Markup(style),
        style_digest=Markup(_digest(style)),
    )


def _safe(value: object) -> object:
    """Gives text without what a reader cannot see, each such character as an escape; line feeds and tabs stay."""
    if type(value) is not str:
        return value
    return "".join(part if part in "\n\t" else printable(part) for part in re.split(r"([\n\t])", value))


def _footer(mark: str) -> str:
    """Gives the style of the foot of each page: which sheet it belongs to."""
    if not re.fullmatch(r"[0-9a-f]+", mark):
        raise ValueError(mark)
    look = 'font: 8pt "Noto Sans", Arial, sans-serif; color: #555c65;'
    return f'@page {{ @bottom-left {{ content: "Answer sheet {mark}"; {look} }} }}\n'


def _digest(text: str) -> str:
    """Gives the source expression of an inline style (CSP Level 3, section 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


def pdf(sheet: Brief) -> bytes:
    """Gives a sheet as PDF, printed by a headless Chromium.

    Raises:
        ExtraMissing: No Chromium is on the path.
        KzgraphError: It did not print.
    """
    browser = chromium()
    if browser is None:
        hint = "Write the sheet as .html and print that from any browser, or install Chromium."
        raise ExtraMissing("a PDF is printed by Chromium, and none is on the path.", hint=hint)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page, printed = Path(folder, "sheet.html"), Path(folder, "sheet.pdf")
        page.write_text(html(sheet), encoding="utf-8")
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--no-pdf-header-footer",
            f"--user-data-dir={Path(folder, 'profile')}",
            f"--print-to-pdf={printed}",
            page.as_uri(),
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium refuses its sandbox to root; the page has no script
        try:
            subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=True)
            return printed.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            hint = "Write the sheet as .html and print that from any browser."
            raise KzgraphError("Chromium did not print the sheet.", where=browser, hint=hint) from error


def chromium() -> str | None:
    """Gives the path of Chromium: what ``KZGRAPH_CHROMIUM`` names, or the first of its usual names on the path."""
    named = os.environ.get("KZGRAPH_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)
