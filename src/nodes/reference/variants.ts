import type { Json, JsonObject } from '../../base/json.ts'
import type { AnyNodeType } from '../../engine/node-type.ts'
import { type PropertySchema, schemaOf } from '../node-schema.ts'

/** A state key or outcome that a type derives from settings. */
export type Derived = {
  /** `‹name of the setting›` if it is the value of a setting. */
  text: string
  namedBy?: { title: string; preset: Json | undefined }
  /** Such as `with **Exitable**`; unset if every node has it. */
  condition?: string
}

type Derive = (settings: JsonObject) => readonly string[]
type Setting = PropertySchema & { name: string }

/**
 * Everything that a type can derive from settings. Free texts become placeholders; of settings with few values, each
 * value is tried.
 * @param derive the state keys or outcomes for given settings, which may be invalid.
 */
export function derivedFrom(type: AnyNodeType, derive: Derive): Derived[] {
  const settings = settingsOf(type)
  const plain: JsonObject = Object.fromEntries(settings.map((each) => [each.name, plainValue(each)]))
  const always = new Set(derive(plain))
  const conditions = new Map<string, Condition>()
  for (const setting of settings) {
    for (const { value, without } of alternatives(setting, plain[setting.name])) {
      const derived = new Set(derive({ ...plain, [setting.name]: value }))
      const missing = without === undefined ? [] : [...always].filter((text) => !derived.has(text))
      for (const text of missing) note(conditions, text, { setting, values: [without ?? null] })
      for (const text of derived) if (!always.has(text)) note(conditions, text, { setting, values: [value] })
    }
  }
  return [...new Set([...always, ...conditions.keys()])].map((text) => {
    const setting = settings.find(({ name }) => text === placeholder(name))
    const condition = conditions.get(text)
    return {
      text,
      ...(setting && { namedBy: { title: inSentence(setting), preset: setting.default } }),
      ...(condition && { condition: inWords(condition) }),
    }
  })
}

/** Cached, because describing a schema takes a while. */
const known = new WeakMap<AnyNodeType, Setting[]>()

function settingsOf(type: AnyNodeType): Setting[] {
  const settings =
    known.get(type) ?? Object.entries(schemaOf(type).properties).map(([name, each]) => ({ name, ...each }))
  known.set(type, settings)
  return settings
}

/** Values that a setting must have. */
type Condition = { setting: Setting; values: Json[] }

/** Records the first setting that matters, with all of its values. */
function note(conditions: Map<string, Condition>, text: string, { setting, values }: Condition): void {
  const known = conditions.get(text)
  if (known === undefined) conditions.set(text, { setting, values })
  else if (known.setting === setting) known.values.push(...values)
}

function inWords({ setting, values }: Condition): string {
  const title = `**${inSentence(setting)}**`
  if (setting.enum) return `with ${title} ${values.map((value) => `\`${String(value)}\``).join(' or ')}`
  return `${values.includes(false) ? 'without' : 'with'} ${title}`
}

/** Some of the vendor's titles end with a full stop. */
function inSentence({ title }: Setting): string {
  return title.replace(/\.$/, '')
}

function placeholder(name: string): string {
  return `‹${name}›`
}

/** A placeholder for free texts, otherwise the value in a new node. */
function plainValue({ name, type, enum: choices, items, patternProperties, default: preset }: Setting): Json {
  const self = placeholder(name)
  if (items) return [self]
  if (patternProperties) return { [self]: self }
  if (choices) return preset ?? choices[0] ?? null
  if (type === 'string') return self
  if (type === 'boolean') return preset ?? false
  return preset ?? 0
}

/** Other values to try; `without` is the current one, if its absence is worth a condition. */
function alternatives(
  { type, enum: choices }: Setting,
  current: Json | undefined,
): { value: Json; without?: boolean }[] {
  if (type === 'boolean') return [{ value: current !== true, without: current === true }]
  if (type === 'integer') return [{ value: 1 }]
  return (choices ?? []).filter((choice) => choice !== current).map((value) => ({ value }))
}
