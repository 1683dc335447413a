"""Who is heard, in which voice and about whom, and what rests on one kind of speaker alone.

A claim rests on its innermost speaker; the others of the chain pass it on. Which agents are officials, unnamed or
bodies of several states is what ``queries/records/agent-kinds.rq`` says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import NotFound
from ..names import resolve
from ..namespaces import shorten
from ..reading import rows
from ..records import ClaimRecord, Ref, read
from .rivals import scope, touches

if TYPE_CHECKING:
    from ..paths import Root
    from ..store import Store

OFFICIAL, UNNAMED = "official", "unnamed"  # as agent-kinds.rq names them
PERSON, BODY, DOCUMENT = "person", "body", "document"

_AGENTS = ("person", "organisation", "group")


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker: in how many claims, in which voice, about how many agents, in how many documents.

    ``claims`` counts every chain that the speaker stands in, ``resting`` those with nobody behind; voices, judgements
    and ``about`` are counted over what rests on the speaker. A document that speaks for itself is a speaker of its own.
    """

    agent: Ref
    kinds: tuple[str, ...]
    claims: int = 0
    resting: int = 0
    own: int = 0
    direct: int = 0
    indirect: int = 0
    praising: int = 0
    blaming: int = 0
    about: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom a speaker speaks about: in how many claims, and how many of them judge well or badly."""

    agent: Ref
    claims: int
    praising: int
    blaming: int
    documents: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """A speaker with whom they speak about, who passes them on, whom they pass on, and who speaks about them.

    ``passed_on_by`` names the speaker before this one in each chain, or the document where there is none.
    """

    voice: Voice
    about: tuple[Aim, ...]
    passed_on_by: tuple[tuple[Ref, int], ...]
    passing_on: tuple[tuple[Ref, int], ...]
    spoken_about_by: tuple[Aim, ...]
    claims: tuple[ClaimRecord, ...]


@dataclass(frozen=True, slots=True)
class Resting:
    """A proposition whose affirming claims all rest on one kind of speaker, or on one speaker."""

    proposition: str
    speakers: tuple[Ref, ...]
    claims: tuple[ClaimRecord, ...]


@dataclass(frozen=True, slots=True)
class Hearing:
    """The claims of a graph with what kind of speaker each agent is."""

    claims: tuple[ClaimRecord, ...]
    families: dict[str, str]
    special: dict[str, frozenset[str]]

    def kinds(self, agent: Ref) -> tuple[str, ...]:
        """Gives what kind of speaker an agent is: as a rule one word; an unnamed official is both."""
        special = self.special.get(agent.iri, frozenset())
        family = self.families.get(agent.iri, "document")
        own = {"person": (PERSON,), "document": (DOCUMENT,), "group": (PERSON,)}.get(family, (BODY,))
        if not special:
            return own
        return (*sorted(special), *(own if family == "person" else ()))

    def agents(self, claim: ClaimRecord) -> tuple[Ref, ...]:
        """Gives the persons, groups and organisations that a claim is about."""
        ends = dict.fromkeys(ref for ref in (claim.subject, claim.object) if isinstance(ref, Ref))
        return tuple(ref for ref in ends if self.families.get(ref.iri) in _AGENTS)


def hear(store: Store, root: Root | None = None) -> Hearing:
    """Gives the claims of a graph with who is official, unnamed or intergovernmental."""
    special: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, "agent-kinds", root):
        special[row["agent"].value].add(row["kind"].value)
    records = read(store, root)
    families = {entity.iri: entity.family for entity in records.entities}
    return Hearing(records.claims, families, {agent: frozenset(kinds) for agent, kinds in special.items()})


def rests_on(claim: ClaimRecord) -> Ref:
    """Gives on whose word a claim rests: the innermost speaker, or the document where nobody else speaks."""
    return claim.speakers[-1] if claim.speakers else claim.document


def voices(hearing: Hearing) -> tuple[Voice, ...]:
    """Gives every speaker, documents that speak for themselves among them: those with the most claims first."""
    chains: dict[Ref, list[ClaimRecord]] = defaultdict(list)
    for claim in hearing.claims:
        for speaker in dict.fromkeys(claim.speakers or (claim.document,)):
            chains[speaker].append(claim)
    found = [_voice(hearing, speaker, claims) for speaker, claims in chains.items()]
    return tuple(sorted(found, key=lambda voice: (-voice.claims, voice.agent.label, voice.agent.iri)))


def _voice(hearing: Hearing, speaker: Ref, claims: list[ClaimRecord]) -> Voice:
    resting = [claim for claim in claims if rests_on(claim) == speaker]
    kinds = (DOCUMENT,) if any(not claim.speakers for claim in claims) else hearing.kinds(speaker)
    about = {agent for claim in resting for agent in hearing.agents(claim) if agent != speaker}
    return Voice(
        speaker,
        kinds,
        len(claims),
        len(resting),
        sum(claim.voice == "own" for claim in resting),
        sum(claim.voice == "direct" for claim in resting),
        sum(claim.voice == "indirect" for claim in resting),
        sum(_judges(claim) == "positive" for claim in resting),
        sum(_judges(claim) == "negative" for claim in resting),
        len(about),
        len({claim.document for claim in claims}),
    )


def _judges(claim: ClaimRecord) -> str | None:
    """Gives how a claim judges; what it denies its speaker does not think."""
    return claim.valence if claim.polarity == "positive" and claim.modality != "denied" else None


def portrait(store: Store, name: str, root: Root | None = None) -> Portrait:
    """Gives a speaker with whom they speak about and through whom they are heard.

    Raises:
        NotFound: Nothing is named so, or what is named so is never heard.
    """
    agent = resolve(store, name)
    hearing = hear(store, root)
    claims = [claim for claim in hearing.claims if agent in (claim.speakers or (claim.document,))]
    spoken = [claim for claim in hearing.claims if agent in hearing.agents(claim) and rests_on(claim) != agent]
    if not claims:
        heard = f"{len(spoken)} claims are about it." if spoken else "No claim is about it either."
        hint = f"{heard} `kzgraph query spoken-about-never-heard` lists who else is not heard."
        raise NotFound(f"“{agent.label}” is not heard in these documents.", where=shorten(agent.iri), hint=hint)
    before: Counter[Ref] = Counter()
    behind: Counter[Ref] = Counter()
    for claim in claims:
        chain = (claim.document, *claim.speakers)
        place = chain.index(agent)
        if place:
            before[chain[place - 1]] += 1
        if claim.speakers and place + 1 < len(chain):
            behind[chain[place + 1]] += 1
    resting = [claim for claim in claims if rests_on(claim) == agent]
    return Portrait(
        _voice(hearing, agent, claims),
        _aims((other, claim) for claim in resting for other in hearing.agents(claim) if other != agent),
        _counted(before),
        _counted(behind),
        _aims((rests_on(claim), claim) for claim in spoken),
        tuple(claims),
    )


def _aims(pairs: Iterable[tuple[Ref, ClaimRecord]]) -> tuple[Aim, ...]:
    claims: dict[Ref, list[ClaimRecord]] = defaultdict(list)
    for agent, claim in pairs:
        claims[agent].append(claim)
    found = [
        Aim(
            agent,
            len(about),
            sum(_judges(claim) == "positive" for claim in about),
            sum(_judges(claim) == "negative" for claim in about),
            len({claim.document for claim in about}),
        )
        for agent, about in claims.items()
    ]
    return tuple(sorted(found, key=lambda aim: (-aim.claims, aim.agent.label, aim.agent.iri)))


def _counted(counter: Counter[Ref]) -> tuple[tuple[Ref, int], ...]:
    return tuple(sorted(counter.items(), key=lambda each: (-each[1], each[0].label, each[0].iri)))


# --- what rests on one kind of speaker ----------------------------------------------------------------------------

ONLY = ("officials", "unnamed", "one")


def resting(store: Store, only: str, *, about: str | None = None, root: Root | None = None) -> tuple[Resting, ...]:
    """Gives the propositions that rest on one kind of speaker alone, those with the most claims first.

    Every claim that affirms such a proposition rests on such a speaker; no document says it in its own voice.

    Args:
        store: Any store or endpoint.
        only: ``officials``, ``unnamed``, or ``one`` (each proposition on the word of one speaker).
        about: A name or IRI; only propositions with a claim about it, what happened at it or its parts.
        root: Where the queries lie.

    Raises:
        NotFound: Nothing is named so.
    """
    nodes = scope(store, about, root) if about else None
    hearing = hear(store, root)
    found = []
    for proposition, claims in _affirmed(hearing.claims).items():
        if not all(claim.speakers for claim in claims):
            continue
        speakers = tuple(dict.fromkeys(claim.speakers[-1] for claim in claims))
        kind = OFFICIAL if only == "officials" else UNNAMED
        alone = len(speakers) == 1 if only == "one" else all(kind in hearing.kinds(each) for each in speakers)
        if alone and (nodes is None or any(touches(claim, nodes) for claim in claims)):
            found.append(Resting(proposition, speakers, tuple(claims)))
    return tuple(sorted(found, key=_most_claims))


def _most_claims(each: Resting) -> tuple[int, int, str, str]:
    documents = len({claim.document for claim in each.claims})
    return -documents, -len(each.claims), each.speakers[0].label, each.proposition


def _affirmed(claims: Iterable[ClaimRecord]) -> dict[str, list[ClaimRecord]]:
    """Gives the claims that affirm each proposition: what is denied or only recommended supports nothing."""
    found: dict[str, list[ClaimRecord]] = defaultdict(list)
    for claim in claims:
        if claim.polarity == "positive" and claim.modality in ("asserted", "alleged"):
            found[claim.proposition].append(claim)
    return found
