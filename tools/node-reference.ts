import { readFile, writeFile } from 'node:fs/promises'
import { type AnyNodeType, everyOutcomeOf } from '../src/journey/node-type.ts'
import { catalogue } from '../src/nodes/catalogue.ts'
import { type PropertySchema, schemaOf } from '../src/nodes/node-schema.ts'

// Writes docs/nodes.md from the catalogue; with --check it only tells whether the page is up to date.

const tableHead = '| Setting | Title | Type | Default | |\n| --- | --- | --- | --- | --- |'

function nodeReference(types: readonly AnyNodeType[]): string {
  const sorted = types.toSorted(
    (a, b) => a.title.localeCompare(b.title, 'en') || a.version.localeCompare(b.version),
  )
  const intro = `# Nodes

Every node type that comes with the server, made from the catalogue by \`tools/node-reference.ts\`. State keys are
those of a node with its default settings; \`‹name›\` stands for what that setting holds.
`
  return [intro, ...sorted.map(section)].join('\n')
}

function section(type: AnyNodeType): string {
  const { properties, required } = schemaOf(type)
  const rows = Object.entries(properties).map(([name, property]) =>
    row(name, property, required.includes(name)),
  )
  const settings = rows.length === 0 ? ['No settings.'] : [tableHead, ...rows]
  return [
    `## ${type.title}`,
    '',
    `\`${type.type}\` ${type.version} · ${type.tags.join(', ')}`,
    '',
    type.help,
    '',
    ...settings,
    '',
    `- Outcomes: ${outcomes(type)}`,
    `- Reads: ${stateKeys(type.reads?.(sample(properties), '‹node id›'))}`,
    `- Writes: ${stateKeys(type.writes?.(sample(properties)))}`,
    '',
  ].join('\n')
}

function row(name: string, property: PropertySchema, isRequired: boolean): string {
  const kind = property.enum ? property.enum.map((value) => `\`${value}\``).join(', ') : kindOf(property)
  const preset = property.default === undefined ? (isRequired ? 'required' : '') : code(property.default)
  const cells = [`\`${name}\``, property.title, kind, preset, property.description]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function kindOf({ type, items, patternProperties }: PropertySchema): string {
  if (items) return `list of ${items.type}`
  return patternProperties ? 'map' : type
}

function outcomes(type: AnyNodeType): string {
  const all = everyOutcomeOf(type)
  return (
    all?.map(({ id, displayName }) => `\`${id}\` (${displayName})`).join(', ') ?? 'set by the node’s settings'
  )
}

function stateKeys(keys: readonly string[] = []): string {
  if (keys.includes('*')) return 'any key'
  const named = [...new Set(keys)].filter((key) => key !== '')
  return named.length === 0 ? 'nothing' : named.map((key) => `\`${key}\``).join(', ')
}

/** Settings to ask a type's state keys with: defaults, and for the rest a text that names the setting. */
function sample(properties: Record<string, PropertySchema>) {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, property.default ?? `‹${name}›`]),
  )
}

function code(value: unknown): string {
  return `\`${JSON.stringify(value)}\``
}

const page = new URL('../docs/nodes.md', import.meta.url)
const expected = nodeReference(catalogue)

if (!process.argv.includes('--check')) {
  await writeFile(page, expected)
  console.log(`docs/nodes.md: ${catalogue.length} node types`)
} else if ((await readFile(page, 'utf8').catch(() => '')) !== expected) {
  console.error('docs/nodes.md is stale: run "node tools/node-reference.ts"')
  process.exitCode = 1
}
