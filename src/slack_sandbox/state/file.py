"""Files that people and apps have uploaded or linked."""

from dataclasses import dataclass, field

from slack_sandbox.shapes import Json


@dataclass(slots=True)
class File:
    """A file, its content and where it is shared."""

    id: str
    name: str
    title: str
    user: str
    created: int
    size: int = 0
    mimetype: str = "application/octet-stream"
    content: str = ""
    """Base64. Nothing for a file that lies elsewhere."""
    alt_txt: str = ""
    snippet_type: str = ""
    mode: str = "hosted"
    """hosted, snippet, external or canvas."""
    app_id: str = ""
    external_id: str = ""
    external_url: str = ""
    shares: Json = field(default_factory=dict)
    """Channel id -> ts of the messages that show it."""
    is_complete: bool = False
    """Whether the upload is over; until then nobody sees it."""
    is_deleted: bool = False
    public_url_shared: bool = False

    @property
    def extension(self) -> str:
        """What stands after the last point of its name."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""
