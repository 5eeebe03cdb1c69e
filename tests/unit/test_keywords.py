"""Which words and phrases a keyword handler hears."""

from collections.abc import Iterator

import pytest

from response.plugins import registry
from response.plugins.registry import Handler


@pytest.fixture
def runbooks() -> Iterator[Handler]:
    """A handler that hears two spellings."""

    def hear(text: str) -> str:
        return text

    handler = Handler("keyword", ("runbook", "run book"), hear)
    registry.keywords.add(handler)
    yield handler
    for name in handler.names:
        registry.keywords.remove(name)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Where is the runbook?", "runbook"),
        ("RUNBOOK!", "runbook"),
        ("a run   book", "run book"),
        ("run\nbook", "run book"),
        ("runbook or run book", "runbook"),
    ],
)
def test_keywords_are_words_and_phrases(runbooks: Handler, text: str, word: str) -> None:
    assert registry.keywords_in(text) == [(runbooks, word)]


@pytest.mark.parametrize("text", ["", "runbooks", "prerunbook", "run the book", "*"])
def test_an_unknown_word_is_no_keyword(runbooks: Handler, text: str) -> None:
    assert registry.keywords_in(text) == []
