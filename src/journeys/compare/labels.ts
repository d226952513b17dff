import { failureId, successId } from '../../engine/journey.ts'
import type { JourneyView, Member } from './members.ts'
import type { Pair } from './pair.ts'
import { quoted } from './shown.ts'

/** Names the nodes of two versions of a journey. A node that exists in both has the name of the later one. */
export class Labels {
  readonly #before: JourneyView
  readonly #after: JourneyView
  /** Ids after the change by ids before it. */
  readonly #kept: ReadonlyMap<string, string>
  readonly #keptAfter: ReadonlySet<string>
  /** Names of several nodes of a version. */
  readonly #shared: ReadonlySet<string>

  constructor(before: JourneyView, after: JourneyView, pairs: readonly Pair<Member>[]) {
    this.#before = before
    this.#after = after
    this.#kept = new Map(
      pairs.flatMap((pair) => (pair.before && pair.after ? [[pair.before.id, pair.after.id] as const] : [])),
    )
    this.#keptAfter = new Set(this.#kept.values())
    this.#shared = new Set([...sharedNames(before), ...sharedNames(after)])
  }

  /** Nodes that exist in both versions with different ids. */
  get newIds(): [before: string, after: string][] {
    return [...this.#kept].filter(([before, after]) => before !== after)
  }

  isRemoved(idBefore: string): boolean {
    return !this.#kept.has(idBefore)
  }

  isAdded(idAfter: string): boolean {
    return !this.#keptAfter.has(idAfter)
  }

  /** The id after the change. Ends, unknown nodes and removed nodes keep theirs. */
  idAfter(idBefore: string | undefined): string | undefined {
    return idBefore === undefined ? undefined : (this.#kept.get(idBefore) ?? idBefore)
  }

  /** The outcome after the change. Outcomes of a page contain the ids of its nodes. */
  outcomeAfter(outcomeBefore: string, children: readonly string[]): string {
    return children.reduce((outcome, id) => outcome.replace(id, this.#kept.get(id) ?? id), outcomeBefore)
  }

  /** An outcome with the names of the nodes whose ids it contains. */
  outcome(outcomeAfter: string, children: readonly string[]): string {
    return children.reduce((text, id) => text.replace(id, this.after(id)), outcomeAfter)
  }

  before(id: string): string {
    const kept = this.#kept.get(id)
    return kept === undefined ? this.#label(id, this.#before) : this.after(kept)
  }

  after(id: string): string {
    return this.#label(id, this.#after)
  }

  #label(id: string, { byId }: JourneyView): string {
    if (id === successId) return 'Success'
    if (id === failureId) return 'Failure'
    const member = byId.get(id)
    if (member === undefined) return id === '' ? 'no node' : `the missing node ${quoted(id)}`
    const name = quoted(member.name || member.type)
    return this.#shared.has(member.name) ? `${name} (${id})` : name
  }
}

function sharedNames({ members }: JourneyView): string[] {
  const groups = Map.groupBy(members, ({ name }) => name)
  return [...groups].filter(([, { length }]) => length > 1).map(([name]) => name)
}
