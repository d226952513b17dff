import type { Binding, BindingMember, Bindings } from '../../api/script-bindings.ts'

/** A completion. */
export type Proposal = { label: string; signature: string | undefined; help: string; isFunction: boolean }

/** Completions that replace the last `length` characters before the cursor. */
export type Proposals = { length: number; proposals: Proposal[] }

/** Matches chains like `idRepository.getIdentity(id).get`. Arguments must not contain parentheses. */
const chain = /([A-Za-z_$][\w$]*(?:\([^()]*\))?(?:\.[\w$]+(?:\([^()]*\))?)*)\.([\w$]*)$/
const word = /[A-Za-z_$][\w$]*$/

/**
 * Completions for the text between line start and cursor: members after a dot, otherwise bindings.
 * @param propertyNames properties of the custom node type, offered as members of `properties`.
 */
export function proposalsFor(
  text: string,
  bindings: Bindings,
  propertyNames: readonly string[],
): Proposals | undefined {
  const dotted = chain.exec(text)
  if (dotted !== null) {
    const [, path = '', started = ''] = dotted
    const members = membersOf(path, bindings, propertyNames)
    return members && { length: started.length, proposals: members.map(proposalOf) }
  }
  const started = word.exec(text)?.[0] ?? ''
  if (/[.'"`]$/.test(text.slice(0, text.length - started.length))) return undefined
  return { length: started.length, proposals: bindings.bindings.map(proposalOf) }
}

function membersOf(
  path: string,
  bindings: Bindings,
  propertyNames: readonly string[],
): readonly BindingMember[] | undefined {
  const [root = '', ...rest] = path.split('.').map((part) => part.replace(/\(.*$/, ''))
  if (root === 'properties' && rest.length === 0) {
    return propertyNames.map((name) => ({ name, help: 'Property of this node.' }))
  }
  let at: Binding | undefined = bindings.bindings.find(({ name }) => name === root)
  if (at?.answers !== undefined && path.startsWith(`${root}(`)) at = kindNamed(at.answers, bindings)
  for (const name of rest) {
    const answers: string | undefined = at?.members?.find((member) => member.name === name)?.answers
    at = answers === undefined ? undefined : kindNamed(answers, bindings)
  }
  return at?.members
}

function kindNamed(name: string, { bindings, types }: Bindings): Binding | undefined {
  return types.find((type) => type.name === name) ?? bindings.find((binding) => binding.name === name)
}

function proposalOf({ name, signature, help }: BindingMember): Proposal {
  return { label: name, signature, help, isFunction: signature?.includes('(') ?? false }
}
