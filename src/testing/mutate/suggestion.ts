import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { yamlOf } from '../../walks/walk-yaml.ts'
import type { Unwritten } from '../project/walk-files.ts'
import { locatedYaml } from '../project/yaml-file.ts'
import type { WalkTask } from '../run-in-threads.ts'
import { mergedSettings } from '../world/import-project.ts'
import type { Mutant } from './mutant.ts'
import type { Seen, Spectator } from './spectator.ts'
import { type Suggestion, usualExample } from './usual-examples.ts'
import {
  type Expectation,
  type RawWalk,
  rawWalkSchema,
  type Variant,
  variantsOf,
  withAction,
} from './walk-variants.ts'

type RawFile = Record<string, unknown> & { walks: unknown[] }

/** Walks that are tried for one mutant. */
const maxWalks = 3

/** Finds the walk that would notice a mutant: plays variants of a walk with and without it, and expects what differs. */
export class Advisor {
  readonly #unchanged: Spectator
  readonly #unwritten: Unwritten
  readonly #seen = new Map<string, Promise<Seen | undefined>>()

  /** @param unchanged plays with the configuration as it is. */
  constructor(unchanged: Spectator, unwritten: Unwritten) {
    this.#unchanged = unchanged
    this.#unwritten = unwritten
  }

  /** @param walks those that the mutant survived. */
  async suggest(mutant: Mutant, walks: readonly WalkTask[], changed: Spectator): Promise<Suggestion> {
    for (const { file, index } of walks.slice(0, maxWalks)) {
      const content = rawFile(file, this.#unwritten)
      const walk = rawWalkSchema.safeParse(content?.walks[index])
      if (content === undefined || content.script !== undefined || !walk.success) continue
      for (const variant of variantsOf(walk.data, mutant)) {
        const found = await this.#noticing(variant, { file, content, given: walk.data, changed })
        if (found !== undefined) return found
      }
    }
    return usualExample(mutant)
  }

  async #noticing(
    { walk, isNew }: Variant,
    { file, content, given, changed }: { file: string; content: RawFile; given: RawWalk; changed: Spectator },
  ): Promise<Suggestion | undefined> {
    const only = (one: RawWalk) => ({ ...content, walks: [one] })
    const before = await this.#before(file, only(walk))
    if (!before?.isWhole) return undefined
    const after = await changed.look(file, only(walk))
    if (after === undefined) return undefined
    for (const expectation of differences(before, after)) {
      const expecting = withExpectation(isNew ? asSeen(walk, before) : given, expectation)
      if (before.secrets.some((secret) => secret.length > 3 && JSON.stringify(expectation).includes(secret)))
        continue
      const whole = only(expecting)
      if (!(await this.#unchanged.passes(file, whole)) || (await changed.passes(file, whole))) continue
      return {
        advice: isNew ? `add this walk to ${file}` : `expect this in '${given.it}' of ${file}`,
        yaml: isNew ? yamlOf({ walks: [expecting] }) : yamlOf(partOf(expecting, expectation)),
        proof: { file, walk: expecting, isNew, expectation },
      }
    }
    return undefined
  }

  #before(file: string, content: object): Promise<Seen | undefined> {
    const key = JSON.stringify([file, content])
    const known = this.#seen.get(key) ?? this.#unchanged.look(file, content)
    this.#seen.set(key, known)
    return known
  }
}

/** Walks in TypeScript can't be written again. */
export function rawFile(file: string, unwritten: Unwritten): RawFile | undefined {
  const text = () => unwritten.get(file) ?? readFileSync(file, 'utf8')
  const yaml = /\.ya?ml$/.test(file) ? locatedYaml(file, text()) : []
  if (Array.isArray(yaml) || !isJsonObject(yaml.value)) return undefined
  const { walks } = yaml.value
  return Array.isArray(walks) ? { ...yaml.value, walks } : undefined
}

/** What the unchanged configuration does and the changed one doesn't, in the order in which it is worth to be expected. */
function differences(before: Seen, after: Seen): Expectation[] {
  const isSame = (name: 'ends' | 'mail' | 'people' | 'path') =>
    JSON.stringify(before[name]) === JSON.stringify(after[name])
  const texts = [...before.pages].flatMap(([step, all]) =>
    all
      .filter((text) => isSteady(text) && !after.pages.get(step)?.includes(text))
      .slice(0, 2)
      .map((asks) => ({ step, asks })),
  )
  return [
    ...(isSame('ends') || before.ends === undefined
      ? []
      : [{ members: { ends: withLevel(before.ends, after.ends) } }]),
    ...texts,
    ...mailDifferences(before.mails[0], after.mails[0]),
    ...(isSame('mail') ? [] : [{ members: { mail: before.mail } }]),
    ...(isSame('people') ? [] : [{ members: { people: before.people } }]),
    ...(isSame('path') ? [] : [{ members: { path: before.path } }]),
    ...stateDifferences(before.left, after.left).map((shared) => ({ shared })),
  ]
}

/** Each key of shared state whose value differs, and of an object each member. A key that is missing has the value null. */
function stateDifferences(before: JsonObject, after: JsonObject): JsonObject[] {
  return Object.keys({ ...before, ...after }).flatMap((key): JsonObject[] => {
    const [value = null, changed = null] = [before[key], after[key]]
    if (isDeepStrictEqual(value, changed)) return []
    if (isJsonObject(value) && isJsonObject(changed))
      return stateDifferences(value, changed).map((inner) => ({ [key]: inner }))
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return isSteady(text) ? [{ [key]: value }] : []
  })
}

function mailDifferences(
  before: Seen['mails'][number] | undefined,
  after: Seen['mails'][number] | undefined,
): Expectation[] {
  if (before === undefined || after === undefined) return []
  const { from, subject, body } = before
  const text = (body.match(/\p{L}[\p{L} ,.'!?-]{2,60}/gu) ?? []).find((words) => !after.body.includes(words))
  return [
    ...(from === after.from ? [] : [{ mail: { from } }]),
    ...(subject === after.subject ? [] : [{ mail: { subject } }]),
    ...(text === undefined ? [] : [{ mail: { text: text.trim() } }]),
  ]
}

/** An end names the level only if it is not 0. */
function withLevel(before: unknown, after: unknown): unknown {
  const [one, other] = [before, after].map((ends) => (isJsonObject(ends) ? ends.success : undefined))
  if (!isJsonObject(one) || !isJsonObject(other) || other.level === one.level) return before
  return { success: { ...one, level: one.level ?? 0 } }
}

function isSteady(text: string): boolean {
  return text.length < 300 && !/^\/|\$\{|\d{6,}|\d:\d|\n/.test(text)
}

/** A new walk with all that it has to declare. Names that `init` makes begin with the end. */
function asSeen(walk: RawWalk, { ends, mail, people }: Seen): RawWalk {
  const end = ends === undefined ? 'goes on' : isJsonObject(ends) && 'failure' in ends ? 'fails' : 'succeeds'
  return {
    ...walk,
    it: walk.it.replace(/^(?:goes on|fails|succeeds)(?= after )/, ends === 'failure' ? 'fails' : end),
    ...(ends === undefined ? {} : { ends }),
    ...(mail.length === 0 ? {} : { mail }),
    ...(Object.keys(people).length === 0 ? {} : { people }),
  }
}

export function withExpectation(walk: RawWalk, expectation: Expectation): RawWalk {
  if ('members' in expectation) return { ...walk, ...expectation.members }
  if ('mail' in expectation) return withMail(walk, expectation.mail)
  if ('shared' in expectation)
    return { ...walk, writes: { shared: mergedSettings(walk.writes?.shared ?? {}, expectation.shared) } }
  const { step: place, asks } = expectation
  const [first = {}] = walk.steps
  if (place < 0) return { ...walk, steps: [withAction(first, () => ({ asks })), ...walk.steps] }
  const asking = ({ asks: others = [], ...action }: Record<string, unknown>) => {
    const all = [others, asks].flat()
    return { ...action, asks: all.length === 1 ? asks : all }
  }
  return { ...walk, steps: walk.steps.map((step, at) => (at === place ? withAction(step, asking) : step)) }
}

function withMail(walk: RawWalk, part: Record<string, string>): RawWalk {
  const place = walk.steps.findIndex((step) => isJsonObject(step.mail))
  const mailed = (mail: unknown) => ({ ...(isJsonObject(mail) ? mail : {}), ...part })
  if (place >= 0) {
    const steps = walk.steps.map((step, at) => (at === place ? { mail: mailed(step.mail) } : step))
    return { ...walk, steps }
  }
  const [first, ...others] = Array.isArray(walk.mail) ? walk.mail : []
  return { ...walk, mail: [mailed(first), ...others] }
}

/** The part of a walk that is new. */
function partOf(walk: RawWalk, expectation: Expectation): object {
  if ('members' in expectation) return expectation.members
  if ('shared' in expectation) return { writes: { shared: expectation.shared } }
  if ('step' in expectation) return { steps: [walk.steps[Math.max(0, expectation.step)]] }
  const step = walk.steps.find(({ mail }) => mail !== undefined)
  return step === undefined ? { mail: walk.mail } : { steps: [step] }
}
