"""How long writers wait: a re-check on the server, from key to mark in a browser, and many people at once.

``python -m benchmarks.web [--people 50] [--seconds 60]`` starts ``shuping serve`` and prints JSON.  From key
to mark needs playwright and a Chromium.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

LENGTH = 4000
EDITS = 60
PAUSE = 3.0  # seconds between two checks of somebody who writes
CORPORA = Path(__file__).parents[1] / "corpora"


def drafts(number: int) -> list[str]:
    """Return so many drafts, each of other reports of the corpus, cut to the length."""
    texts = [path.read_text("utf-8") for path in sorted(CORPORA.glob("w*/*.txt"))]
    whole = [text[:LENGTH] for text in sorted(texts, key=len, reverse=True) if len(text) >= LENGTH]
    pairs = [(first + second)[:LENGTH] for first, second in pairwise(texts)]
    return [*whole, *(pair for pair in pairs if len(pair) == LENGTH)][:number]


@contextmanager
def served() -> Iterator[tuple[str, psutil.Process]]:
    """Run the server; yield its address and process."""
    command = [sys.executable, "-m", "analyzer", "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        try:
            yield line[line.index("http") :].split()[0], psutil.Process(server.pid)
        finally:
            server.terminate()


def asked(connection: HTTPConnection, text: str) -> tuple[float, int]:
    """Have the page's server check a draft; return the seconds that it took and the status."""
    body = json.dumps({"text": text}).encode()
    begun = time.perf_counter()
    connection.request("POST", "/page/check", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    return time.perf_counter() - begun, answer.status


class Person:
    """Somebody who checks a draft again and again, each time with one character more."""

    def __init__(self, address: str, text: str) -> None:
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=120)
        self._text = text
        self._edits = 0
        self.times: list[float] = []
        self.failures = 0

    def check(self) -> None:
        """Check the draft once."""
        at = 400 + self._edits % (LENGTH - 400)
        self._edits += 1
        self._text = self._text[:at] + "实" + self._text[at + 1 :]
        seconds, status = asked(self._connection, self._text)
        self.times.append(seconds)
        self.failures += status != 200

    def write(self, seconds: float, delay: float) -> None:
        """Check at a writer's pace for so long, beginning after a delay."""
        time.sleep(delay)
        end = time.monotonic() + seconds
        while (begun := time.monotonic()) < end:
            self.check()
            time.sleep(max(0.0, PAUSE - (time.monotonic() - begun)))


def figures(times: list[float]) -> dict[str, float]:
    """Return median, 95th percentile and worst in milliseconds."""
    ordered = sorted(times)
    at = max(0, math.ceil(0.95 * len(ordered)) - 1)
    return {
        "median": round(1000 * statistics.median(ordered), 1),
        "p95": round(1000 * ordered[at], 1),
        "worst": round(1000 * ordered[-1], 1),
    }


def memory(server: psutil.Process) -> int:
    """Return the megabytes of the server with its processes."""
    return int(sum(each.memory_info().rss for each in (server, *server.children(recursive=True)))) >> 20


def spent(server: psutil.Process) -> float:
    """Return the seconds of processor that the server and its processes have taken."""
    return sum(sum(each.cpu_times()[:2]) for each in (server, *server.children(recursive=True)))


def crowd(address: str, people: int, seconds: float) -> dict[str, Any]:
    """Return how long the checks of many people take, each with a draft of their own."""
    all_ = [Person(address, text) for text in drafts(people)]
    threads = [
        threading.Thread(target=each.write, args=(seconds, PAUSE * number / len(all_)))
        for number, each in enumerate(all_)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = [each for person in all_ for each in person.times]
    return {
        "people": len(all_),
        "checks": len(times),
        "failures": sum(person.failures for person in all_),
    } | figures(times)


def from_key_to_mark(address: str, text: str) -> dict[str, float] | None:
    """Return how long after a key the page shows what the server says of it."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return None
    if chromium is None:
        return None
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        page.locator("#text").focus()
        page.evaluate("text => document.execCommand('insertText', false, text)", text)
        page.locator("#findings .card").first.wait_for()
        page.locator("#score[aria-busy=false]").wait_for()
        page.evaluate(_WATCH)
        page.evaluate("document.getElementById('text').setSelectionRange(400, 400)")
        for _ in range(EDITS):
            page.keyboard.press("a")
            page.wait_for_timeout(50)
            page.locator("#score[aria-busy=false]").wait_for()
            page.wait_for_timeout(30)
        times = page.evaluate("window.times")
        browser.close()
    return figures([each / 1000 for each in times])


# From the key to the frame that is painted after the answer is shown.
_WATCH = """() => {
  window.times = [];
  let pressed = 0;
  document.addEventListener("keydown", () => (pressed = performance.now()), true);
  new MutationObserver(() => {
    if (document.getElementById("score").getAttribute("aria-busy") !== "false" || !pressed) return;
    const since = pressed;
    pressed = 0;
    requestAnimationFrame(() => setTimeout(() => window.times.push(performance.now() - since)));
  }).observe(document.getElementById("score"), { attributes: true, attributeFilter: ["aria-busy"] });
}"""


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    text = drafts(1)[0]
    with served() as (address, server):
        writer = Person(address, text)
        for _ in range(8):
            writer.check()
        writer.times.clear()
        begun = spent(server)
        for _ in range(EDITS):
            writer.check()
        each = (spent(server) - begun) / EDITS
        before = memory(server)
        measured = {
            "characters": len(text),
            "load": psutil.getloadavg(),
            "server_ms": figures(writer.times),
            "processor_ms": round(1000 * each, 1),
            "key_to_mark_ms": from_key_to_mark(address, text),
            f"{given.people}_people_ms": crowd(address, given.people, given.seconds),
            "megabytes": {"before": before, "after": memory(server)},
        }
    print(json.dumps(measured, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
