import { type AnyNode, type Expression, type MemberExpression, type Program, parse } from 'acorn'
import { suggestion } from '../../base/suggestion.ts'
import { bindingsOf, membersOf, typesOf } from '../binding-reference.ts'
import type { Bindings } from '../bindings/binding.ts'
import { scriptContext } from '../script-contexts.ts'
import type { ScriptKind, ScriptNames } from './names-of-a-script.ts'
import { freeNames, type Use } from './scopes.ts'
import { foreignGlobals, standardGlobals, standardMembers } from './standard-names.ts'

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
    return parse(source, {
      ecmaVersion: 'latest',
      sourceType: 'script',
      locations: true,
      allowReturnOutsideFunction: true,
    })
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

/** The member of a name that is used: `get` of `nodeState.get("x")`. */
function memberOf({
  node,
  parents,
}: Use): { name: string; access: MemberExpression; around: AnyNode | undefined } | undefined {
  const access = parents.at(-1)
  if (access?.type !== 'MemberExpression' || access.object !== node) return undefined
  const { property, computed } = access
  const name =
    property.type === 'Identifier' && !computed
      ? property.name
      : property.type === 'Literal' && typeof property.value === 'string'
        ? property.value
        : undefined
  return name === undefined ? undefined : { name, access, around: parents.at(-2) }
}

function unknownMember(
  use: Use,
  bindings: Bindings,
  types: Bindings,
  { properties }: ScriptKind,
): string | undefined {
  const member = memberOf(use)
  if (member === undefined || standardMembers.has(member.name)) return undefined
  const isSet = member.around?.type === 'AssignmentExpression' && member.around.left === member.access
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
  const parent = use.parents.at(-1)
  if (use.name === 'outcome' && parent?.type === 'AssignmentExpression' && parent.left === use.node) {
    return parent.operator === '=' ? literalsIn(parent.right) : []
  }
  const member = memberOf(use)
  const call = member?.around
  if (use.name !== 'action' || member?.name !== 'goTo' || call?.type !== 'CallExpression') return []
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
