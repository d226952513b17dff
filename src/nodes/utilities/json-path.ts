import { jsonpath } from 'json-p3'
import type { Json } from '../../base/json.ts'

const { JSONPathEnvironment, JSONPathNode, selectors, expressions } = jsonpath

type Query = ReturnType<typeof jsonpath.compile>
type Segment = Query['segments'][number]
type Filter = InstanceType<typeof selectors.FilterSelector>['expression']['expression']

const maxLength = 500

/** Values that the segments of one path look at. */
const maxVisits = 100_000

/** How many values a path found, and whether it can find only one. */
export type Selection = { values: Json[]; isSingle: boolean }

const environment = new JSONPathEnvironment()
// Regular expressions and functions over further paths could take any time.
// rule S64: otherwise a path has regular expressions
for (const name of ['match', 'search', 'count', 'value']) environment.functionRegister.delete(name)

/** Whether {@link select} takes the path. */
export function isJsonPath(path: string): boolean {
  try {
    compiled(path)
    return true
  } catch {
    return false
  }
}

/**
 * Values at a JSONPath. As in the vendor's library, a filter on an object tests the object itself.
 * @throws if the path is not one of {@link isJsonPath}, or looks at too much
 */
export function select(path: string, document: Json): Selection {
  const query = compiled(path)
  const budget = { visits: 0 }
  let found = [new JSONPathNode(document, [], document)]
  for (const segment of query.segments) {
    const next: typeof found = []
    for (const node of found) {
      spend(budget, costOf(segment, node.value))
      for (const each of segment.lazyResolve([asFiltered(segment, node)])) {
        spend(budget, 1)
        next.push(each)
      }
    }
    found = next
  }
  return { values: found.map(({ value }) => value as Json), isSingle: query.singularQuery() }
}

/** @throws if the path is invalid, or has a filter whose time depends on more than the value that it tests */
function compiled(path: string): Query {
  if (path.length > maxLength) throw new Error(`a path has at most ${maxLength} characters`)
  const query = environment.compile(asStandard(path))
  const filters = query.segments.flatMap((segment) => segment.selectors).filter(isFilter)
  // rule S64: otherwise a filter takes any time
  if (!filters.every(({ expression }) => isCheap(expression.expression))) {
    throw new Error('a filter compares members with fixed values only')
  }
  return query
}

/** Quoted texts, a dot before a bracket, and names with hyphens. */
const vendorsForms = /('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<!\.)\.(?=\[)|(\.\.?)([A-Za-z_]\w*(?:-\w+)+)/g

/** In the form of RFC 9535: `$.[0].user-id` becomes `$[0]['user-id']`. */
function asStandard(path: string): string {
  return path.replace(vendorsForms, (_, quoted?: string, dots?: string, name?: string) => {
    if (quoted !== undefined) return quoted
    return name === undefined ? '' : `${dots === '..' ? '..' : ''}['${name}']`
  })
}

function isFilter(selector: unknown): selector is InstanceType<typeof selectors.FilterSelector> {
  return selector instanceof selectors.FilterSelector
}

/** Whether a filter only looks at single members of the value, and compares them with fixed values. */
function isCheap(filter: Filter): boolean {
  if (filter instanceof expressions.LogicalExpression) return isCheap(filter.expression)
  if (filter instanceof expressions.PrefixExpression) return isCheap(filter.right)
  if (filter instanceof expressions.InfixExpression) {
    const { left, right } = filter
    return isCheap(left) && isCheap(right) && (filter.logical || isFixed(left) || isFixed(right))
  }
  if (filter instanceof expressions.FunctionExtension) return filter.args.every(isCheap)
  if (filter instanceof expressions.RelativeQuery) return filter.path.singularQuery()
  return isFixed(filter)
}

function isFixed(filter: Filter): boolean {
  return filter instanceof expressions.FilterExpressionLiteral
}

/** The node, or for a filter on an object, a list with only this object. */
function asFiltered(segment: Segment, node: InstanceType<typeof JSONPathNode>) {
  const isTested = segment instanceof childSegment && segment.selectors.some(isFilter)
  const isObject = typeof node.value === 'object' && node.value !== null && !Array.isArray(node.value)
  return isTested && isObject ? new JSONPathNode([node.value], node.location, node.root) : node
}

const childSegment = environment.compile('$.a').segments[0]?.constructor as new () => Segment

/** The number of values that a segment looks at. */
function costOf(segment: Segment, value: unknown): number {
  if (segment instanceof childSegment) return membersOf(value).length * segment.selectors.length
  const waiting = [value]
  let count = 0
  for (let each = waiting.pop(); each !== undefined && count <= maxVisits; each = waiting.pop()) {
    count++
    for (const member of membersOf(each)) waiting.push(member)
  }
  return count * segment.selectors.length
}

function membersOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}

function spend(budget: { visits: number }, count: number): void {
  budget.visits += count
  if (budget.visits > maxVisits) throw new Error('a path looks at too many values')
}
