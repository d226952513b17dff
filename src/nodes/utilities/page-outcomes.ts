import type { JsonObject } from '../../base/json.ts'
import { connectedOfChild, type PageChild, pageChildren } from '../../engine/journey.ts'
import { type AnyNodeType, type Outcome, type OutcomeContext, outcomesOf } from '../../engine/node-type.ts'
import { parsedSettings } from '../settings-of.ts'

type ChildOutcome = Outcome & { childId: string }

/** The place of the first of the standalone nodes that end a page 2.0, or the number of its nodes. */
export function firstStandalone<Child>(
  children: readonly Child[],
  typeOf: (child: Child) => Pick<AnyNodeType, 'standalone'> | undefined,
): number {
  return children.findLastIndex((child) => typeOf(child)?.standalone === undefined) + 1
}

/**
 * The outcomes of the nodes that decide a page: of its last node, or in version 2.0 also of the standalone nodes at its end. If
 * one of these hands over to the other nodes, the page leaves by that outcome and not by theirs.
 */
export function childOutcomes(
  config: { nodes: JsonObject['nodes'] },
  around: OutcomeContext,
  version: '1.0' | '2.0',
): readonly ChildOutcome[] {
  const children = pageChildren({ nodes: config.nodes ?? [] })
  const outcomesOfChild = (child: PageChild) => outcomesOn(child, around, version)
  if (version === '1.0') return children.slice(-1).flatMap(outcomesOfChild)
  const typeOf = (child: PageChild) => typeOfChild(child, around)
  const first = firstStandalone(children, typeOf)
  const standalone = children.slice(first)
  const alone = standalone.flatMap(outcomesOfChild)
  const handsOver = standalone.some((child) => {
    const given = typeOf(child)?.standalone?.handsOver ?? []
    return alone.some(({ childId, id }) => childId === child.id && given.includes(id))
  })
  const last = handsOver ? undefined : children[first - 1]
  return [...(last === undefined ? [] : outcomesOfChild(last)), ...alone]
}

function typeOfChild({ id, type, version }: PageChild, around: OutcomeContext): AnyNodeType | undefined {
  return around.typeNamed(type, version ?? around.child(id)?.version)
}

function outcomesOn(child: PageChild, around: OutcomeContext, version: string): readonly ChildOutcome[] {
  const type = typeOfChild(child, around)
  // A page on a page is invalid, and might be the page itself.
  if (type === undefined || type.type === 'PageNode') return []
  const parsed = parsedSettings(type, around.child(child.id)?.config ?? {})
  if (!parsed.success) return []
  const connected = connectedOfChild(around.connected ?? [], child.id, version)
  return outcomesOf(type, parsed.data, { ...around, connected }).map((outcome) => ({
    ...outcome,
    childId: child.id,
  }))
}
