"""The samples and promises of the how-tos, as tests want them."""

import re
from dataclasses import dataclass
from pathlib import Path

HOWTO = Path(__file__).parents[2] / "docs" / "howto"
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r"# ([\w./-]+)(?:, .*)?")
NAMES = re.compile(r"^(?:- )?(It|`[@\w]+`) may name: (.*?)\.$", re.MULTILINE | re.DOTALL)
MISTAKE = re.compile(r"^\| `(.+?)` \| `(.+?)` \|$", re.MULTILINE)


@dataclass(frozen=True)
class Sample:
    """A file that a page shows: its first line says what it is called."""

    page: str
    title: str
    source: str

    @property
    def path(self) -> str:
        """The file, relative to where Response runs."""
        match = TITLE.fullmatch(f"# {self.title}")
        assert match
        return match[1]

    def write(self, folder: Path) -> Path:
        """Write the file into a folder, and return where."""
        file = folder / self.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.source)
        return file


def pages() -> dict[str, str]:
    """Return the how-tos by their file names."""
    return {page.name: page.read_text("utf-8") for page in sorted(HOWTO.glob("*.md"))}


def blocks(text: str, *languages: str) -> list[str]:
    """Return what stands in a page's fences of these languages."""
    return [body for language, body in FENCED.findall(text) if language in languages]


def samples() -> dict[str, Sample]:
    """Return the files that the how-tos show, by page and title."""
    found: dict[str, Sample] = {}
    for page, text in pages().items():
        for body in blocks(text, "python", "toml"):
            if TITLE.fullmatch(title := body.partition("\n")[0]):
                sample = Sample(page, title.removeprefix("# "), body)
                assert f"{page}: {sample.title}" not in found, f"{page} shows two files as {sample.title}"
                found[f"{page}: {sample.title}"] = sample
    return found


def console(page: str) -> list[tuple[str, str]]:
    """Return the commands of a page's consoles, each with what it prints."""
    text = "".join(blocks(pages()[page], "console"))
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    return [(command, output) for command, _, output in (part.partition("\n") for part in parts)]


def promised_names(page: str) -> dict[str, list[str]]:
    """Return what a page says that handlers may name, by who may."""
    return {who.strip("`@"): re.findall(r"`(\w+)`", names) for who, names in NAMES.findall(pages()[page])}


def mistakes(page: str) -> list[tuple[str, str]]:
    """Return what a page says about mistakes: what somebody wrote, and the sentence."""
    _, _, text = pages()[page].partition("## Mistakes")
    return MISTAKE.findall(text)
