import { Document, isCollection, type Node } from 'yaml'
import type { Project } from '../project/project.ts'
import type { LoadedWalkFile } from '../project/walk-files.ts'
import { Tester } from '../run-walk.ts'
import { type Person, walkFileSchema } from '../walk-file.ts'
import type { WorldHosts } from '../world/world-host.ts'
import { madeUpVariables } from './made-up-people.ts'
import { isPlainName, type Observed, observe } from './observed.ts'
import type { Trail } from './trail.ts'
import { type DraftWalk, draftWalk, titleOf } from './walk-draft.ts'

/** A walk file that passes. */
export type WrittenFile = { text: string; walks: number }

/** A trail to write after other walks. */
type Writing = { trail: Trail; walks: readonly DraftWalk[] }

/** Turns trails into walk files. Each walk is played in a world of its own, and kept only if it passes again. */
export class WalkWriter {
  readonly #project: Project
  readonly #people: Readonly<Record<string, Person>>
  readonly #tester: Tester
  readonly #variables: Readonly<Record<string, string>>
  #observed: Observed | undefined

  constructor(project: Project, people: Readonly<Record<string, Person>>, hosts: WorldHosts) {
    this.#project = project
    this.#people = people
    this.#variables = madeUpVariables(project.bundle, project.settings.esv)
    this.#tester = new Tester(project, {
      hosts,
      onPlayed: async (played) => {
        this.#observed = await observe(played, project.bundle)
      },
    })
  }

  close(): Promise<void> {
    return this.#tester.close()
  }

  /**
   * Writes trails of one journey.
   * @param file its path: random values of walks follow from it.
   * @param until when to stop, as `performance.now()`. At least one walk is written.
   * @returns undefined if no walk passes.
   */
  async write(
    file: string,
    journey: string,
    trails: readonly Trail[],
    until = Infinity,
  ): Promise<WrittenFile | undefined> {
    const head = this.#headOf(journey, trails)
    const walks: DraftWalk[] = []
    for (const trail of trails) {
      if (walks.length > 0 && performance.now() > until) break
      const walk = await this.#passing(file, head, { trail, walks })
      if (walk !== undefined) walks.push(walk)
    }
    return walks.length === 0 ? undefined : { text: yamlOf({ ...head, walks }), walks: walks.length }
  }

  /** The walk with what it can expect. Undefined if it differs from run to run. */
  async #passing(file: string, head: object, { trail, walks }: Writing): Promise<DraftWalk | undefined> {
    const nameOf = (id: string) => this.#nameOf(id)
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
    const walk = draftWalk(trail, { it, nameOf, observed })
    const loaded = loadedFile(file, { ...head, walks: [walk] })
    for (let time = 0; time < 2; time++) {
      const { status } = await this.#tester.run(loaded, 0)
      if (status !== 'passed') return undefined
    }
    return walk
  }

  async #play(file: string, content: object): Promise<Observed | undefined> {
    this.#observed = undefined
    const result = await this.#tester.run(loadedFile(file, content), 0)
    return result.status === 'broken' || result.step !== undefined ? undefined : this.#observed
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
    const title = titleOf(trail, (id) => this.#nameOf(id), outcome)
    const same = others.filter(({ it }) => it === title || it.startsWith(`${title} (`)).length
    return same === 0 ? title : `${title} (${same + 1})`
  }

  /** The display name of a node if no other node has it. */
  #nameOf(id: string): string {
    const placed = this.#project.bundle.journeys.flatMap(({ nodes }) => Object.entries(nodes))
    const name = placed.find(([each]) => each === id)?.[1].displayName ?? ''
    const isOnly = placed.every(([each, node]) => each === id || node.displayName !== name)
    return isPlainName(name) && isOnly ? name : id
  }
}

function loadedFile(file: string, content: object): LoadedWalkFile {
  return { file, content: walkFileSchema.parse(content), lineOf: () => 1 }
}

/** Members whose values are written on one line each. */
const inline = new Set([
  'people',
  'esv',
  'steps',
  'path',
  'mail',
  'http',
  'ends',
  'stub',
  'headers',
  'parties',
])

function yamlOf(content: object): string {
  const document = new Document(content, { aliasDuplicateObjects: false })
  inlineIn(document.contents, 2)
  return document.toString({ lineWidth: 130, flowCollectionPadding: true })
}

/** Writes small members in one line, and the items of long ones. */
function inlineIn(node: Node | null, depth: number): void {
  if (!isCollection(node) || depth < 0) return
  for (const item of node.items) {
    // Pairs of a map, or items of a list.
    const { key, value = item } = item as { key?: { value?: unknown }; value?: unknown }
    const name = String(key?.value ?? '')
    if (!isCollection(value)) continue
    if (!inline.has(name)) inlineIn(value, depth)
    else if (['steps', 'people', 'http', 'mail'].includes(name)) for (const each of value.items) flow(each)
    else value.flow = name !== 'path' || isShort(value)
  }
}

/** Whether a list fits on a line. */
function isShort(list: Node): boolean {
  return JSON.stringify(list).length < 110
}

/** Writes a value in one line, or the members of a long one. */
function flow(item: unknown): void {
  const { value = item } = item as { value?: unknown }
  if (!isCollection(value)) return
  if (isShort(value)) value.flow = true
  else for (const member of value.items) flow(member)
}
