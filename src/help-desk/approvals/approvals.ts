import type { Approval, ApprovalAnswer } from './approval.ts'
import { type Approver, type ApproverRefusal, approverRefusal } from './approval-rules.ts'
import type { ApprovalStore } from './approval-store.ts'

/** `over`: it no longer waits, as `approval` says. `unknown`: the realm has no such request. */
export type Answered =
  | { kind: 'answered'; approval: Approval }
  | { kind: 'refused'; approval: Approval; refusal: ApproverRefusal }
  | { kind: 'over'; approval: Approval }
  | { kind: 'unknown' }

/** How long agents see requests that are over. */
const recentMs = 60 * 60_000
/** Apart, so that neither hides the other. */
const maxWaiting = 100
const maxOwn = 20

/** The requests for approval of all realms. */
export class Approvals {
  readonly #store: ApprovalStore
  readonly #now: () => number
  readonly #saved: () => void

  /** @param saved called after each saved change, which may have a delivery for a webhook. */
  constructor(store: ApprovalStore, now: () => number, saved: () => void = () => undefined) {
    this.#store = store
    this.#now = now
    this.#saved = saved
  }

  /** Call it after changes were saved with a step. */
  announce(): void {
    this.#saved()
  }

  /** All that wait for an answer, newest first. */
  waiting(realm: string): Promise<Approval[]> {
    return this.#store.waiting(realm, this.#now(), maxWaiting)
  }

  find(realm: string, id: string): Promise<Approval | undefined> {
    return this.#store.find(realm, id)
  }

  /** Those of a front journey, newest first. */
  ofJourney(realm: string, journeySession: string): Promise<Approval[]> {
    return this.#store.ofJourney(realm, journeySession)
  }

  /** What concerns a person, newest first: requests that wait and that they may answer, their own, and those they answered. */
  async listFor(realm: string, person: Approver): Promise<Approval[]> {
    const now = this.#now()
    const [waiting, ofPerson] = await Promise.all([
      this.#store.waiting(realm, now, maxWaiting),
      this.#store.ofPerson(realm, person.id, now - recentMs, maxOwn),
    ])
    const own = ofPerson.filter((approval) => isParty(approval, person))
    const answerable = waiting.filter((approval) => approverRefusal(approval, person) === undefined)
    // A request that the person answers meanwhile may be in both.
    const listed = new Map([...answerable, ...own].map((approval) => [approval.id, approval]))
    return [...listed.values()].toSorted((one, other) => other.createdAt - one.createdAt)
  }

  /** Answers a request once, if the person may. */
  async answer(realm: string, id: string, by: Approver, answer: ApprovalAnswer): Promise<Answered> {
    const approval = await this.#store.find(realm, id)
    if (approval === undefined) return { kind: 'unknown' }
    const refusal = approverRefusal(approval, by)
    if (refusal !== undefined) return { kind: 'refused', approval, refusal }
    const { id: byId, name, displayName } = by
    const party = displayName === undefined ? { id: byId, name } : { id: byId, name, displayName }
    const isAnswered = await this.#store.answer(realm, id, party, answer, this.#now())
    if (isAnswered) this.#saved()
    const after = (await this.#store.find(realm, id)) ?? approval
    return { kind: isAnswered ? 'answered' : 'over', approval: after }
  }
}

function isParty({ realm, requestedBy, answeredBy }: Approval, person: Approver): boolean {
  return person.realm === realm && [requestedBy.id, answeredBy?.id].includes(person.id)
}
