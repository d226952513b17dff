import type { AnyNode, Expression, Identifier, MemberExpression, Program } from 'acorn'
import { isTarget, isUse, parsed, ScriptScopes } from '../../base/script-scopes.ts'
import { suggestion } from '../../base/suggestion.ts'
import { nameOf } from '../../base/syntax-tree.ts'
import { bindingsOf, membersOf, typesOf } from '../binding-reference.ts'
import type { Bindings } from '../bindings/binding.ts'
import { scriptContext } from '../script-contexts.ts'
import type { ScriptKind, ScriptNames } from './names-of-a-script.ts'
import { foreignGlobals, standardGlobals, standardMembers } from './standard-names.ts'

/** A name that a script takes from outside, and what is around it: `get` of `nodeState.get("x")` with its call. */
type Use = { name: string; node: Identifier; parent: AnyNode; around: AnyNode | undefined }

const none: ScriptNames = { unknown: [], outcomes: [] }

/** Finds names that a script uses and that do not exist where it runs. Finds nothing in a script with a syntax error. */
export function scriptNames(source: string, kind: ScriptKind): ScriptNames {
  const context = scriptContext(kind.context)
  const program = parsedScript(source)
  if (context === undefined || program === undefined) return none
  const { uses, known, isOpen } = freeNames(program)
  const bindings = bindingsOf(context.as, kind.evaluatorVersion)
  const types = typesOf(kind.evaluatorVersion)
  if (isOpen) return none
  // A script that replaces a binding has a variable of its own.
  const own = (name: string) =>
    (known.has(name) && bindings[name]?.kind !== 'variable') || !Object.hasOwn(bindings, name)
  const unknown = uses.flatMap((use) => {
    const { name, node } = use
    const line = node.loc?.start.line ?? 1
    const at = (message: string | undefined) => (message === undefined ? [] : [{ line, message }])
    if (!known.has(name) && !Object.hasOwn(bindings, name) && !standardGlobals.has(name)) {
      // Some teams add a library to scripts when they deploy them: other unknown names can be of these.
      const reason = elsewhere(name, context.as, kind) || suggestion(name, Object.keys(bindings))
      return at(reason === '' ? undefined : `'${name}' is unknown${reason}`)
    }
    return own(name) ? [] : at(unknownMember(use, bindings, types, kind))
  })
  return {
    unknown: [...new Map(unknown.toReversed().map((each) => [each.message, each])).values()].toReversed(),
    outcomes: uses.filter(({ name }) => !own(name)).flatMap((use) => outcomesOf(use)),
  }
}

/** The syntax tree of a script, with lines; undefined for a syntax error. */
export function parsedScript(source: string): Program | undefined {
  try {
    return parsed(source)
  } catch {
    return undefined
  }
}

/** Bindings of the other generation, and globals of browsers, explain most names that a script brings from there. */
function elsewhere(
  name: string,
  as: Parameters<typeof bindingsOf>[0],
  { evaluatorVersion }: ScriptKind,
): string {
  if (foreignGlobals.has(name)) return ': it exists in browsers and Node.js only'
  const isLegacy = evaluatorVersion.startsWith('1')
  const other = bindingsOf(as, isLegacy ? '2.0' : '1.0')
  if (!Object.hasOwn(other, name)) return ''
  return isLegacy ? ': it exists in next-generation scripts only' : ': it exists in legacy scripts only'
}

/**
 * Finds the names that a script uses and does not declare. `known` are those that it sets, or asks for with `typeof`: it knows that
 * they can be missing. `isOpen`: code that is not visible here can define any name.
 */
function freeNames(program: Program): { uses: Use[]; known: ReadonlySet<string>; isOpen: boolean } {
  const scopes = new ScriptScopes(program)
  const uses: Use[] = []
  const known = new Set<string>()
  for (const { node, parent, isInWith } of scopes.places) {
    const isOwn = node.type === 'MemberExpression' && node.object.type === 'ThisExpression'
    if (isOwn && parent.type === 'AssignmentExpression' && parent.left === node) known.add(nameOf(node) ?? '')
    if (node.type !== 'Identifier' || isInWith || !isUse(node, parent)) continue
    const { name } = node
    if (['arguments', 'undefined'].includes(name) || scopes.variableOf(node) !== undefined) continue
    const isAsked = parent.type === 'UnaryExpression' && parent.operator === 'typeof'
    if (isAsked || isTarget(node, parent)) known.add(name)
    uses.push({ name, node, parent, around: scopes.parentOf(parent) })
  }
  return { uses, known, isOpen: uses.some(({ name }) => name === 'eval' || name === 'Function') }
}

/** The member of a name that is used. */
function memberOf({ node, parent }: Use): { name: string; access: MemberExpression } | undefined {
  const name = nameOf(parent)
  if (parent.type !== 'MemberExpression' || parent.object !== node || name === undefined) return undefined
  return { name, access: parent }
}

function unknownMember(
  use: Use,
  bindings: Bindings,
  types: Bindings,
  { properties }: ScriptKind,
): string | undefined {
  const member = memberOf(use)
  if (member === undefined || standardMembers.has(member.name)) return undefined
  const isSet = use.around?.type === 'AssignmentExpression' && use.around.left === member.access
  if (isSet) return undefined
  if (use.name === 'properties') {
    if (properties === undefined || properties.includes(member.name)) return undefined
    return `'properties.${member.name}' is no setting of the node${suggestion(member.name, properties)}`
  }
  const { kind, members = {} } = bindings[use.name] ?? types[use.name] ?? { kind: 'text' }
  const names = [...new Set(membersOf(members).map(({ name }) => name.split('.')[0] ?? ''))]
  if (kind !== 'object' || names.length === 0 || names.includes(member.name)) return undefined
  return `'${use.name}.${member.name}' is unknown${suggestion(member.name, names)}`
}

/** Outcomes in `action.goTo("x")`, `Action.goTo("x")` and `outcome = "x"`. */
function outcomesOf(use: Use): ScriptNames['outcomes'] {
  const { parent, around: call } = use
  if (use.name === 'outcome' && parent.type === 'AssignmentExpression' && parent.left === use.node) {
    return parent.operator === '=' ? literalsIn(parent.right) : []
  }
  if (use.name !== 'action' || memberOf(use)?.name !== 'goTo' || call?.type !== 'CallExpression') return []
  const [outcome] = call.arguments
  return outcome === undefined || outcome.type === 'SpreadElement' ? [] : literalsIn(outcome)
}

function literalsIn(expression: Expression): ScriptNames['outcomes'] {
  if (expression.type === 'ConditionalExpression') {
    return [...literalsIn(expression.consequent), ...literalsIn(expression.alternate)]
  }
  if (expression.type !== 'Literal' || typeof expression.value !== 'string') return []
  return [{ line: expression.loc?.start.line ?? 1, outcome: expression.value }]
}
