"""What is wrong with a request, as JSON: `detail` in a sentence, and `errors` with the fields it is about."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel

from response.core.errors import UserError

NO_TOKEN = "Send a token that is not revoked: `Authorization: Bearer rsp_…`. `response create-token` makes one."  # noqa: S105


class FieldError(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(BaseModel):
    """Why the request was refused."""

    detail: str
    errors: list[FieldError] = []


class Refused(Exception):
    """A value that cannot be taken, for a reason that only the record knows."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def problem(status: HTTPStatus, detail: str, errors: Sequence[FieldError] = ()) -> HttpResponse:
    """Return the answer that says why."""
    return JsonResponse(Problem(detail=detail, errors=list(errors)).model_dump(), status=status)


def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name the fields that are wrong."""
    return wrong_fields([FieldError(field=field_of(each["loc"]), message=sentence(each)) for each in error.errors])


def wrong_fields(errors: Sequence[FieldError]) -> HttpResponse:
    named = " ".join(f"{error.field}: {error.message}" if error.field else error.message for error in errors)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, named, errors)


def field_of(place: Sequence[str | int]) -> str:
    """Return the field's name: its place without where that is, and without what Python calls the parameter."""
    source, *rest = place
    steps = rest[1:] if source in {"body", "query"} and len(rest) > 1 else rest
    return ".".join(str(step) for step in steps if step != "body")


def sentence(mistake: Mapping[str, Any]) -> str:
    """Return what is wrong, ending with a full stop."""
    if mistake["type"] == "extra_forbidden":
        return "There is no such field."
    return str(mistake["msg"]).removeprefix("Value error, ").rstrip(".") + "."


def refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    return wrong_fields([FieldError(field=error.field, message=str(error))])


def not_possible(_request: HttpRequest, error: UserError) -> HttpResponse:
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))


def nobody(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    answer = problem(HTTPStatus.UNAUTHORIZED, NO_TOKEN)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return problem(HTTPStatus.BAD_REQUEST, "The body is not JSON.")
    return problem(HTTPStatus(error.status_code), error.message)


def missing(_request: HttpRequest, _error: Exception | None = None) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, "There is nothing here. /api/docs lists what there is.")


def too_large(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is larger than 1 MB.")


ANSWERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    ValidationError: invalid,
    Refused: refused,
    UserError: not_possible,
    AuthenticationError: nobody,
    HttpError: http_error,
    Http404: missing,
    RequestDataTooBig: too_large,
}


def listen(api: NinjaAPI) -> None:
    """Have the API answer with a problem wherever it refuses."""
    for error, answer in ANSWERS.items():
        api.add_exception_handler(error, answer)
