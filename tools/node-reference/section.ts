import { type AnyNodeType, outcomesOf } from '../../src/engine/node-type.ts'
import { type PropertySchema, schemaOf } from '../../src/nodes/node-schema.ts'
import { dependenciesOf } from './dependencies.ts'
import type { Example } from './examples.ts'
import { code, sentence, table } from './markdown.ts'
import { inputKeys, type KeyMeanings, outputKeys } from './state-keys.ts'
import { derivedFrom } from './variants.ts'

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
  const keys = inputKeys(type, meanings)
  const others = type.reference?.inputs
  if (keys.length === 0) return [others ? sentence(others) : 'Only its settings.']
  return others ? [...keys, '', `Also: ${others}.`] : keys
}

function outputs(type: AnyNodeType, meanings: KeyMeanings): string[] {
  const keys = outputKeys(type, meanings)
  const others = type.reference?.outputs
  if (keys.length === 0) {
    if (others === undefined) return ['None.']
    // Scripts and other nodes can write any state.
    const runsOthers = type.needs.includes('nodes') || type.needs.includes('scripts')
    return [runsOthers ? sentence(others) : `No state. Other effects: ${others}.`]
  }
  return others ? [...keys, '', `Also: ${others}.`] : keys
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

const nowhere = { typeNamed: () => undefined, child: () => undefined }

function outcomes(type: AnyNodeType): string[] {
  const meanings: Readonly<Record<string, string | undefined>> = type.reference?.outcomes ?? {}
  const labels = new Map<string, string>()
  const derived = derivedFrom(type, (settings) => {
    const offered = outcomesOf(type, settings, nowhere)
    for (const { id, displayName } of offered) if (!labels.has(id)) labels.set(id, displayName)
    return offered.map(({ id }) => id)
  })
  const rows = derived.map(({ text, condition, namedBy }) => {
    const meaning = namedBy ? `Each of **${namedBy.title}**.` : (meanings[text] ?? meaningInHelp(type, text))
    const notes = [meaning, condition && sentence(condition)].filter((note) => note !== undefined)
    return [`\`${text}\``, namedBy ? '' : (labels.get(text) ?? ''), notes.join(' ')]
  })
  const others = meanings['*'] === undefined ? [] : [['any', '', meanings['*']]]
  const [only, another] = [...rows, ...others]
  if (only !== undefined && another === undefined && only[2] === '') return [`Only ${only[0]} (${only[1]}).`]
  return table(['Outcome', 'Label', 'Taken when'], [...rows, ...others])
}

/** Most decisions say in their help when they take the outcome `true`. */
function meaningInHelp({ help }: AnyNodeType, outcome: string): string | undefined {
  const [, condition] =
    /(?:^|\. )(?:Leaves by|Takes the outcome) `true` (?:(?:when|if) )?(.+?\.)(?: |$)/.exec(help) ?? []
  if (condition === undefined) return undefined
  return { true: sentence(condition), false: 'Otherwise.' }[outcome]
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
