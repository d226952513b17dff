import type { AnyNodeType } from '../../src/engine/node-type.ts'
import { type PropertySchema, schemaOf } from '../../src/nodes/node-schema.ts'
import { dependenciesOf } from '../../src/nodes/reference/dependencies.ts'
import { outcomeLines } from '../../src/nodes/reference/outcomes.ts'
import { sentence } from '../../src/nodes/reference/sentence.ts'
import {
  inputKeys,
  internalKeys,
  type KeyLine,
  type KeyMeanings,
  outputKeys,
} from '../../src/nodes/reference/state-keys.ts'
import type { Example } from './examples.ts'
import { code, table } from './markdown.ts'

/** The heading of a type. Later versions include their number. */
export function headingOf({ title, version }: AnyNodeType): string {
  return version === '1.0' ? title : `${title} ${version}`
}

/** The section about one type. */
export function section(type: AnyNodeType, example: Example | undefined, meanings: KeyMeanings): string {
  const dependencies = dependenciesOf(type.needs)
  return [
    `## ${headingOf(type)}`,
    '',
    `\`${type.type}\` ${type.version}`,
    '',
    type.help,
    '',
    ...part('Example', exampleLines(type, example)),
    ...part('Inputs', inputs(type, meanings)),
    ...(dependencies.length === 0 ? [] : part('Dependencies', [dependencies.join(' ')])),
    ...part('Configuration', configuration(type)),
    ...part('Outputs', outputs(type, meanings)),
    ...part('Callbacks', callbacks(type)),
    ...part('Outcomes', outcomes(type)),
    ...part('Errors', errors(type)),
  ].join('\n')
}

function part(heading: string, lines: readonly string[]): string[] {
  return [`### ${heading}`, '', ...lines, '']
}

function exampleLines({ reference }: AnyNodeType, example: Example | undefined): string[] {
  const words = reference?.example === undefined ? [] : [reference.example]
  if (example === undefined) return words.length === 0 ? ['No journey in this repository uses it.'] : words
  const { path, journey, file, settings } = example
  const shown =
    Object.keys(settings).length === 0 ? [] : ['', '```json', JSON.stringify(settings, null, 2), '```']
  return [
    ...words.flatMap((text) => [text, '']),
    `In [${journey}](../../${encodeURI(file)}): ${path}`,
    ...shown,
  ]
}

function inputs(type: AnyNodeType, meanings: KeyMeanings): string[] {
  const keys = keyTable(inputKeys(type, meanings))
  const others = type.reference?.inputs
  if (keys.length === 0) return [others ? sentence(others) : 'Only its settings.']
  return others ? [...keys, '', `Also: ${others}.`] : keys
}

function outputs(type: AnyNodeType, meanings: KeyMeanings): string[] {
  const written = keyTable(outputKeys(type, meanings))
  const own = internalKeys(type).map((key) => `\`${key}\``)
  const kept =
    own.length === 0 ? [] : [...(written.length === 0 ? [] : ['']), `Internal keys: ${own.join(', ')}.`]
  const keys = [...written, ...kept]
  const others = type.reference?.outputs
  if (keys.length === 0) {
    if (others === undefined) return ['None.']
    // Scripts and other nodes can write any state.
    const runsOthers = type.needs.includes('nodes') || type.needs.includes('scripts')
    return [runsOthers ? sentence(others) : `No state. Other effects: ${others}.`]
  }
  return others ? [...keys, '', `Also: ${others}.`] : keys
}

function keyTable(keys: readonly KeyLine[]): string[] {
  const rows = keys.map(({ key, content }) => [key === '*' ? 'any' : `\`${key}\``, content])
  return table(['State key', 'Content'], rows)
}

function configuration(type: AnyNodeType): string[] {
  const { properties, required } = schemaOf(type)
  const rows = Object.entries(properties).map(([name, property]) => [
    property.title,
    `\`${name}\``,
    kindOf(property),
    presetOf(property, required.includes(name)),
    property.description,
  ])
  return rows.length === 0 ? ['No settings.'] : table(['Property', 'Name', 'Type', 'Default', 'Usage'], rows)
}

function kindOf({ type, items, patternProperties, enum: choices }: PropertySchema): string {
  if (choices) return choices.map((value) => `\`${value}\``).join(', ')
  if (items) return `list of ${items.type}`
  return patternProperties ? 'map' : type
}

function presetOf({ default: preset }: PropertySchema, isRequired: boolean): string {
  if (preset !== undefined) return code(JSON.stringify(preset))
  return isRequired ? 'required' : ''
}

function callbacks({ callbacks = {}, suspends }: AnyNodeType): string[] {
  const rows = Object.entries(callbacks).map(([kind, what]) => [kind === '*' ? 'any' : `\`${kind}\``, what])
  const waits = suspends ? ['It can suspend the journey until a link is opened.'] : []
  if (rows.length === 0) return suspends ? waits : ['None.']
  return [...table(['Callback', 'Purpose'], rows), ...(suspends ? ['', ...waits] : [])]
}

function outcomes(type: AnyNodeType): string[] {
  const lines = outcomeLines(type)
  const [only, another] = lines
  if (only !== undefined && another === undefined && only.taken === '' && only.id !== '*')
    return [`Only \`${only.id}\` (${only.label}).`]
  const rows = lines.map(({ id, label, taken }) => [id === '*' ? 'any' : `\`${id}\``, label, taken])
  return table(['Outcome', 'Label', 'Taken when'], rows)
}

const headings = {
  error: 'Logged as errors:',
  warn: 'Logged as warnings:',
  fail: 'Ends the journey with:',
} as const

function errors({ errors: declared = {} }: AnyNodeType): string[] {
  const lists = (['error', 'warn', 'fail'] as const).flatMap((level) => {
    const texts = Object.entries<string>(declared[level] ?? {})
    const items = texts.map(([text, cause]) => `- ${code(text.trim())}: ${cause}`)
    return items.length === 0 ? [] : [[headings[level], '', ...items]]
  })
  if (lists.length === 0) return ['None of its own.']
  return lists.flatMap((lines, place) => (place === 0 ? lines : ['', ...lines]))
}
