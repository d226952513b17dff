import type { Bundle } from '../../journeys/exchange/bundle.ts'
import type { DraftWalk } from '../../walks/draft-walk.ts'
import { yamlOf } from '../../walks/walk-yaml.ts'
import type { Project } from '../project/project.ts'
import type { Person } from '../walk-file.ts'
import type { WorldHosts } from '../world/world-host.ts'
import { madeUpVariables } from './made-up-people.ts'
import { isPlainName, type Observed } from './observed.ts'
import { ObservingTester } from './observing-tester.ts'
import type { Trail } from './trail.ts'
import { draftWalk, titleOf } from './walk-draft.ts'

/** A walk file that passes, but for walks that are skipped. */
export type WrittenFile = { text: string; walks: number; skipped: number }

/** What the file has so far, and what it says about all walks. */
type Written = {
  file: string
  head: object
  walks: DraftWalk[]
  /** The pages that they expect, as JSON. */
  pages: Set<string>
  skipsErrors: boolean
}

/** Turns trails into walk files. Each walk is played in a world of its own, and kept only if it passes again. */
export class WalkWriter {
  readonly #people: Readonly<Record<string, Person>>
  readonly #tester: ObservingTester
  readonly #variables: Readonly<Record<string, string>>
  readonly #nameOf: (nodeId: string) => string

  constructor(project: Project, people: Readonly<Record<string, Person>>, hosts: WorldHosts) {
    this.#people = people
    this.#variables = madeUpVariables(project.bundle, project.settings.esv)
    this.#nameOf = nodeNames(project.bundle)
    this.#tester = new ObservingTester(project, hosts)
  }

  close(): Promise<void> {
    return this.#tester.close()
  }

  /**
   * Writes trails of one journey.
   * @param file its path: random values of walks follow from it.
   * @param skipsErrors whether walks that end with an error have `skip` with the reason, so that no test keeps the error.
   * @returns undefined if no walk passes.
   */
  async write(
    file: string,
    journey: string,
    trails: readonly Trail[],
    { skipsErrors = false, signal }: { skipsErrors?: boolean; signal?: AbortSignal } = {},
  ): Promise<WrittenFile | undefined> {
    const head = this.#headOf(journey, trails)
    const written: Written = { file, head, walks: [], pages: new Set(), skipsErrors }
    const { walks } = written
    for (const trail of trails) {
      signal?.throwIfAborted()
      const walk = await this.#passing(trail, written)
      if (walk !== undefined) walks.push(walk)
    }
    if (walks.length === 0) return undefined
    const skipped = walks.filter(({ skip }) => skip !== undefined).length
    return { text: yamlOf({ ...head, walks }), walks: walks.length, skipped }
  }

  /** The walk with what it can expect. Undefined if it differs from run to run. */
  async #passing(
    trail: Trail,
    { file, head, walks, pages, skipsErrors }: Written,
  ): Promise<DraftWalk | undefined> {
    const nameOf = this.#nameOf
    const played = async (it: string) =>
      this.#play(file, { ...head, walks: [draftWalk(trail, { it, nameOf })] })
    let it = this.#titleOf(trail, walks)
    let observed = await played(it)
    if (observed !== undefined && observed.outcome !== trail.spot.session.outcome) {
      // The explorer ignores limits of attempts, and stops at stubs. Random values follow from the title.
      it = this.#titleOf(trail, walks, observed.outcome)
      observed = await played(it)
    }
    if (observed === undefined) return undefined
    if (skipsErrors && observed.error !== undefined) {
      const { it: title, ...walk } = draftWalk(trail, { it, nameOf, observed, isAsserted: () => true })
      return { it: title, skip: observed.error, ...walk }
    }
    // Texts that differ from run to run are left out.
    for (const isAsserted of [(page: readonly string[]) => pages.has(JSON.stringify(page)), () => true]) {
      const walk = draftWalk(trail, { it, nameOf, observed, isAsserted })
      if (!(await this.#tester.passes(file, { ...head, walks: [walk] }))) continue
      for (const page of [observed.firstPage, ...observed.pages]) pages.add(JSON.stringify(page ?? []))
      return walk
    }
    return undefined
  }

  async #play(file: string, content: object): Promise<Observed | undefined> {
    const { result, observed } = await this.#tester.play(file, content)
    return result.step === undefined ? observed : undefined
  }

  /** Members for all walks: only the people and variables that matter. */
  #headOf(journey: string, trails: readonly Trail[]) {
    const text = JSON.stringify(trails.map(({ tries, start }) => [tries, start]))
    const people = Object.entries(this.#people).filter(([name]) => new RegExp(`\\b${name}\\b`).test(text))
    const esv = this.#variables
    return {
      journey,
      ...(people.length === 0 ? {} : { people: Object.fromEntries(people) }),
      ...(Object.keys(esv).length === 0 ? {} : { esv }),
    }
  }

  /** A title that no other walk has. */
  #titleOf(trail: Trail, others: readonly DraftWalk[], outcome = trail.spot.session.outcome): string {
    const title = titleOf(trail, this.#nameOf, outcome)
    const same = others.filter(({ it }) => it === title || it.startsWith(`${title} (`)).length
    return same === 0 ? title : `${title} (${same + 1})`
  }
}

/** Names of nodes: the display name if no other node has it, or else the id. */
function nodeNames({ journeys }: Pick<Bundle, 'journeys'>): (id: string) => string {
  const placed = journeys.flatMap(({ nodes }) => Object.entries(nodes))
  return (id) => {
    const name = placed.find(([each]) => each === id)?.[1].displayName ?? ''
    const isOnly = placed.every(([each, node]) => each === id || node.displayName !== name)
    return isPlainName(name) && isOnly ? name : id
  }
}
