import { librariesOf, referencesOf } from '../exchange/references.ts'
import { type LintedJourney, type LintedNode, membersOf } from './linted-journey.ts'
import type { LintedRealm, LintedScript } from './linted-realm.ts'

export type UsedScript = { script: LintedScript; nodeId: string }

/** The scripts that a node runs, without libraries: its own, or the one of its custom type. */
export function scriptsOfNode({ type, id, version, config }: LintedNode, realm: LintedRealm): LintedScript[] {
  return referencesOf({ type, settings: { id, type, version, config } }).flatMap((reference) => {
    if (reference.kind === 'script') return realm.script(reference.id) ?? []
    return reference.kind === 'customNodeType' ? (realm.customNodeType(reference.id) ?? []) : []
  })
}

/** Every script of a journey once, including libraries, with the first node that uses it. */
export function usedScripts(journey: LintedJourney, realm: LintedRealm): UsedScript[] {
  const used = new Map<string, UsedScript>()
  const add = (script: LintedScript, nodeId: string) => {
    if (used.has(script.id)) return
    used.set(script.id, { script, nodeId })
    for (const { id } of librariesOf(script.source)) {
      const library = realm.library(id)
      if (library !== undefined) add(library, nodeId)
    }
  }
  for (const node of membersOf(journey)) {
    for (const script of scriptsOfNode(node, realm)) add(script, node.id)
  }
  return [...used.values()]
}
