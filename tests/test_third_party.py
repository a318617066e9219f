"""The built pages use no other host: what the build finds, and the policy under which browsers refuse the rest."""

import base64
import hashlib
import re
import sysconfig
from pathlib import Path
from types import SimpleNamespace

import pytest
from test_book import HEAD, ROOT, small_book

import offline
from content_policy import TAG, guarded, inline, policy
from expected_scripts import EXPECTED
from third_party import faults

PLANTED = """# Start

```{raw} html
<img src="https://pictures.org/a.png" alt="A"><a href="https://linked.org/">A link may lead anywhere.</a>
```
"""


def site(folder, name, text):
    """Write one file of a site and return what is wrong with it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return list(faults(folder))


def test_a_planted_image_and_script_stop_the_build_and_nothing_else_is_found(tmp_path):
    book = small_book(tmp_path, {"intro": HEAD + PLANTED})
    book.write("book/_static/planted.js", "fetch('https://data.org/')")
    code, output = book.build()
    assert code != 0
    assert re.findall(r"third party: (.+?)\x1b?(?:\[|$)", output, re.MULTILINE) == [
        "_static/planted.js has a script that names data.org",
        "_static/planted.js has a script that names fetch",
        "index.html loads https://pictures.org/a.png",
        "intro.html loads https://pictures.org/a.png",
    ]
    assert (
        book.page("intro").count("Content-Security-Policy") == book.page("search").count("Content-Security-Policy") == 1
    )
    site_root = tmp_path / "_build" / "html"
    assert [name for name in EXPECTED if name.startswith("_static") and not (site_root / name).is_file()] == []


@pytest.mark.parametrize(
    "element",
    [
        '<script src="{}"></script>',
        '<script src="//h.org/a"></script>',
        '<link rel="stylesheet" href="{}">',
        '<link rel="preconnect" href="{}">',
        '<link href="{}">',
        '<link rel="canonical prefetch" href="{}">',
        '<img src="b.png" srcset="b.png 1x, {} 2x">',
        '<video poster="{}"></video>',
        '<iframe src="{}"></iframe>',
        '<object data="{}"></object>',
        '<form action="{}"></form>',
        '<button formaction="{}"></button>',
        '<svg><use xlink:href="{}"/></svg>',
        '<base href="{}">',
        '<meta http-equiv="refresh" content="0; url={}">',
        '<a href="b.html" ping="{}">b</a>',
        '<p style="background: url({})">b</p>',
        "<style>@import '{}';</style>",
        '<img src="file:///b.png">',
    ],
)
def test_whatever_makes_a_browser_fetch_is_found(tmp_path, element):
    assert len(site(tmp_path, "a.html", element.replace("{}", "https://h.org/a"))) == 1


@pytest.mark.parametrize(
    "element",
    [
        '<a href="https://h.org/a">a</a>',
        '<link rel="license" href="https://h.org/a">',
        '<img src="_images/b.png"><img src="data:image/png;base64,AA">',
        "<code>fetch('https://h.org/a')</code>",
        '<svg xmlns="http://www.w3.org/2000/svg"><use href="#b"/></svg>',
        '<script type="module" src="_static/b.js"></script><style>p { background: url(b.png) }</style>',
    ],
)
def test_links_and_files_of_the_book_are_free(tmp_path, element):
    assert site(tmp_path, "a.html", element) == []


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("a.css", "p { background: url( 'https://h.org/a.png' ) }", "loads https://h.org/a.png"),
        ("a.css", '@import "//h.org/a.css";', "loads //h.org/a.css"),
        ("a.svg", '<svg><image href="http://h.org/a.png"/></svg>', "loads http://h.org/a.png"),
        ("a.js", "new WebSocket(a)", "has a script that names WebSocket"),
        ("a.js", "document.cookie = 1", "has a script that names document.cookie"),
        ("a.js", "const a = `//h.org/b`", "has a script that names h.org"),
        ("a.html", "<script>sessionStorage.a = 1</script>", "has a script that names sessionStorage"),
        ("a.html", "<button onclick=\"fetch('b')\">b</button>", "has a script that names fetch"),
        ("a.html", "<html><head></head></html>", "carries no policy"),
        ("_static/formulas.js", "localStorage.a = fetch(b)", "has a script that names fetch"),
    ],
)
def test_what_styles_drawings_and_scripts_would_use_is_found(tmp_path, name, text, fault):
    assert site(tmp_path, name, text) == [f"{name} {fault}"]


def test_the_policy_lists_the_hash_of_every_script_and_handler_of_a_page():
    page = "<head></head><script>\nlet a = '<b>';\n</script><button class='x' onclick='go(\"&amp;\")'></button>"
    found = inline(page + '<script type="text/x-data">{}</script><script src="b.js"></script>')
    assert (found.scripts, found.handlers) == ({"\nlet a = '<b>';\n"}, {'go("&")'})
    digest = base64.b64encode(hashlib.sha256(b'go("&")').digest()).decode()
    assert f"'sha256-{digest}'" in policy(found.handlers)


def test_the_policy_names_no_host_and_lets_no_other_text_run():
    directives = dict(one.split(" ", 1) for one in policy([]).split("; "))
    assert directives["default-src"] == "'self' file:"
    assert directives["script-src"] == "'self' file: 'unsafe-hashes'"
    assert {word for one in directives.values() for word in one.split()} == {
        "'self'", "file:", "data:", "'unsafe-inline'", "'unsafe-hashes'", "'none'"
    }  # fmt: skip
    assert [name for name, sources in directives.items() if "'unsafe-inline'" in sources] == ["style-src"]


def test_a_second_build_replaces_the_policy():
    once = guarded("<html><head><title>A</title></head></html>", ["a()"])
    assert once.startswith("<html><head>\n" + TAG.format(policy(["a()"])))
    assert guarded(once, ["b()"]) == guarded("<html><head><title>A</title></head></html>", ["b()"])


def test_what_the_explorer_of_formulas_loads_is_kept(tmp_path):
    carried = Path(sysconfig.get_path("purelib"), "sphinx-mathjax-offline", "static", "mathjax")
    kept = tmp_path / "_static" / "mathjax"
    for path in carried.rglob("*"):
        if path.is_file():
            (kept / path.relative_to(carried)).parent.mkdir(parents=True, exist_ok=True)
            (kept / path.relative_to(carried)).write_text("", encoding="utf-8")
    offline.prune_mathjax(SimpleNamespace(outdir=tmp_path), None)
    loaded = (
        "input/mml",
        "a11y/sre",
        "a11y/semantic-enrich",
        "a11y/explorer",
        "a11y/assistive-mml",
        "ui/menu",
        "startup",
        *offline.PARTS,
    )
    assert [name for name in loaded if not (kept / f"{name}.js").is_file()] == []
    assert (kept / "sre" / "mathmaps" / "en.json").is_file()
    assert not list(kept.rglob("*svg*"))


def test_every_exception_has_a_reason():
    assert all(len(reason.split()) >= 4 for names in EXPECTED.values() for reason in names.values())
    assert not (ROOT / "book" / "_static" / "planted.js").exists()
