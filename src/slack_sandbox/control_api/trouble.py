"""`/control/faults`: what goes wrong; and whether an app's subscriptions are on."""

from starlette.requests import Request

from slack_sandbox.control_api.routing import Answer, app_of, control
from slack_sandbox.faults import MANGLED, TO_CALLS, TO_EVENTS, TO_INTERACTIONS
from slack_sandbox.hub import Hub
from slack_sandbox.shapes import Json

KINDS = {"calls": TO_CALLS, "events": TO_EVENTS, "interactions": TO_INTERACTIONS}


@control("/faults")
async def list_faults(hub: Hub, _request: Request, _body: Json) -> Answer:
    """What goes wrong at present, by which seed, and what could."""
    return {"seed": hub.faults.seed, "faults": hub.faults.as_json(), "kinds": KINDS, "how": list(MANGLED)}


@control("/faults", "POST")
async def add_fault(hub: Hub, _request: Request, body: Json) -> Answer:
    """Let something go wrong."""
    return {"ok": True, "id": hub.faults.add(body).id}


@control("/faults", "DELETE")
async def clear_faults(hub: Hub, _request: Request, _body: Json) -> Answer:
    """Nothing goes wrong any more."""
    hub.faults.remove()
    return {"ok": True}


@control("/faults/{id:int}", "DELETE")
async def remove_fault(hub: Hub, request: Request, _body: Json) -> Answer:
    """One thing less goes wrong."""
    hub.faults.remove(request.path_params["id"])
    return {"ok": True}


@control("/faults/seed", "POST")
async def seed_faults(hub: Hub, _request: Request, body: Json) -> Answer:
    """Throw the dice from the beginning, with this `seed`."""
    hub.faults.begin(int(body["seed"]))
    return {"ok": True, "seed": hub.faults.seed}


@control("/apps/{app}/subscriptions", "POST")
async def switch_subscriptions(hub: Hub, request: Request, body: Json) -> Answer:
    """Send an app its events again (`enabled`), or none."""
    app = app_of(hub, request)
    hub.courier.subscriptions.switch(app, enabled=bool(body["enabled"]))
    return {"ok": True, "subscriptions_disabled": app.subscriptions_disabled}
