"""The page of the API, made of its description (/api/openapi.json)."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

HEAD = [
    "# The API",
    "",
    "JSON at `<SITE_URL>/api/`. Operators find the same as OpenAPI at `/api/openapi.json`,",
    "and can try it at `/api/docs`.",
    "",
    "```console",
    '$ curl --header "Authorization: Bearer $TOKEN" https://response.example.com/api/incidents?status=open',
    "```",
    "",
]


def page(description: Json) -> str:
    """Return the page of a description."""
    shapes: Json = description["components"]["schemas"]
    lines = [
        *HEAD,
        description["info"]["description"],
        "## Requests",
        "",
        "| Request | What it does | Takes | Answers |",
        "|---|---|---|---|",
    ]
    for path, methods in description["paths"].items():
        lines += [request(f"{method.upper()} {path}", operation) for method, operation in methods.items()]
    for name, shape in shapes.items():
        if not name.startswith("Page_") and name in used(description):
            lines += ["", f"## {name}", "", *fields(shape)]
    return "\n".join(lines) + "\n"


def request(name: str, operation: Json) -> str:
    """Return a row."""
    queries = [each for each in operation.get("parameters", ()) if each["in"] == "query"]
    takes = [
        f"`{each['name']}`" + note(each.get("description") or each["schema"].get("description")) for each in queries
    ]
    takes += [shape_of(content["schema"]) for content in operation.get("requestBody", {}).get("content", {}).values()]
    [(status, answer)] = operation["responses"].items()
    answered = [shape_of(content["schema"]) for content in answer["content"].values()]
    does = ". ".join(filter(None, [operation["summary"], operation.get("description")])).rstrip(".") + "."
    return f"| `{name}` | {does} | {', '.join(takes)} | {status} {', '.join(answered)} |"


def note(text: str | None) -> str:
    return f" ({text.rstrip('.')})" if text else ""


def shape_of(schema: Json) -> str:
    """Return a link to a shape, or a page of it."""
    name = schema["$ref"].rpartition("/")[2]
    if name.startswith("Page_"):
        inner = name.removeprefix("Page_").removesuffix("_")
        return f"a page of [{inner}](#{inner.lower()})"
    return f"[{name}](#{name.lower()})"


def fields(shape: Json) -> Iterator[str]:
    """Return a shape's sentence and fields."""
    yield from [shape.get("description", ""), "", "| Field | Holds | |", "|---|---|---|"]
    for name, field in shape["properties"].items():
        mark = " (needed)" if name in shape.get("required", ()) and shape.get("additionalProperties") is False else ""
        yield f"| `{name}`{mark} | {holds(field)} | {field.get('description', '')} |"


def holds(field: Json) -> str:
    """Return in words what a field may hold."""
    if "anyOf" in field:
        return ", or ".join(dict.fromkeys(holds(each) for each in field["anyOf"]))
    if "$ref" in field:
        return shape_of(field)
    if "enum" in field or "const" in field:
        return ", ".join(f"`{value}`" for value in field.get("enum", [field.get("const")]))
    if field.get("type") == "array":
        return f"list of {holds(field['items'])}"
    return {
        "date-time": "moment",
        "null": "`null`",
        "string": "text",
        "integer": "number",
        "boolean": "true or false",
    }.get(field.get("format") or field.get("type", ""), field.get("type", "anything"))


def used(description: Json) -> set[str]:
    """Return the shapes that a request takes or an answer holds, and those within them."""
    shapes: Json = description["components"]["schemas"]
    found, left = set(), list(references(description["paths"]))
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += references(shapes[name])
    return found


def references(part: Any) -> Iterator[str]:
    """Return the names of the shapes that something refers to."""
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].rpartition("/")[2]
        for each in part.values():
            yield from references(each)
    elif isinstance(part, list):
        for each in part:
            yield from references(each)
