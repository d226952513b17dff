import type { Json, JsonObject } from '../../src/engine/json.ts'
import type { AnyNodeType } from '../../src/engine/node-type.ts'
import { type PropertySchema, schemaOf } from '../../src/nodes/node-schema.ts'

/** Something that a type derives from settings: a state key, an outcome. */
export type Derived = {
  /** `‹name of the setting›` where a setting names it. */
  text: string
  namedBy?: { title: string; preset: Json | undefined }
  /** Such as `with **Exitable**`; unset when every node has it. */
  condition?: string
}

type Derive = (settings: JsonObject) => readonly string[]
type Setting = PropertySchema & { name: string }

/**
 * What a type derives from settings, all settings considered: free texts stand for themselves, and every setting with
 * few values is tried with each.
 * @param derive what a node has with certain settings, which may not be valid ones.
 */
export function derivedFrom(type: AnyNodeType, derive: Derive): Derived[] {
  const settings = Object.entries(schemaOf(type).properties).map(([name, each]) => ({ name, ...each }))
  const plain: JsonObject = Object.fromEntries(settings.map((each) => [each.name, plainValue(each)]))
  const always = new Set(derive(plain))
  const conditions = new Map<string, Condition>()
  for (const setting of settings) {
    for (const { value, without } of alternatives(setting, plain[setting.name])) {
      const derived = new Set(derive({ ...plain, [setting.name]: value }))
      const gone = without === undefined ? [] : [...always].filter((text) => !derived.has(text))
      for (const text of gone) note(conditions, text, { setting, values: [without ?? null] })
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

/** What one setting has to be. */
type Condition = { setting: Setting; values: Json[] }

/** The first setting that matters is told, with all of its values. */
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

/** Some titles of the vendor's end in a full stop. */
function inSentence({ title }: Setting): string {
  return title.replace(/\.$/, '')
}

function placeholder(name: string): string {
  return `‹${name}›`
}

/** Free texts name themselves; everything else is as in a new node. */
function plainValue({ name, type, enum: choices, items, patternProperties, default: preset }: Setting): Json {
  const self = placeholder(name)
  if (items) return [self]
  if (patternProperties) return { [self]: self }
  if (choices) return preset ?? choices[0] ?? null
  if (type === 'string') return self
  if (type === 'boolean') return preset ?? false
  return preset ?? 0
}

/** Other values to try; `without` is the one held, where not having the other is worth telling. */
function alternatives(
  { type, enum: choices }: Setting,
  held: Json | undefined,
): { value: Json; without?: boolean }[] {
  if (type === 'boolean') return [{ value: held !== true, without: held === true }]
  if (type === 'integer') return [{ value: 1 }]
  return (choices ?? []).filter((choice) => choice !== held).map((value) => ({ value }))
}
