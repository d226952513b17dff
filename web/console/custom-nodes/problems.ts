import { type Draft, defaultOf, type PropertyDraft } from './draft.ts'

/** The steps that ask for something, in their order; the first of six only says where to begin. */
export const steps = ['name', 'properties', 'settings', 'script', 'save'] as const
export type Step = (typeof steps)[number]

/** What keeps a draft from being saved: the step where it is mended, what it is about, and what to do. */
export type Problem = { step: Step; about: string; message: string }

/** All that is wrong with a draft, in the order of the steps. */
export function problemsOf(draft: Draft): Problem[] {
  return [
    ...nameProblems(draft),
    ...propertyProblems(draft),
    ...outcomeProblems(draft),
    ...scriptProblems(draft),
  ]
}

function nameProblems({ name }: Draft): Problem[] {
  return name.trim() === '' ? [{ step: 'name', about: 'name', message: 'Give it a name.' }] : []
}

function propertyProblems({ properties }: Draft): Problem[] {
  return properties.flatMap((property, index) => {
    const others = properties.filter((_, at) => at < index)
    return problemsOfProperty(property, others).map(([member, message]) => ({
      step: 'properties' as const,
      about: `${property.key}.${member}`,
      message,
    }))
  })
}

function problemsOfProperty(property: PropertyDraft, before: readonly PropertyDraft[]): [string, string][] {
  const { name, title, type, isMultiple, options, defaultValue } = property
  const hasOptions = Object.keys(options).length > 0
  const reasons: [string, string | false][] = [
    [
      'name',
      !/^\w+$/.test(name) && 'Letters, digits and underscores only: the script reads it by this name.',
    ],
    ['name', /^_(id|rev|type|outcomes)$/.test(name) && 'This name is taken by the node itself.'],
    ['name', before.some((other) => other.name === name) && 'Another property has this name.'],
    ['title', title.trim() === '' && 'Give it a label: it stands above the field.'],
    ['title', before.some((other) => other.title === title) && 'Another property has this label.'],
    ['type', isMultiple && type === 'OBJECT' && 'An object has one value.'],
    ['options', hasOptions && (type !== 'STRING' || isMultiple) && 'Only a single string can have options.'],
    [
      'defaultValue',
      defaultValue !== undefined && defaultOf(property) === undefined && `This is no value of the type.`,
    ],
  ]
  return reasons.filter((reason): reason is [string, string] => reason[1] !== false)
}

function outcomeProblems({ outcomes }: Draft): Problem[] {
  const about = { step: 'settings', about: 'outcomes' } as const
  if (outcomes.length === 0) return [{ ...about, message: 'A node has at least one outcome.' }]
  if (outcomes.includes('Script Error')) {
    return [{ ...about, message: '“Script Error” is added by the error outcome.' }]
  }
  return []
}

function scriptProblems({ script }: Draft): Problem[] {
  return script.trim() === ''
    ? [{ step: 'script', about: 'script', message: 'Write what the node does.' }]
    : []
}
