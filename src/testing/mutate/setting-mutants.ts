import { z } from 'zod'
import { isJsonObject, type Json } from '../../base/json.ts'
import { hasPlaceholder } from '../../engine/placeholders.ts'
import type { LintedJourney, LintedNode } from '../../journeys/lint/linted-journey.ts'
import { type Mutant, type MutatedNode, nodeKey } from './mutant.ts'

/** A setting that has always a mutant, also with its default. */
const level = 'authLevelIncrement'

/** Kinds of references whose names can change. Others lead to things that would be missing, or declare what a script uses. */
const plainReferences: readonly unknown[] = [
  undefined,
  'attribute',
  'sessionProperty',
  'stateKey',
  'localisedText',
]

/** Ends the description of settings without an effect here. */
const noEffect = 'Kept so that exports stay complete'

/** Settings of the mail server of a node. Walks have a mailbox in its place. */
const mailServer: readonly string[] = ['hostName', 'hostPort', 'username', 'sslOption']

/** Mutants of the settings of a journey's nodes, those on pages included. */
export function settingMutants(journey: LintedJourney): Mutant[] {
  return journey.reachable.flatMap((outer) =>
    [outer, ...outer.children].flatMap((node) =>
      mutantsOfNode(node, { journey: journey.name, nodeId: node.id, node: node.name, outerId: outer.id }),
    ),
  )
}

function mutantsOfNode(node: LintedNode, place: MutatedNode): Mutant[] {
  const { nodeType, config, problems } = node
  const schema = nodeType?.config
  if (!(schema instanceof z.ZodObject) || problems.length > 0) return []
  const shape: Readonly<Record<string, unknown>> = schema.shape
  const unseen = 'sslOption' in shape ? mailServer : []
  return Object.entries(shape).flatMap(([name, field]) => {
    const value = givenValue(name, node)
    const isShown = field instanceof z.ZodType && !unseen.includes(name)
    if (!isShown || value === undefined || hasPlaceholder(value)) return []
    const { title = name, description: about = '', refers = {} } = field.meta() ?? {}
    const { to, hasWildcard = false } = reference.parse(refers)
    if (!plainReferences.includes(to) || hasWildcard || about.includes(noEffect)) return []
    const accepts = (other: Json) => schema.safeParse({ ...config, [name]: other }).success
    const change = changeOf(value, { field, accepts, isWords: to === 'localisedText' })
    return change === undefined ? [] : [mutant(place, { name, title, about }, change, accepts)]
  })
}

/** What an export says, and for the level also the default. */
function givenValue(name: string, { config, settings }: LintedNode): Json | undefined {
  return config[name] ?? (name === level && isJsonObject(settings) ? settings[name] : undefined)
}

const reference = z.object({ to: z.string().optional(), hasWildcard: z.boolean().optional() })

type Change = { kind: 'number' | 'flag' | 'text' | 'list'; to: Json; words: string; number?: number }

type Setting = { field: z.ZodType; accepts(other: Json): boolean; isWords: boolean }

function changeOf(value: Json, setting: Setting): Change | undefined {
  if (typeof value === 'boolean') return { kind: 'flag', to: !value, words: `is ${!value}, not ${value}` }
  if (typeof value === 'number') return numberChange(value, (to) => to, setting)
  if (typeof value === 'string') {
    if (/^\d{1,9}$/.test(value)) return numberChange(Number(value), String, setting)
    return value === ''
      ? undefined
      : { kind: 'text', to: otherText(value, setting), words: 'is another text' }
  }
  if (Array.isArray(value)) {
    const words = value.length === 1 ? 'is empty' : 'lacks its last value'
    return value.length === 0 ? undefined : { kind: 'list', to: value.slice(0, -1), words }
  }
  return textsChange(value, setting)
}

function numberChange(value: number, spelled: (value: number) => Json, { accepts }: Setting): Change {
  const others = [value * 2 + 1, value - 1, value + 1]
  const to = others.find((other) => accepts(spelled(other))) ?? value * 2 + 1
  return { kind: 'number', to: spelled(to), words: `is ${to}, not ${value}`, number: value }
}

const words = 'Another text'

/** A name gets one more letter, a choice becomes another one, and words become others, so that no part of them is left. */
function otherText(value: string, { field, accepts }: Setting): string {
  const { enum: choices = [] } = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' })
  const others = /\s/.test(value) ? [words] : [`${value}x`, `${value}/x`]
  const texts = [...others, ...choices.map(String).filter((choice) => choice !== value)]
  return texts.find(accepts) ?? `${value}x`
}

/** Texts by language, or values by name. */
function textsChange(value: Json, { isWords }: Setting): Change | undefined {
  const entries = isJsonObject(value) ? Object.entries(value) : []
  if (entries.length === 0 || !entries.every(([, each]) => typeof each === 'string' && each !== ''))
    return undefined
  const to = Object.fromEntries(
    entries.map(([name, each]) => [name, isWords || /\s/.test(String(each)) ? words : `${each}x`]),
  )
  return { kind: 'text', to, words: 'is another text' }
}

type Named = { name: string; title: string; about: string }

function mutant(
  place: MutatedNode,
  { name, title, about }: Named,
  { kind, to, words, number }: Change,
  accepts: Setting['accepts'],
): Mutant {
  return {
    ...place,
    kind,
    change: `'${title}' ${words}`,
    changed: { kind: 'setting', name },
    keys: [nodeKey(place.journey, place.nodeId)],
    ...(number === undefined ? {} : { number: { value: number, units: unitsIn(`${title} ${about}`) } }),
    isRefused: !accepts(to),
    apply: (bundle) => ({
      ...bundle,
      nodes: bundle.nodes.map((node) =>
        node.id === place.nodeId ? { ...node, config: { ...node.config, [name]: to } } : node,
      ),
    }),
  }
}

/** Units of time in the words of a setting. */
function unitsIn(text: string): string[] {
  const units = { second: 's', minute: 'm', hour: 'h', day: 'd' }
  return Object.entries(units).flatMap(([word, unit]) => (text.toLowerCase().includes(word) ? [unit] : []))
}
