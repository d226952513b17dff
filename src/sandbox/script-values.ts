import type { AnyNode, CallExpression, Expression, Identifier, NewExpression } from 'acorn'
import type { Variable } from '../base/script-scopes.ts'
import { childrenOf, isFunction, nameOf } from '../base/syntax-tree.ts'
import { keyOf, ScriptVariables, states } from './script-variables.ts'
import { simulatedJava } from './simulated-java.ts'

/**
 * What the vendor's engine has for an expression; undefined if that isn't known.
 *
 * `any`: a value of the state, which is an object of Java. `opened`: the same in a variable outside functions, where texts, numbers
 * and truth values are JavaScript's. `joined`: a concatenation in such a variable, which is an object. `joining`: one in place.
 * `boxed`: a text of `new java.lang.String` in such a variable, which is an object here. `made`: the same in place. `of` a class: what
 * `new` makes of it, if the sandbox simulates that.
 */
export type Kind =
  | ('state' | 'any' | 'opened' | 'joined' | 'joining' | 'boxed' | 'made' | 'nothing' | undefined)
  | ('string' | 'number' | 'flag' | 'list' | 'set' | 'map' | 'array' | 'iterator' | 'importer')
  | ('text' | 'jsArray' | 'jsObject' | 'jsValue')
  | `class ${string}`
  | `of ${string}`
  | `package ${string}`

const words = (text: string) => text.split(' ')
const inTables = <Of>(table: Record<string, Of>) =>
  new Map(Object.entries(table).flatMap(([names, of]) => words(names).map((name) => [name, of] as const)))

/** What methods of Java's values give. */
const results = inTables<Kind>({
  'substring trim toLowerCase toUpperCase replace replaceAll replaceFirst concat toString strip getName':
    'string',
  split: 'array',
  'get getOrDefault getValue getKey getFirst next peek remove put set': 'any',
  'keySet entrySet values': 'set',
  'iterator listIterator': 'iterator',
  subList: 'list',
  'length size indexOf isEmpty equals equalsIgnoreCase contains containsKey startsWith endsWith': 'jsValue',
})
const instances = inTables<Kind>({
  'ArrayList LinkedList Vector List': 'list',
  'HashSet LinkedHashSet TreeSet': 'set',
  'HashMap LinkedHashMap TreeMap': 'map',
  'Integer Long Short Byte Double Float': 'number',
  Boolean: 'flag',
})
const statics = inTables<Kind>({
  'Arrays.asList List.of Collections.emptyList Collections.singletonList': 'list',
  'Set.of Collections.emptySet Collections.singleton': 'set',
  'Map.of Collections.emptyMap Collections.singletonMap': 'map',
  'Integer.valueOf Long.valueOf Double.valueOf': 'number',
  'Boolean.valueOf Boolean.TRUE Boolean.FALSE': 'flag',
  'UUID.randomUUID UUID.fromString': 'of java.util.UUID',
  'String.valueOf String.format String.join Integer.toString Long.toString': 'string',
})
const requests = words('requestHeaders requestParameters')
const roots = words('java javax org com Packages')

/** The kinds of a script's values. */
export class ScriptValues extends ScriptVariables {
  readonly #kinds = new Map<AnyNode | Variable | string, Kind>()

  kindOf(node: AnyNode): Kind {
    return this.#kept(node, () => this.#find(node))
  }

  /** Finds each kind once. A value that depends on itself has none. */
  #kept(of: AnyNode | Variable | string, find: () => Kind): Kind {
    if (!this.#kinds.has(of)) {
      this.#kinds.set(of, undefined)
      this.#kinds.set(of, find())
    }
    return this.#kinds.get(of)
  }

  #kindOfVariable({ isOutside, stores }: Variable): Kind {
    const kinds = stores.map(({ node, isElement }) => {
      const kind = node === undefined ? undefined : this.kindOf(node)
      return isElement ? elementOf(kind) : kind
    })
    const isGrownText = stores.some(({ isGrown }) => isGrown) && kinds.includes('text')
    const stored = kinds.map((kind, at): Kind => {
      if (isGrownText && stores[at]?.isGrown) return isOutside ? 'joined' : 'joining'
      if (isGrownText && kind === 'text') return 'nothing'
      return isOutside ? outside(kind) : kind
    })
    return joined(stored)
  }

  #find(node: AnyNode): Kind {
    switch (node.type) {
      case 'Literal':
        if (node.value === null && node.raw === 'null') return 'nothing'
        return typeof node.value === 'string' ? 'text' : 'jsValue'
      case 'TemplateLiteral':
        return node.expressions.length === 0 ? 'text' : 'joining'
      case 'ArrayExpression':
        return 'jsArray'
      case 'ObjectExpression':
        return 'jsObject'
      case 'ConditionalExpression':
        return joined([this.kindOf(node.consequent), this.kindOf(node.alternate)])
      case 'LogicalExpression':
        return joined([this.kindOf(node.left), this.kindOf(node.right)])
      case 'AssignmentExpression':
        return node.operator === '+='
          ? this.#sum(node)
          : node.operator === '='
            ? this.kindOf(node.right)
            : 'jsValue'
      case 'BinaryExpression':
        return node.operator === '+' ? this.#sum(node) : 'jsValue'
      case 'UnaryExpression':
        return node.operator === 'typeof' ? 'text' : node.operator === 'void' ? 'nothing' : 'jsValue'
      case 'Identifier':
        return this.#kindOfName(node)
      case 'MemberExpression':
        return this.#kindOfMember(node)
      case 'CallExpression':
      case 'NewExpression':
        return this.#kindOfCall(node)
      default:
        return undefined
    }
  }

  #sum({ left, right }: { left: AnyNode; right: AnyNode }): Kind {
    const [one, other] = [this.kindOf(left), this.kindOf(right)]
    if (left.type === 'Literal' && right.type === 'Literal')
      return one === 'text' || other === 'text' ? 'text' : 'jsValue'
    const isText = [one, other].some(
      (kind) => kind !== undefined && words('text joining joined string made boxed').includes(kind),
    )
    return isText ? 'joining' : one === 'jsValue' && other === 'jsValue' ? 'jsValue' : undefined
  }

  #kindOfName(node: Identifier): Kind {
    const variable = this.variableOf(node)
    if (variable !== undefined) return this.#kept(variable, () => this.#kindOfVariable(variable))
    if (node.name === 'undefined') return 'nothing'
    if (node.name === 'realm') return 'text'
    if (states.includes(node.name)) return 'state'
    if (requests.includes(node.name)) return 'map'
    return roots.includes(node.name) ? `package ${node.name}` : undefined
  }

  #kindOfMember(node: Extract<AnyNode, { type: 'MemberExpression' }>): Kind {
    const kind = this.kindOf(node.object)
    const name = nameOf(node)
    if (kind === undefined) return undefined
    if (kind === 'jsArray' || kind === 'jsObject')
      return this.#kindInLiteral(node.object, node.property, name)
    if (name === undefined) return elementOf(kind)
    if (kind === 'importer') return `class ${name}`
    if (kind.startsWith('package '))
      return `${/^[A-Z]/.test(name) ? 'class' : 'package'} ${kind.slice(8)}.${name}`
    if (kind.startsWith('class ')) return statics.get(`${simple(kind)}.${name}`)
    return undefined
  }

  /** A member of a literal, or of a variable that gets nothing else. */
  #kindInLiteral(object: AnyNode, { type, value }: { type: string; value?: unknown }, name?: string): Kind {
    const stores = object.type === 'Identifier' ? (this.variableOf(object)?.stores ?? []) : [{ node: object }]
    const literal = stores.length === 1 ? stores[0]?.node : undefined
    if (literal?.type === 'ArrayExpression' && type === 'Literal')
      return this.kindOf(literal.elements[Number(value)] ?? literal)
    if (literal?.type !== 'ObjectExpression') return undefined
    const member = literal.properties.find(
      (each) => each.type === 'Property' && each.key.type === 'Identifier' && each.key.name === name,
    )
    return member?.type === 'Property' ? this.kindOf(member.value) : undefined
  }

  #kindOfCall(node: CallExpression | NewExpression): Kind {
    const { callee } = node
    const kind = this.kindOf(callee)
    if (callee.type === 'Identifier' && this.variableOf(callee) === undefined) {
      if (callee.name === 'JavaImporter') return 'importer'
      if (callee.name === 'String') return node.type === 'NewExpression' ? 'of String' : 'text'
      if (['Boolean', 'Number', 'parseInt', 'parseFloat'].includes(callee.name)) return 'jsValue'
    }
    if (kind?.startsWith('class ')) {
      if (simple(kind) === 'String') return node.type === 'NewExpression' ? 'made' : 'string'
      const made = `new ${fullName(kind)}`
      return instances.get(simple(kind)) ?? (made in simulatedJava ? `of ${made.slice(4)}` : undefined)
    }
    if (callee.type === 'Identifier') return this.#kindOfReturn(callee)
    const name = nameOf(callee)
    if (callee.type !== 'MemberExpression' || name === undefined) return undefined
    const key = node.type === 'CallExpression' ? keyOf(node) : undefined
    if (name === 'get' && this.isGlobal(callee.object, states)) return this.#kindInState(key)
    if (name === 'get' && this.isGlobal(callee.object, requests)) return 'list'
    const of = this.kindOf(callee.object)
    if (of?.startsWith('class ')) return statics.get(`${simple(of)}.${name}`)
    if (isJava(of) || (of === 'opened' && /^(?:get|iterator|next|keySet|entrySet)$/.test(name)))
      return results.get(name) === 'any' && of !== 'any' ? this.#kindInState('members') : results.get(name)
    if (of?.startsWith('of ') === true && name === 'toString') return 'string'
    return of === 'text' || of === 'joining' ? ofText(name) : undefined
  }

  /** What the script itself puts there is what it gets. */
  #kindInState(key: string | undefined): Kind {
    if (key === undefined) return 'any'
    return this.#kept(key, () => {
      const puts = (this.puts.get(key) ?? []).map((node) => this.kindOf(node))
      if (puts.includes('joined')) return 'joined'
      return puts.some((kind) => kind === 'jsArray' || kind === 'jsObject') ? undefined : 'any'
    })
  }

  #kindOfReturn(callee: Identifier): Kind {
    const [store, ...others] = this.variableOf(callee)?.stores ?? []
    if (store?.node === undefined || others.length > 0 || !isFunction(store.node)) return undefined
    const { body } = store.node
    if (body.type !== 'BlockStatement') return this.kindOf(body)
    return this.#kept(body, () =>
      joined(returnsIn(body).map((each) => (each === null ? 'nothing' : this.kindOf(each)))),
    )
  }
}

/** Whether it is an object of Java. */
export const isJava = (kind: Kind) =>
  kind !== undefined && words('state any string number flag list set map array iterator made').includes(kind)

/** The name of a class of which the package is known, or no other class of another package has the name. */
export function fullName(kind: string): string {
  const name = kind.slice('class '.length)
  if (name.includes('.') || name === 'Base64') return name
  const [found] = Object.entries(simulatedJava).find(([, classes]) => words(classes).includes(name)) ?? []
  return found === undefined ? name : `${found}.${name}`
}

const simple = (kind: string) => kind.slice(Math.max(kind.lastIndexOf('.'), kind.lastIndexOf(' ')) + 1)
const ofText = (name: string): Kind =>
  results.get(name) === 'string' ? 'text' : name === 'split' ? 'jsArray' : undefined

/** What a variable outside functions makes of a value. */
function outside(kind: Kind): Kind {
  if (kind === 'any') return 'opened'
  if (kind === 'joining') return 'joined'
  if (kind === 'made') return 'boxed'
  return kind === 'string' ? 'text' : kind === 'number' || kind === 'flag' ? 'jsValue' : kind
}

function joined(kinds: readonly Kind[]): Kind {
  const [first, ...others] = new Set(kinds.filter((kind) => kind !== 'nothing'))
  return others.length === 0 ? first : undefined
}

function elementOf(kind: Kind): Kind {
  return kind === 'array'
    ? 'string'
    : kind === 'list' || kind === 'any' || kind === 'opened'
      ? 'any'
      : undefined
}

function returnsIn(node: AnyNode): (Expression | null)[] {
  if (node.type === 'ReturnStatement') return [node.argument ?? null]
  return childrenOf(node).flatMap((child) => (isFunction(child) ? [] : returnsIn(child)))
}
