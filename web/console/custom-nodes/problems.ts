import { type Draft, defaultOf, type PropertyDraft } from './draft.ts'

/** The steps of the wizard, in order. */
export const steps = ['name', 'properties', 'settings', 'script', 'save'] as const
export type Step = (typeof steps)[number]

/** A problem that prevents saving, with the step and the field to fix. */
export type Problem = {
  step: Step
  /** The field. */
  about: string
  message: string
  /** Nothing was entered yet, which is no mistake until the step is left. */
  isMissing?: true
}

/**
 * All problems of a draft, in step order.
 * @param takenNames of the other custom node types.
 */
export function problemsOf(draft: Draft, takenNames: readonly string[] = []): Problem[] {
  return [
    ...nameProblems(draft, takenNames),
    ...propertyProblems(draft),
    ...outcomeProblems(draft),
    ...scriptProblems(draft),
  ]
}

function nameProblems({ name }: Draft, takenNames: readonly string[]): Problem[] {
  const about = { step: 'name', about: 'name' } as const
  if (name.trim() === '') return [{ ...about, message: 'Enter a name.', isMissing: true }]
  return takenNames.includes(name.trim()) ? [{ ...about, message: 'Another custom node has this name.' }] : []
}

function propertyProblems({ properties }: Draft): Problem[] {
  return properties.flatMap((property, index) => {
    const others = properties.filter((_, at) => at < index)
    const about = (member: keyof PropertyDraft) => ({
      step: 'properties' as const,
      about: `${property.key}.${member}`,
    })
    const { name, title } = property
    return [
      ...(name === '' ? [{ ...about('name'), message: enterName, isMissing: true as const }] : []),
      ...(title.trim() === '' ? [{ ...about('title'), message: enterLabel, isMissing: true as const }] : []),
      ...mistakesOf(property, others).map(([member, message]) => ({ ...about(member), message })),
    ]
  })
}

const enterName = 'Enter a name. The script reads the property by it.'
const enterLabel = 'Enter a label. It is shown above the field.'

type Mistake = [member: keyof PropertyDraft, message: string]

function mistakesOf(property: PropertyDraft, before: readonly PropertyDraft[]): Mistake[] {
  const { name, title, type, isMultiple, options, defaultValue } = property
  const keys = Object.keys(options)
  const reasons: [keyof PropertyDraft, string | false][] = [
    [
      'name',
      !/^\w*$/.test(name) &&
        'Use only letters, digits and underscores: the script reads the property by this name.',
    ],
    ['name', /^_(id|rev|type|outcomes)$/.test(name) && 'This name is reserved.'],
    ['name', name !== '' && before.some((other) => other.name === name) && 'Another property has this name.'],
    ['title', title.trim() !== '' && before.some((other) => other.title === title) && sameLabel],
    ['type', isMultiple && type === 'OBJECT' && 'Objects can’t have multiple values.'],
    [
      'options',
      keys.length > 0 && (type !== 'STRING' || isMultiple) && 'Only single strings can have options.',
    ],
    ['options', keys.some((key) => !/^(?!\d+$)\w+$/.test(key)) && optionKeys],
    [
      'defaultValue',
      defaultValue !== undefined && defaultOf(property) === undefined && 'This value doesn’t match the type.',
    ],
  ]
  return reasons.filter((reason): reason is Mistake => reason[1] !== false)
}

const sameLabel = 'Another property has this label.'
const optionKeys = 'Use letters, digits and underscores for values, and not only digits.'

function outcomeProblems({ outcomes }: Draft): Problem[] {
  const about = { step: 'settings', about: 'outcomes' } as const
  if (outcomes.length === 0) return [{ ...about, message: 'Add at least one outcome.', isMissing: true }]
  if (outcomes.includes('Script Error')) {
    return [{ ...about, message: '“Script Error” is reserved: the error outcome adds it.' }]
  }
  return []
}

function scriptProblems({ script }: Draft): Problem[] {
  return script.trim() === ''
    ? [{ step: 'script', about: 'script', message: 'Write a script.', isMissing: true }]
    : []
}
