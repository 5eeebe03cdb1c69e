"""What is said of somebody who signs in, in Slack's claims: as much as the scopes allow."""

from slack_sandbox.hub import Hub
from slack_sandbox.oauth.grants import Grant
from slack_sandbox.payloads.people import SIZES, pictures
from slack_sandbox.shapes import Json
from slack_sandbox.state.person import Person

TEAM_SIZES = (34, 44, 68, 88, 102, 132, 230)
LIFETIME = 300


def identity(hub: Hub, person: Person) -> Json:
    """Who it is: all that the scope `openid` alone tells."""
    return {
        "sub": person.id,
        "https://slack.com/user_id": person.id,
        "https://slack.com/team_id": person.team_id or hub.workspace.team.id,
    }


def user_info(hub: Hub, grant: Grant) -> Json:
    """What openid.connect.userInfo answers."""
    person, team = hub.workspace.people[grant.user_id], hub.workspace.team
    said = identity(hub, person)
    if "email" in grant.scopes:
        said |= {
            "email": person.email or "",
            "email_verified": bool(person.email),
            "date_email_verified": person.updated,
        }
    if "profile" in grant.scopes:
        first, _, last = person.real_name.partition(" ")
        said |= {"name": person.real_name, "given_name": first, "family_name": last, "locale": "en-US"}
        said |= {"picture": pictures(hub, person.id, (192,))["image_192"]}
        said |= {f"https://slack.com/user_{size}": url for size, url in pictures(hub, person.id, SIZES).items()}
        said |= {"https://slack.com/team_name": team.name, "https://slack.com/team_domain": team.domain}
        said |= {f"https://slack.com/team_{size}": url for size, url in pictures(hub, team.id, TEAM_SIZES).items()}
        said |= {"https://slack.com/team_image_default": True}
    return said


def id_token(hub: Hub, grant: Grant, client_id: str) -> Json:
    """The claims of the id_token."""
    now = int(hub.clock.now())
    frame = {"iss": hub.base_url, "aud": client_id, "exp": now + LIFETIME, "iat": now, "auth_time": int(grant.given)}
    nonce = {"nonce": grant.nonce} if grant.nonce else {}
    return {**frame, **nonce, **user_info(hub, grant)}
