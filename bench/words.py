"""What people write during incidents, made up: the same seed says the same."""

from random import Random


def each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


SERVICES = each(
    "payments checkout search login catalogue invoices notifications ledger gateway webhooks reports mobile-api "
    "image-resizer session-store rate-limiter feature-flags scheduler mailer exports billing inventory shipping "
    "recommendations fraud-check identity audit-log warehouse support-desk status-page partner-feed"
)
SYMPTOMS = (
    "returns 502 for one request in five",
    "is slow: the median is above four seconds",
    "answers with an empty list",
    "drops messages that are larger than a megabyte",
    "rejects every certificate since midnight",
    "has run out of connections to the database",
    "restarts in a loop after the deploy",
    "sends every e-mail twice",
    "shows prices in the wrong currency",
    "cannot be reached from the mobile application",
    "loses sessions when people change the language",
    "has a queue that grows and does not shrink",
)
CAUSES = (
    "the connection pool is exhausted",
    "a migration holds a lock on the orders table",
    "the certificate of the internal proxy has expired",
    "a retry storm from the mobile clients",
    "the disk of the primary is full",
    "a feature flag was switched on for everybody",
    "the provider changed the shape of their answer",
    "memory grows until the kernel ends the process",
    "a cache was emptied and everything hits the database",
    "two versions of the schema are live at the same time",
)
REMARKS = (
    "Rolling back {service} to {release}",
    "{service} {symptom}, I am looking at the graphs",
    "I think {cause}. Can somebody confirm?",
    "Confirmed: {cause}. {service} recovers when it is restarted",
    "Customer {customer} reports that {service} {symptom}",
    "Error rate of {service} is down to {percent} % in {region}",
    "Taking {region} out of rotation for {service}",
    "Support has answered {count} tickets about {service}; most come from {region}",
    "Deployed {release} to {region}, watching the dashboards for {count} minutes",
    "*{service}* is healthy again in {region} :tada:",
    "Opened ticket {ticket} with the provider: {cause}",
    "The alert `{service}_latency_high` fired {count} times, <https://graphs.example.com/{ticket}|graph>",
    "Could you look at {ticket}, <@{person}>? It says that {cause}",
    "&gt; {service} {symptom}\nThat was true at noon; since {release} it is not any more",
)
SUMMARIES = (
    "{service} {symptom}. We believe that {cause}. {release} is being rolled back in {region}, and {service2} depends.",
    "Since {release} was deployed to {region}, {service} {symptom}. The reason: {cause}.",
    "{service} and {service2} are affected. {customer} was the first to tell us, in {ticket}.",
)
IMPACTS = (
    "About {percent} % of the requests to {service} in {region} fail.",
    "Customers such as {customer} cannot use {service}. {count} tickets so far.",
    "Nobody outside notices yet; {service2} will run out of room in {count} hours.",
)
TASKS = (
    "Add an alert for the case that {cause}",
    "Write down how {service} is rolled back",
    "Tell {customer} what happened, see {ticket}",
    "Limit how often {service} may call {service2}",
    "Test in {region} what happens when {service} is away",
)
REGIONS = each("eu-west eu-north us-east us-west ap-south ap-east sa-east af-south")
FIRST = each(
    "Ada Bram Chidi Dana Emre Fatou Goran Hana Imani Jonas Kaito Lena Mateo Nia Omar Priya Quinn Rosa Sven Tala Uma "
    "Viktor Wren Xiomara Yusuf Zofia"
)
LAST = each(
    "Abara Berg Castillo Dube Eriksen Farah Gruber Haddad Ivanov Jansen Kowalski Lindqvist Moreau Nakamura Okafor "
    "Petrov Quispe Rossi Sandoval Tanaka Ueda Varga Weiss Xu Yilmaz Zhang"
)


class Writer:
    """Somebody who has something to say about everything."""

    def __init__(self, chance: Random, people: int) -> None:
        self.chance = chance
        self.people = people

    def report(self) -> str:
        return self.say(("{service} {symptom}",))

    def remark(self) -> str:
        return self.say(REMARKS)

    def summary(self) -> str:
        return self.say(SUMMARIES)

    def impact(self) -> str:
        return self.say(IMPACTS)

    def task(self) -> str:
        return self.say(TASKS)

    def name(self, number: int) -> tuple[str, str]:
        """Return somebody's full name and what they call themselves."""
        first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
        return f"{first} {last}", f"{first.lower()}{number}"

    def say(self, ways: tuple[str, ...]) -> str:
        chance = self.chance
        number = int(chance.random() * 1_000_000)
        return ways[number % len(ways)].format(
            service=SERVICES[int(chance.random() ** 2 * len(SERVICES))],  # some are in trouble more often
            service2=SERVICES[number % len(SERVICES)],
            symptom=SYMPTOMS[number // 7 % len(SYMPTOMS)],
            cause=CAUSES[number // 11 % len(CAUSES)],
            region=REGIONS[number // 13 % len(REGIONS)],
            release=f"release-{number % 5000}",
            ticket=f"OPS-{number // 10}",
            customer=f"{LAST[number % len(LAST)]} & {LAST[number // 26 % len(LAST)]}",
            person=f"U{number % self.people + 1:07d}",
            percent=number % 60 + 1,
            count=number % 40 + 2,
        )
