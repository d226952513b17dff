import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { librariesOf } from '../../journeys/exchange/references.ts'
import type { LintedJourney } from '../../journeys/lint/linted-journey.ts'
import type { LintedRealm, LintedScript } from '../../journeys/lint/linted-realm.ts'
import { scriptsOfNode } from '../../journeys/lint/used-scripts.ts'
import { customNodeTypeId } from '../../nodes/custom-node-type.ts'
import { type Mutant, type MutatedNode, nodeKey, scriptKey } from './mutant.ts'
import { edited, editsOf } from './script-edits.ts'

/** A script with the nodes that run it, and the outcomes that these have. */
type Used = { script: LintedScript; nodes: MutatedNode[]; outcomes: Set<string> }

/** Mutants of the scripts that reachable nodes of the journeys run, libraries included. */
export function scriptMutants(journeys: readonly LintedJourney[], realm: LintedRealm): Mutant[] {
  return [...usedIn(journeys, realm).values()].flatMap(mutantsOfScript)
}

function usedIn(journeys: readonly LintedJourney[], realm: LintedRealm): ReadonlyMap<string, Used> {
  const used = new Map<string, Used>()
  for (const { name: journey, reachable } of journeys)
    for (const outer of reachable)
      for (const node of [outer, ...outer.children])
        for (const script of withLibraries(scriptsOfNode(node, realm), realm)) {
          const found = used.get(script.id) ?? { script, nodes: [], outcomes: new Set() }
          used.set(script.id, found)
          found.nodes.push({ journey, nodeId: node.id, node: node.name, outerId: outer.id })
          for (const { id } of node.outcomes ?? []) found.outcomes.add(id)
        }
  return used
}

function withLibraries(scripts: readonly LintedScript[], realm: LintedRealm): LintedScript[] {
  const found = new Map(scripts.map((script) => [script.id, script]))
  // A map can grow while it is read.
  for (const { source } of found.values())
    for (const { id } of librariesOf(source)) {
      const library = realm.library(id)
      if (library !== undefined) found.set(library.id, found.get(library.id) ?? library)
    }
  return [...found.values()].filter(({ language }) => language === 'JAVASCRIPT')
}

function mutantsOfScript({ script, nodes, outcomes }: Used): Mutant[] {
  const [place] = nodes
  if (place === undefined) return []
  const { id, name, source } = script
  const keys = [...nodes.map(({ journey, nodeId }) => nodeKey(journey, nodeId)), scriptKey(id)]
  return editsOf(source, [...outcomes]).map((edit) => {
    const changed = edited(source, edit)
    const { kind, line, words, number } = edit
    return {
      ...place,
      kind,
      change: `line ${line} of script '${name}' ${words}`,
      changed: { kind: 'script', id, name, line },
      keys,
      ...(number === undefined ? {} : { number: { value: number, units: ['s', 'm'] } }),
      isRefused: changed === undefined,
      apply: (bundle) => withSource(bundle, id, changed ?? source),
    }
  })
}

function withSource(bundle: Bundle, id: string, source: string): Bundle {
  return {
    ...bundle,
    scripts: bundle.scripts.map((script) => (script.id === id ? { ...script, source } : script)),
    customNodeTypes: bundle.customNodeTypes.map((type) =>
      customNodeTypeId(type) === id ? { ...type, script: source } : type,
    ),
  }
}
