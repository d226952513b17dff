import type { Change } from './difference.ts'
import { propertyChanges } from './journey-properties.ts'
import { Labels } from './labels.ts'
import { asChange, type MemberChange } from './member-changes.ts'
import { type JourneyView, type Member, sortedEntries } from './members.ts'
import { type Known, settingChanges, typeText } from './node-changes.ts'
import type { Pair } from './pair.ts'
import { pairMembers } from './pair-members.ts'
import { harmless, quoted } from './shown.ts'

/** Changes of an item, and its secrets that can't be compared. */
export type Changes = { changes: Change[]; unknown: Change[] }

/** The changes between two versions of a journey. */
export function journeyChanges(before: JourneyView, after: JourneyView, known: Known): Changes {
  const pairs = pairMembers(before, after, known.ids)
  const labels = new Labels(before, after, pairs)
  const ids = labels.newIds.length === 0 ? known.ids : new Map([...known.ids, ...labels.newIds])
  const comparison = new JourneyComparison(before, after, labels, { ...known, ids })
  comparison.compare(pairs)
  return comparison
}

class JourneyComparison implements Changes {
  readonly changes: Change[] = []
  readonly unknown: Change[] = []
  readonly #before: JourneyView
  readonly #after: JourneyView
  readonly #labels: Labels
  readonly #known: Known

  constructor(before: JourneyView, after: JourneyView, labels: Labels, known: Known) {
    this.#before = before
    this.#after = after
    this.#labels = labels
    this.#known = known
  }

  compare(pairs: readonly Pair<Member>[]): void {
    this.#addMembers(propertyChanges(this.#before.journey, this.#after.journey))
    this.#compareEntry()
    for (const { before, after } of pairs) {
      if (before !== undefined && after !== undefined) this.#compareNode(before, after)
      else if (after !== undefined) this.#added(after)
      else if (before !== undefined) this.#removed(before)
    }
  }

  #compareEntry(): void {
    const { entryNodeId: old } = this.#before.journey
    const { entryNodeId: now } = this.#after.journey
    if (this.#labels.idAfter(old) === now) return
    const words = `starts at ${this.#labels.after(now)} (was ${this.#labels.before(old)})`
    this.changes.push({ kind: 'entry', words })
  }

  /** Lists the nodes of a new page with it. */
  #added({ id, type, version, page }: Member): void {
    if (page !== undefined && this.#labels.isAdded(page)) return
    const title = typeText(type, version, this.#known.typeAfter)
    const where = page === undefined ? '' : ` to ${this.#labels.after(page)}`
    const children = childrenOf(id, this.#after).filter((child) => this.#labels.isAdded(child))
    const names = children.map((child) => this.#labels.after(child)).join(', ')
    const words = `${this.#labels.after(id)} (${title}) added${where}${names && ` with ${names}`}`
    this.changes.push({ kind: 'added', node: { after: id }, words })
  }

  #removed({ id, type, version, page }: Member): void {
    if (page !== undefined && this.#labels.isRemoved(page)) return
    const title = typeText(type, version, this.#known.typeBefore)
    const where = page === undefined ? '' : ` from ${this.#labels.before(page)}`
    const words = `${this.#labels.before(id)} (${title}) removed${where}`
    this.changes.push({ kind: 'removed', node: { before: id }, words })
  }

  #compareNode(before: Member, after: Member): void {
    const node = { before: before.id, after: after.id }
    const label = this.#labels.after(after.id)
    if (before.name !== after.name) {
      this.changes.push({ kind: 'renamed', node, words: `${quoted(before.name)} renamed to ${label}` })
    }
    const { ids } = this.#known
    const isSameType = (ids.get(before.type) ?? before.type) === after.type
    if (!isSameType || before.version !== after.version) this.#compareTypes(before, after)
    this.#comparePages(before, after)
    // The settings of another type have nothing to do with the old ones.
    if (isSameType) this.#addMembers(settingChanges(before, after, this.#known), node, `${label}, `)
    this.#compareConnections(before, after)
  }

  #compareTypes(before: Member, after: Member): void {
    const was = typeText(before.type, before.version, this.#known.typeBefore)
    const is = typeText(after.type, after.version, this.#known.typeAfter)
    const words =
      was === is ? `version ${after.version} (was ${before.version})` : `of type ${is} (was ${was})`
    this.#push('type', before, after, `is now ${words}`)
  }

  #comparePages(before: Member, after: Member): void {
    if (this.#labels.idAfter(before.page) !== after.page) {
      const was = before.page === undefined ? 'no page' : this.#labels.before(before.page)
      const is = after.page === undefined ? 'no page' : this.#labels.after(after.page)
      this.#push('page', before, after, `is now on ${is} (was on ${was})`)
    }
    const now = childrenOf(after.id, this.#after)
    const old = childrenOf(before.id, this.#before).map((id) => this.#labels.idAfter(id))
    const stayed = now.filter((id) => old.includes(id))
    const places = stayed.map((id) => old.indexOf(id))
    if (places.every((place, at) => at === 0 || place > (places[at - 1] ?? 0))) return
    const order = now.map((id) => this.#labels.after(id)).join(', ')
    this.#push('page', before, after, `has another order: ${order}`)
  }

  #compareConnections(before: Member, after: Member): void {
    const children = childrenOf(before.id, this.#before)
    const outcomes = Object.entries(before.connections).map(
      ([outcome, target]) => [this.#labels.outcomeAfter(outcome, children), target] as const,
    )
    const was: Member = { ...before, connections: Object.fromEntries(outcomes) }
    for (const [outcome] of sortedEntries({ ...was.connections, ...after.connections })) {
      this.#compareConnection(outcome, was, after)
    }
  }

  #compareConnection(outcome: string, before: Member, after: Member): void {
    const [old, now] = [targetOf(before, outcome), targetOf(after, outcome)]
    if (this.#labels.idAfter(old) === now) return
    const name = harmless(this.#labels.outcome(outcome, childrenOf(after.id, this.#after)))
    const was = old === undefined ? 'was not connected' : `was ${this.#labels.before(old)}`
    const change = now === undefined ? 'is no longer connected' : `now leads to ${this.#labels.after(now)}`
    this.#push('connection', before, after, `→ ${name} ${change} (${was})`, outcome)
  }

  #push(kind: Change['kind'], before: Member, after: Member, words: string, outcome?: string): void {
    const node = { before: before.id, after: after.id }
    this.changes.push({
      kind,
      node,
      ...(outcome !== undefined && { outcome }),
      words: `${this.#labels.after(after.id)} ${words}`,
    })
  }

  #addMembers(found: readonly MemberChange[], node?: Change['node'], prefix = ''): void {
    for (const member of found) {
      const list = member.isUnknown ? this.unknown : this.changes
      list.push({ ...asChange(member), ...(node && { node }), words: prefix + member.words })
    }
  }
}

function childrenOf(page: string, { members }: JourneyView): string[] {
  return members.filter((member) => member.page === page).map(({ id }) => id)
}

function targetOf({ connections }: Member, outcome: string): string | undefined {
  return Object.hasOwn(connections, outcome) ? connections[outcome] || undefined : undefined
}
