import { type Draft, defaultOf, type PropertyDraft } from './draft.ts'

/** The steps with a form. The wizard counts the list of node types as step 1. */
export const steps = ['name', 'properties', 'settings', 'script', 'save'] as const
export type Step = (typeof steps)[number]

/** A problem that prevents saving, with the step and the field to fix. `about` is the field. */
export type Problem = { step: Step; about: string; message: string }

/** All problems of a draft, in step order. */
export function problemsOf(draft: Draft): Problem[] {
  return [
    ...nameProblems(draft),
    ...propertyProblems(draft),
    ...outcomeProblems(draft),
    ...scriptProblems(draft),
  ]
}

function nameProblems({ name }: Draft): Problem[] {
  return name.trim() === '' ? [{ step: 'name', about: 'name', message: 'Enter a name.' }] : []
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
      !/^\w+$/.test(name) &&
        'Use only letters, digits and underscores: the script reads the property by this name.',
    ],
    ['name', /^_(id|rev|type|outcomes)$/.test(name) && 'This name is reserved.'],
    ['name', before.some((other) => other.name === name) && 'Another property has this name.'],
    ['title', title.trim() === '' && 'Enter a label. It is shown above the field.'],
    ['title', before.some((other) => other.title === title) && 'Another property has this label.'],
    ['type', isMultiple && type === 'OBJECT' && 'Objects can’t have multiple values.'],
    ['options', hasOptions && (type !== 'STRING' || isMultiple) && 'Only single strings can have options.'],
    [
      'defaultValue',
      defaultValue !== undefined && defaultOf(property) === undefined && 'This value doesn’t match the type.',
    ],
  ]
  return reasons.filter((reason): reason is [string, string] => reason[1] !== false)
}

function outcomeProblems({ outcomes }: Draft): Problem[] {
  const about = { step: 'settings', about: 'outcomes' } as const
  if (outcomes.length === 0) return [{ ...about, message: 'Add at least one outcome.' }]
  if (outcomes.includes('Script Error')) {
    return [{ ...about, message: '“Script Error” is reserved: the error outcome adds it.' }]
  }
  return []
}

function scriptProblems({ script }: Draft): Problem[] {
  return script.trim() === '' ? [{ step: 'script', about: 'script', message: 'Write a script.' }] : []
}
