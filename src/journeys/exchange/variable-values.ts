import type { Bundle } from './bundle.ts'

/** Members of a variable or secret that never contain its value. */
export const openVariableMembers: ReadonlySet<string> = new Set([
  'description',
  'encoding',
  'expressionType',
  'useInPlaceholders',
])

/** Members that tell when and by whom one was changed, which exports contain as well. */
const dates: ReadonlySet<string> = new Set([
  '_id',
  'realms',
  'lastChangeDate',
  'lastChangedBy',
  'loaded',
  'loadedVersion',
  'activeVersion',
])

/** Members that only secrets have. */
const secretMembers = ['encoding', 'useInPlaceholders', 'activeVersion', 'activeValue', 'versions']

/**
 * A bundle without values of secrets, and without those of variables for people who may not read them: a stored document can be
 * from an import by an administrator with more rights.
 */
export function withoutVariableValues(bundle: Bundle, mayReadVariables: boolean): Bundle {
  const documents = bundle.documents.map((one) => {
    const isSecret = secretMembers.some((name) => Object.hasOwn(one.document, name))
    // rule S36: otherwise exports have values of variables for everybody, or values of secrets
    if (one.kind !== 'variable' || (mayReadVariables && !isSecret)) return one
    const open = Object.entries(one.document).filter(
      ([name]) => openVariableMembers.has(name) || dates.has(name),
    )
    return { ...one, document: Object.fromEntries(open) }
  })
  return { ...bundle, documents }
}
