"""The page in a real browser: silent, inert to hostile text, and usable by pointer, keyboard and thumb."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kzgraph import views
from kzgraph.analysis.disagreement import Conflict
from kzgraph.analysis.origins import Count, Fold
from kzgraph.page.disputes import Disputes
from kzgraph.records import ClaimRecord, DocumentRecord, EntityRecord, NameRecord, Records, Ref, Value

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

BASE = "https://w3id.org/kzgraph/"
KZ = f"{BASE}ontology#"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOSTILE = [
    "<script>window.hit = 1</script>",
    "</script><script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    "\u202everse \u2066order\u2069",
    "long " + "x" * 3000,
]
FAMILIES = {
    "ferryman": ("The ferryman of Aktas", "person"),
    "editor": ("Nurlan Aqtasov", "person"),
    "witness": ("A witness", "person"),
    "harbour": ("Harbour office", "organisation"),
    "strike": ("Ferry strike, 2011", "event"),
    "trial": ("Trial of the editor", "event"),
    "aktas": ("Aktas", "place"),
    "lone": ("A lone observer", "person"),
}
JOINED = "The ferryman of Aktas — joined — Ferry strike, 2011"
DOCUMENTS = {"bulletin": "Bulletin of the lake", "letter": "Letter of the harbour office"}


def chromium() -> str:
    """The browser's path: KZGRAPH_CHROMIUM, or the first of the usual names on the path."""
    named = os.environ.get("KZGRAPH_CHROMIUM")
    found = named if named and Path(named).is_file() else next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.fail("no Chromium found: install it (Debian: apt install chromium) or set KZGRAPH_CHROMIUM to its path")
    return found


def ref(slug: str) -> Ref:
    label, family = FAMILIES[slug]
    return Ref(f"{BASE}id/{slug}", label, f"{KZ}{family.title()}")


def make_claims() -> Iterator[ClaimRecord]:
    rows: list[tuple[str, str, str, str | Value, dict[str, Any]]] = [
        ("bulletin", "ferryman", "joined", "strike", {"quote": "seven months at the quay"}),
        ("bulletin", "ferryman", "was heard at", "trial", {"speakers": ("harbour", "witness"), "voice": "indirect"}),
        ("letter", "ferryman", "joined", "strike", {"polarity": "negative", "quote": "none of our men took part"}),
        ("letter", "harbour", "closed", "strike", {"modality": "denied"}),
        ("bulletin", "editor", "was tried at", "trial", {"modality": "alleged", "when": "2012-05"}),
        ("bulletin", "strike", "took place in", "aktas", {"valence": "negative"}),
        ("bulletin", "strike", "lasted", Value("seven months", f"{KZ}Quantity"), {"speakers": ("witness",)}),
    ]
    for number, (doc, subject, predicate, thing, more) in enumerate(rows, 1):
        speakers = tuple(ref(slug) for slug in more.pop("speakers", ()))
        usual: dict[str, Any] = {
            "quote": f"words {number}", "voice": "own", "polarity": "positive", "modality": "asserted",
            "certainty": None, "valence": None, "when": None, "when_words": None, "when_inferred": None,
            "said": None, "where": None, "topics": (), "cites": (), "proposition": "p", "fragment": "f",
        } | more  # fmt: skip
        yield ClaimRecord(
            iri=f"{BASE}claim/{doc}.{number:03}", document=Ref(f"{BASE}doc/{doc}", DOCUMENTS[doc]),
            document_sha256="0" * 64, start=100 * number, end=100 * number + 60, span_sha256=f"{number:064}",
            statement=f"Statement {number} says that it {predicate} something.", subject=ref(subject),
            predicate=Ref(KZ + predicate.replace(" ", "-"), predicate),
            object=thing if isinstance(thing, Value) else ref(thing), speakers=speakers, **usual,
        )  # fmt: skip


def records() -> Records:
    names = {
        "editor": (
            NameRecord("Нұрлан Ақтасов", "kk", "preferred"),
            NameRecord("Nurlan Atkasov", "en", "misspelling", (f"{BASE}doc/letter",)),
        )
    }
    return Records(
        documents=tuple(
            DocumentRecord(f"{BASE}doc/{s}", title, Ref(f"{KZ}R", "Report"), None, (), "2013", "0" * 64, 900, s)
            for s, title in DOCUMENTS.items()
        ),
        entities=tuple(
            EntityRecord(
                ref(slug).iri, Ref(f"{KZ}{family}", family), family, label, f"About {slug}.", names.get(slug, ())
            )
            for slug, (label, family) in FAMILIES.items()
        ),
        claims=tuple(make_claims()),
    )


def disputed(text: str = "The words differ") -> Disputes:
    """One conflict of each status, a side that is not on the page, and two mentions that are one origin."""

    def iri(key: str) -> str:
        return f"{BASE}claim/{key}"

    claims = {claim.iri: replace(claim, proposition=f"{BASE}proposition/{claim.iri[-3:]}") for claim in make_claims()}
    first = claims[iri("bulletin.001")]
    claims[iri("bulletin.002")] = replace(claims[iri("bulletin.002")], proposition=first.proposition)
    claims[iri("gazette.001")] = replace(
        first, iri=iri("gazette.001"), document=Ref(f"{BASE}doc/gazette", f"Gazette: {text}"), statement=text,
        quote=text, modality="alleged", speakers=(Ref(f"{BASE}id/reader", text),), proposition="q",
    )  # fmt: skip

    def conflict(name: str, status: str, *keys: str, why: str | None = None, judged: str | None = "j") -> Conflict:
        return Conflict(
            f"{BASE}conflict/{name}", "denial", status, why, ("denials",), tuple(map(iri, keys)), f"{text} ({name}).", judged
        )  # fmt: skip

    fold = Fold(iri("bulletin.002"), iri("bulletin.001"), "the same voice in the same document", "certain")
    return Disputes(
        (
            conflict("one", "explained", "bulletin.005", "bulletin.006", why="time"),
            conflict("two", "genuine", "bulletin.001", "bulletin.002", "gazette.001", "letter.003"),
            conflict("three", "unresolved", "bulletin.006", "letter.004", judged=None),
        ),
        {first.proposition: Count(2, 1, 1, 1, 1, (fold,))},
        claims,
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("page") / "page.html"
    return views.write_view(records(), target, title="Claims of the lake", disputed=disputed())


@contextmanager
def opened(browser: Browser, path: Path, address: str = "", **options: Any) -> Iterator[Page]:
    """Opens the page; afterwards, nothing may have been asked for, logged or thrown."""
    context = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce"} | options)
    page = context.new_page()
    requests: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri() + address)
    yield page
    assert [url for url in requests if not url.startswith(("data:", "blob:"))] == [path.as_uri()]
    assert said == []
    context.close()


@pytest.fixture
def show(browser: Browser, path: Path) -> Iterator[Callable[..., Page]]:
    """Opens pages and closes them with their checks at the end of the test."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda address="", **options: stack.enter_context(opened(browser, path, address, **options))


def text(page: Page, selector: str) -> str:
    return page.locator(selector).inner_text()


def on_canvas(page: Page, thing: str) -> tuple[float, float]:
    """Where on the screen a node, or the middle of a line, is drawn."""
    box = page.locator("#canvas").bounding_box()
    assert box
    at = page.evaluate("thing => document.getElementById('canvas').whereIs(thing)", thing)
    return box["x"] + at["x"], box["y"] + at["y"]


def go(page: Page, address: str) -> None:
    """Follows a link within the page."""
    page.evaluate(
        """address => new Promise((done) => {
          addEventListener('hashchange', () => requestAnimationFrame(done), { once: true });
          location.hash = address;
        })""",
        address,
    )


def test_the_page_opens_with_what_it_is_and_where_to_begin(show: Callable[..., Page]) -> None:
    page = show()
    panel = text(page, "#panel")
    assert "does not say what is true" in panel
    assert "7\nclaims" in panel
    assert page.locator("#panel .start button").count() >= 6
    assert text(page, "#status-text") == "8 nodes of 8, 7 claims of 7"


def test_the_page_forbids_itself_requests_and_other_scripts(browser: Browser, path: Path) -> None:
    page = browser.new_context().new_page()
    page.goto(path.as_uri())
    refused = page.evaluate("() => fetch('https://example.org/').then(() => 'sent', () => 'refused')")
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.hit = 1';
          document.body.append(script);
        }"""
    )
    assert refused == "refused"
    assert page.evaluate("window.hit") is None
    page.context.close()


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_inert_and_shown_as_text(browser: Browser, tmp_path: Path, hostile: str) -> None:
    from test_views import against, sample

    found = against(hostile)
    path = views.write_view(sample(hostile), tmp_path / "page.html", title=hostile, subtitle=hostile, disputed=found)
    for address in ("#n=ferryman", "#v=table", "#c=bulletin.001"):
        with opened(browser, path, address) as page:
            page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
            assert page.evaluate("window.hit") is None
            assert page.locator("img").count() == 0
            shown = page.locator("#table, #panel").all_inner_texts()
            assert any(hostile[:30].replace("\u202e", "").replace("\u2066", "")[:5] in part for part in shown)
            assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]


def test_a_name_is_found_in_any_script(show: Callable[..., Page]) -> None:
    page = show()
    for query in ("Ақтасов", "актасов", "AQTASOV", "aktasov", "Нурлан", "Atkasov"):
        page.fill("#search", query)
        assert "Nurlan Aqtasov" in text(page, "#options li >> nth=0"), query
    page.fill("#search", "Ақтас")
    assert page.locator("#options li").count() == 4
    page.fill("#search", "nobody of that name")
    assert page.locator("#options li").count() == 1


def test_search_is_a_combobox_for_the_keyboard(show: Callable[..., Page]) -> None:
    page = show()
    page.keyboard.press("/")
    page.keyboard.type("aktas")
    field = page.locator("#search")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert field.get_attribute("aria-expanded") == "false"
    assert text(page, "#panel h2") == "Aktas"
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    assert field.input_value() == "aktas" or field.get_attribute("aria-expanded") == "false"


def test_a_search_can_go_on_in_the_claims(show: Callable[..., Page]) -> None:
    page = show()
    page.fill("#search", "quay")
    page.keyboard.press("Enter")
    assert page.locator("#table tbody tr").count() == 1
    assert "seven months at the quay" in text(page, "#table tbody")


def test_the_legend_filters_and_counts(show: Callable[..., Page]) -> None:
    page = show()

    def number(facet: str, key: str) -> str:
        return text(page, f'label:has([data-facet="{facet}"][data-key="{key}"]) .number')

    assert (number("family", "person"), number("family", "event"), number("doc", "doc/letter")) == ("4", "2", "2")
    page.uncheck('[data-key="person"]')
    assert text(page, "#status-text") == "4 nodes of 8, 3 claims of 7"
    assert (number("family", "person"), number("doc", "doc/letter")) == ("4", "1")
    page.check('[data-key="person"]')
    page.uncheck('[data-key="doc/bulletin"]')
    assert text(page, "#status-text") == "3 nodes of 8, 2 claims of 7"
    assert number("family", "place") == "0"
    page.click("#reset")
    assert text(page, "#status-text") == "8 nodes of 8, 7 claims of 7"
    page.uncheck('[data-key="asserted"]')
    assert number("polarity", "negative") == "0"
    assert text(page, "#status-text").endswith("2 claims of 7")


def test_a_click_on_a_node_opens_its_claims_with_words_and_chain(show: Callable[..., Page]) -> None:
    page = show()
    page.mouse.move(*on_canvas(page, "ferryman"))
    assert page.locator("#canvas.pointing").count() == 1
    page.mouse.click(*on_canvas(page, "ferryman"))
    panel = text(page, "#panel")
    assert "“seven months at the quay”" in panel
    assert "Bulletin of the lake — the document itself" in panel
    assert "Bulletin of the lake → Harbour office → A witness" in panel
    assert "Characters 100–160" in panel
    assert "Not so" in panel
    assert page.url.endswith("#n=ferryman")


def test_a_click_on_a_line_opens_what_each_side_says(show: Callable[..., Page]) -> None:
    page = show("#n=ferryman")
    page.mouse.click(*on_canvas(page, "ferryman|joined|strike"))
    assert text(page, "#panel h2").replace("\n", " ") == JOINED
    assert page.locator("#panel .card").count() == 2
    assert page.locator("#panel .card.against").count() == 1
    assert "Some say so, some say not" in text(page, "#panel")


def test_a_panel_shows_names_values_and_what_is_said_by_a_node(show: Callable[..., Page]) -> None:
    page = show("#n=editor")
    assert "Нұрлан Ақтасов" in text(page, "#panel .names")
    assert "so printed in Letter of the harbour office" in text(page, "#panel .names .misspelt")
    assert "Alleged" in text(page, "#panel .card")
    go(page, "#n=witness")
    assert "Said by A witness" in text(page, "#panel")
    assert page.locator("#panel .card").count() == 2
    go(page, "#n=strike")
    assert "lasted: seven months" in text(page, "#panel")


def test_an_address_leads_to_a_node_a_line_and_a_claim(show: Callable[..., Page]) -> None:
    page = show("#n=harbour")
    assert text(page, "#panel h2") == "Harbour office"
    assert page.url.endswith("#n=harbour")
    go(page, "#c=letter.003")
    assert page.locator("#claim-letter\\.003.chosen details[open]").count() == 1
    assert page.evaluate("document.scrollingElement.scrollHeight") == WIDE["height"]
    assert page.locator(".card.chosen").bounding_box()["y"] < WIDE["height"]  # type: ignore[index]
    go(page, "#n=aktas&around=aktas&hops=1")
    assert page.url.endswith("#n=aktas&around=aktas&hops=1")
    assert text(page, "#status-text") == "2 nodes of 8, 2 claims of 7"
    go(page, "#n=nobody&e=x&around=y&hops=z")
    assert "does not say what is true" in text(page, "#panel")


def test_an_address_keeps_what_is_switched_off(show: Callable[..., Page]) -> None:
    page = show()
    page.uncheck('[data-key="doc/letter"]')
    page.uncheck('[data-key="place"]')
    address, status = "#" + page.url.split("#")[1], text(page, "#status-text")
    again = show(address)
    assert text(again, "#status-text") == status
    assert not again.locator('[data-key="place"]').is_checked()
    go(again, "#c=letter.003")
    assert again.locator("#claim-letter\\.003.chosen").count() == 1


def test_going_back_returns_to_what_was_chosen_before(show: Callable[..., Page]) -> None:
    page = show()
    page.click("#panel .start button:has-text('Ferry strike')")
    page.click("#panel .card > .chain .link:has-text('A witness')")
    assert text(page, "#panel h2") == "A witness"
    page.go_back()
    page.wait_for_selector("#panel h2:has-text('Ferry strike, 2011')")
    page.go_back()
    page.wait_for_selector("#home", state="hidden")


def test_the_graph_is_used_by_keyboard(show: Callable[..., Page]) -> None:
    page = show()
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    assert page.url.count("#n=") == 1
    first = text(page, "#panel h2")
    for key in ("ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    assert text(page, "#live")
    page.keyboard.press("+")
    page.keyboard.press("-")
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Escape")
    assert first
    assert page.locator("#home").is_hidden()
    assert page.evaluate("document.activeElement.id") == "canvas"


def test_one_step_around_a_node_and_back(show: Callable[..., Page]) -> None:
    page = show("#n=aktas")
    page.click(".actions button:has-text('1 step')")
    assert text(page, "#status-text") == "2 nodes of 8, 2 claims of 7"
    page.click(".actions button:has-text('2 steps')")
    assert text(page, "#status-text").startswith("5 nodes")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert text(page, "#status-text") == "8 nodes of 8, 7 claims of 7"


def test_a_page_with_a_focus_opens_on_it(browser: Browser, tmp_path: Path) -> None:
    path = views.write_view(records(), tmp_path / "page.html", title="T", focus=[f"{BASE}id/aktas"])
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto(path.as_uri())
    assert text(page, "#status-text") == "2 nodes of 8, 2 claims of 7"
    assert text(page, "#panel h2") == "Aktas"
    context.close()


def test_the_table_holds_the_same_claims_under_the_same_filters(show: Callable[..., Page]) -> None:
    page = show("#v=table")
    statements = sorted(page.locator("#table .statement").all_inner_texts())
    assert statements == sorted(claim.statement for claim in records().claims)
    page.fill("#table-filter", "WITNESS")
    assert page.locator("#table tbody tr").count() == 2
    page.fill("#table-filter", "")
    page.uncheck('[data-key="negative"]')
    assert page.locator("#table tbody tr").count() == 6
    page.click("#table th button:has-text('Claim')")
    assert page.locator("#table th[aria-sort=ascending]").inner_text().startswith("Claim")
    page.click("#table tbody .link:has-text('Aktas') >> nth=-1")
    assert page.locator("#graph").is_visible()


def card(page: Page, claim: str) -> Any:
    return page.locator(f'[id="claim-{claim}"]')


def test_a_claim_tells_who_says_otherwise_when_it_is_opened(show: Callable[..., Page]) -> None:
    page = show("#n=ferryman")
    told = card(page, "bulletin.001").locator(".conflict")
    assert told.locator("summary").inner_text() == "Genuine conflict · denial · 3 other claims"
    assert not told.locator("li").first.is_visible()
    told.locator("summary").focus()
    page.keyboard.press("Enter")
    otherwise, same = (told.locator("ul").nth(place) for place in (0, 1))
    assert "The words differ (two)." in told.inner_text()
    assert "“none of our men took part”" in otherwise.inner_text()
    assert "Letter of the harbour office — the document itself" in otherwise.inner_text()
    assert "Not so" not in same.inner_text()
    assert "Statement 2" in same.inner_text()


def test_a_side_that_is_not_on_the_page_is_told_in_words(show: Callable[..., Page]) -> None:
    page = show("#n=ferryman")
    told = card(page, "letter.003").locator(".conflict")
    told.locator("summary").click()
    side = told.locator("li", has_text="Gazette")
    assert "Alleged" in side.inner_text()
    assert "Gazette: The words differ → The words differ" in side.inner_text()
    assert "this claim is not on this page" in side.inner_text()
    assert side.locator("button").count() == 0


def test_the_other_side_of_a_conflict_is_one_step_away(show: Callable[..., Page]) -> None:
    page = show("#n=strike&no-polarity=negative")
    told = card(page, "bulletin.001").locator(".conflict")
    told.locator("summary").click()
    told.locator("li", has_text="Statement 3").locator("button").click()
    assert page.url.endswith("#c=letter.003")
    assert text(page, "#panel h2") == "The ferryman of Aktas"
    assert card(page, "letter.003").locator(".conflict[open]").count() == 1
    assert page.evaluate("document.activeElement.closest('article').id") == "claim-letter.003"
    assert page.locator('[data-key="negative"]').is_checked()
    page.go_back()
    page.wait_for_selector("#panel h2:has-text('Ferry strike, 2011')")


def test_what_is_explained_is_not_told_as_a_conflict(show: Callable[..., Page]) -> None:
    page = show("#n=strike")
    told = card(page, "bulletin.006").locator(".conflict summary").all_inner_texts()
    assert [one.split(" · ")[0] for one in told] == [
        "Unresolved conflict, judged by nobody",
        "Looks like a conflict, but they speak of different times",
    ]
    go(page, "#n=editor")
    assert page.locator("#panel .conflict.genuine, #panel .conflict.unresolved").count() == 0
    go(page, "#e=editor|was tried at|trial")
    assert "conflict" not in text(page, "#panel .kind").lower()
    go(page, "#e=ferryman|joined|strike")
    assert "In a genuine conflict" in text(page, "#panel .kind")
    assert page.locator("#live").text_content() == f"{JOINED}, 2 claims, in a genuine conflict"


def test_what_is_disputed_can_be_looked_at_alone(show: Callable[..., Page]) -> None:
    page = show()

    def number(key: str) -> str:
        return text(page, f'label:has([data-facet="dispute"][data-key="{key}"]) .number')

    assert [number(key) for key in ("genuine", "unresolved", "explained", "none")] == ["3", "2", "1", "1"]
    page.uncheck('[data-key="none"]')
    page.uncheck('[data-key="explained"]')
    assert text(page, "#status-text").endswith("5 claims of 7")
    assert page.url.endswith("no-dispute=none+explained")
    page.click('#views [data-view="table"]')
    badges = page.locator("#table .badge[class*=dispute]").all_inner_texts()
    assert sorted(badges) == ["In a genuine conflict"] * 3 + ["In an unresolved conflict"] * 2
    page.click("#reset")
    assert number("explained") == "1"


def test_disputed_lines_are_marked_by_strokes_and_not_by_colour_alone(browser: Browser, tmp_path: Path) -> None:
    pictures = []
    for found in (disputed(), None):
        path = views.write_view(records(), tmp_path / "page.html", title="T", disputed=found)
        with opened(browser, path, "#e=ferryman|joined|strike") as page:
            page.wait_for_timeout(100)
            pictures.append(page.evaluate("document.getElementById('canvas').toDataURL()"))
            legend = text(page, "#legend")
            signs = page.locator("#legend svg.line:has(.stroke-warn)").evaluate_all(
                "all => all.map((one) => one.querySelector('.stroke-warn').getAttribute('d').match(/M/g).length)"
            )
            assert signs == ([2, 1] if found else [])
            assert ("Disputed" in legend) is bool(found)
    assert pictures[0] != pictures[1]


def test_a_claim_tells_from_how_many_origins_it_comes(show: Callable[..., Page]) -> None:
    page = show("#c=bulletin.001")
    facts = text(page, "#claim-bulletin\\.001 .more-about")
    assert "Affirmed by 2 mentions in 1 document; independent origins: 1" in facts
    assert "bulletin.002 with bulletin.001: one origin, for the same voice in the same document" in facts
    go(page, "#c=letter.003")
    assert "mention" not in text(page, "#claim-letter\\.003 .more-about")


def test_the_start_leads_to_genuine_conflicts(show: Callable[..., Page]) -> None:
    page = show()
    page.click("#panel .start button:has-text('The words differ (two).')")
    assert card(page, "bulletin.001").locator(".conflict[open]").count() == 1


def test_a_conflict_is_read_on_a_narrow_screen(show: Callable[..., Page]) -> None:
    page = show("#n=ferryman", viewport=NARROW, has_touch=True)
    summary = card(page, "bulletin.001").locator(".conflict summary")
    summary.tap()
    assert summary.bounding_box()["height"] >= 24
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_lines_are_drawn_by_how_they_are_said(show: Callable[..., Page]) -> None:
    page = show()
    legend = text(page, "#legend")
    for words in ("Asserted", "Alleged", "Denied, or said not to be so", "Some say so, some say not"):
        assert words in legend
    before = page.evaluate("document.getElementById('canvas').toDataURL()")
    page.check("#speech")
    page.wait_for_timeout(100)
    assert page.evaluate("document.getElementById('canvas').toDataURL()") != before


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from test_network import synthetic

    return views.write_view(synthetic(300), tmp_path_factory.mktemp("large") / "page.html", title="Large")


def test_a_large_graph_opens_on_an_overview_and_shows_all_on_request(browser: Browser, large: Path) -> None:
    with opened(browser, large) as page:
        status = text(page, "#status-text")
        assert status.startswith("Most claimed about: ")
        assert " nodes of 300, " in status
        assert text(page, 'label:has([data-key="person"]) .number').endswith(" of 300")
        page.focus("#part")
        page.keyboard.press("Enter")
        assert text(page, "#status-text").startswith("300 nodes of 300, ")
        assert page.url.endswith("#all=1")
        page.click("#part")
        assert text(page, "#status-text") == status
        page.click('#views [data-view="table"]')
        total = status.rsplit(" ", 1)[1]
        assert text(page, "#table caption") == f"{total} claims of {total}"
        assert not page.locator("#part").is_visible()
    with opened(browser, large, "#all=1") as page:
        assert text(page, "#status-text").startswith("300 nodes of 300, ")


def test_what_the_overview_leaves_out_is_shown_with_its_neighbours(browser: Browser, large: Path) -> None:
    with opened(browser, large) as page:
        status = text(page, "#status-text")
        outside = page.evaluate(
            """() => {
              const { nodes, edges } = JSON.parse(document.getElementById('data').textContent);
              const tied = (node) => edges.some((edge) => [edge.from, edge.to].includes(node.id));
              return nodes.find((node) => !node.first && tied(node)).id;
            }"""
        )
        go(page, f"#n={outside}")
        assert page.url.endswith(f"#n={outside}&around={outside}&hops=1")
        assert page.locator('.actions [aria-pressed="true"]').inner_text() == "1 step"
        page.click("#reset")
        assert text(page, "#status-text") == status
        go(page, f"#all=1&n={outside}")
        assert page.locator('.actions [aria-pressed="true"]').inner_text() == "Whole graph"
        page.click("#part")
        assert "does not say what is true" in text(page, "#panel")


def test_a_choice_in_the_overview_says_what_is_left_out(browser: Browser, large: Path) -> None:
    with opened(browser, large, "#n=n000") as page:
        assert page.locator('.actions [aria-pressed="true"]').inner_text() == "Overview"
        assert "The overview leaves out" in text(page, "#panel")
        page.click('.actions [data-hops="0"]')
        assert text(page, "#status-text").startswith("300 nodes of 300, ")


def test_light_and_dark(show: Callable[..., Page]) -> None:
    page = show(color_scheme="dark")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 251, 249)"


def test_a_narrow_screen_has_sheets_and_no_sideways_scroll(show: Callable[..., Page]) -> None:
    page = show(viewport=NARROW, has_touch=True)
    for address in ("#n=ferryman", "#v=table", "#"):
        go(page, address)
        assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    page = show("#n=ferryman", viewport=NARROW, has_touch=True)
    page.wait_for_function("document.getElementById('panel').getBoundingClientRect().bottom <= 845")
    assert page.locator("#panel").is_visible()
    page.tap("#close")
    assert page.locator("#panel").is_hidden()
    page.tap("#filters-button")
    assert page.locator("#filters").is_visible()
    page.uncheck('[data-key="person"]')
    page.tap("#filters-close")
    assert page.locator("#filters").is_hidden()
    assert text(page, "#status-text").startswith("4 nodes")
    small = page.locator("button:visible").evaluate_all(
        "all => all.filter((b) => !b.matches('.link')).map((b) => b.getBoundingClientRect())"
        ".filter((r) => r.width < 24 || r.height < 24).length"
    )
    assert small == 0


def test_the_picture_can_be_saved(show: Callable[..., Page], tmp_path: Path) -> None:
    page = show()
    with page.expect_download() as download:
        page.click("#picture")
    target = tmp_path / "graph.png"
    download.value.save_as(target)
    assert target.read_bytes().startswith(b"\x89PNG")
    assert download.value.suggested_filename == "graph.png"


def test_without_a_script_the_claims_are_still_read(browser: Browser, path: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("noscript tbody tr").count() == 7
    assert "seven months at the quay" in page.locator("noscript table").inner_text()
    assert page.locator("noscript td:has-text('; in a genuine conflict')").count() == 3
    assert page.locator("noscript td:has-text('; only looks like a conflict')").count() == 1
    context.close()


def test_every_control_has_a_name_and_every_id_is_its_own(show: Callable[..., Page]) -> None:
    page = show("#n=strike")
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, input, a[href], canvas, [role]')]
        .filter((e) => e.checkVisibility())
        .filter((e) => !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.[0]?.textContent.trim()))
        .map((e) => e.outerHTML)"""
    )
    assert nameless == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


def test_contrast_of_text_is_enough_in_both_themes(show: Callable[..., Page]) -> None:
    for scheme in ("light", "dark"):
        page = show(color_scheme=scheme)
        colours = page.evaluate(
            """() => { const s = getComputedStyle(document.documentElement);
            return Object.fromEntries([...'bg fg muted card accent against alleged foreseen warn'.split(' '),
              ...'person group organisation office event place instrument observation issue document'.split(' ')]
              .map((n) => [n, s.getPropertyValue('--' + n).trim()])); }"""
        )
        for name, colour in colours.items():
            least = 3.0 if name in views.FAMILIES else 4.5
            if name not in ("bg", "card"):
                assert contrast(colour, colours["bg"]) >= least, (scheme, name)
                assert contrast(colour, colours["card"]) >= least, (scheme, name)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
