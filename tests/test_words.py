"""Every sentence that people read is in all languages: none is missing, and none hides from the catalogs."""

import re
from collections.abc import Iterator
from pathlib import Path

import catalogs
import pytest
import sentences

NAMES = {"Digi", "Ctrl", "K", "Alt", "Shift", "English", "Deutsch", "Español", "Français", "العربية", "everyone"}
"""Words that are the same in every language; "@everyone" is what one types."""

KEYS = {
    *(
        "Alt",
        "ArrowDown",
        "ArrowLeft",
        "ArrowRight",
        "ArrowUp",
        "Backspace",
        "Control",
        "Ctrl",
        "Delete",
        "End",
        "Enter",
    ),
    *(
        "Escape",
        "Home",
        "Meta",
        "PageDown",
        "PageUp",
        "Process",
        "Shift",
        "Tab",
        "ContextMenu",
        "Esc",
        "Cmd",
        "Space",
        "Mod",
    ),
}
"""Names of keys, as browsers report them, and as the table of the shortcuts has them."""

SPOKEN = ("aria-label", "title", "placeholder", "alt", "label", "aria-description", "aria-roledescription")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def test_every_catalog_says_everything_and_nothing_else():
    assert not catalogs.problems()


# ── words that no catalog could find ──


def bare_words(html: str) -> list[str]:
    """Words of a piece of HTML that stand there themselves; what is filled in was taken out before."""
    html = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)
    attributes = "|".join(SPOKEN)
    spoken = [text for _, text in re.findall(rf'\s({attributes})="([^"]*)"', html)]
    texts = [*re.sub(r"<[^>]*>", "\n", html).split("\n"), *spoken]
    found = [text.strip() for text in texts if _LETTERS.search(text)]
    return [text for text in found if not set(_LETTERS.findall(text)) <= NAMES]


TEMPLATES = sorted(sentences.TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(sentences.TEMPLATES)))
def test_a_template_has_no_words_of_its_own(file: Path):
    text = re.sub(r"\{%\s*blocktrans.*?endblocktrans(late)?\s*%\}", "", file.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{% block (class|html) %\}.*?\{% endblock %\}", "", text)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    assert not bare_words(text)


def drawn(source: str) -> Iterator[str]:
    """The literal parts of each html`…` of a module, with what is filled in cut out."""
    for match in re.finditer(r"\bhtml`", source):
        at, depth, text = match.end(), 0, ""
        while at < len(source):
            two, one = source[at : at + 2], source[at]
            if depth == 0 and one == "`":
                break
            if two == "${":
                depth, at = depth + 1, at + 2
            elif depth and one == "`":
                at = _after_template(source, at + 1)
            elif depth and one in "{}":
                depth, at = depth + (1 if one == "{" else -1), at + 1
            else:
                text, at = text if depth else text + one, at + 1
        yield text


def _after_template(source: str, at: int) -> int:
    """Behind the template that began before `at`, with all that is nested in it."""
    depth = 0
    while at < len(source):
        if depth == 0 and source[at] == "`":
            return at + 1
        if source[at : at + 2] == "${":
            depth, at = depth + 1, at + 2
        elif depth and source[at] == "`":
            at = _after_template(source, at + 1)
        else:
            depth += (source[at] == "{") - (source[at] == "}") if depth else 0
            at += 1
    return at


_STRING = r'"(?:[^"\\\n]|\\.)*"'


def without_calls(source: str) -> str:
    """The source without all that is handed to `t` or `n`."""
    kept, at = "", 0
    while begins := re.compile(r"(?<![\w.$])[tn]\(").search(source, at):
        kept += source[at : begins.start()]
        depth, at = 1, begins.end()
        while depth and at < len(source):
            string = re.compile(_STRING).match(source, at)
            depth += {"(": 1, ")": -1}.get(source[at], 0)
            at = string.end() if string else at + 1
    return kept + source[at:]


def loose_sentences(source: str) -> list[str]:
    """Strings that read like something to show, and are not handed to `t` or `n`."""
    source = re.sub(r"/\*.*?\*/|(?<![:\"'`\\])//[^\n]*", "", source, flags=re.DOTALL)
    source = without_calls(source)
    source = re.sub(r"(console\.\w+|new \w*Error)\([^)]*\)", "", source)
    source = re.sub(r"import\([^)]*\),\s*\"\w+\"", "", source)  # what a module exports, brought by `Screen.load`
    source = re.sub(r"\"\w+\" in \w+", "", source)  # whether an object has it
    strings = [text[1:-1] for text in re.findall(_STRING, source)]
    return [text for text in strings if re.match(r"[A-Z][a-z]+([ ,.…!?]|$)", text) and text not in KEYS | NAMES]


SCRIPTS = [file for file in sentences.scripts() if file.name != "language.js"]


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: str(file.relative_to(sentences.SCRIPTS)))
def test_a_module_has_no_words_of_its_own(file: Path):
    source = file.read_text("utf-8")
    assert not [word for text in drawn(source) for word in bare_words(text)]
    assert not loose_sentences(source)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<button aria-label="Close" class="big one"></button>', ["Close"]),
        ('<a href="/people/">· #</a>', []),
        ("<b>Digi</b>", []),
    ],
)
def test_bare_words_are_found(html, words):
    assert bare_words(html) == words


def test_what_is_filled_in_is_no_bare_word():
    source = 'const a = html`<p title=${t("Hi")}>${x ? html`<b>Inner</b>` : "no"} outer</p>`;'
    assert [bare_words(text) for text in drawn(source)] == [["outer"], ["Inner"]]
    assert not loose_sentences('t("Mute (a) {name}", { name: title(state.peek(), room), other: "Also handed over" });')
    assert not loose_sentences('load(() => import("./a.js"), "Dialog"); if ("Notification" in window) go("Mod");')
    assert loose_sentences('load(() => import("./a.js"), "Say this", "Dialog");') == ["Say this", "Dialog"]
    assert loose_sentences('const a = t("Hello there"); const b = "Left alone"; if (key === "Escape") go();') == [
        "Left alone"
    ]


def braced(words: str) -> str:
    return re.sub(r"%\((\w+)\)s", r"{\1}", words)


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_what_the_server_paints_and_the_client_draws_has_one_translation(language: str):
    """Else words change before the reader's eyes when the island takes the place of the first paint."""
    client = catalogs.read_browser(language)
    said = [message for message in catalogs.read_server(language) if message.id and not message.pluralizable]
    pairs = {braced(str(message.id)): braced(str(message.string)) for message in said}
    shared = {words: translation for words, translation in pairs.items() if words in client}
    assert len(shared) > 100
    assert shared == {key: client[key] for key in shared}
