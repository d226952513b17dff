import { kindName } from '../compare/kind-names.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import type { Bundle } from './bundle.ts'
import { type Finding, finding } from './finding.ts'
import { brokenReferences, missingLibraries, referenceLookup } from './needs.ts'
import { membersOf, type Reference } from './references.ts'

/**
 * Things that the journeys and scripts of a bundle need and that don't exist.
 *
 * @param all the realm after the import.
 * @param offered everything in the files, for the names of things that the import leaves out.
 */
export function missingFor(bundle: Bundle, all: ConfigurationChange, offered: Bundle): Finding[] {
  const has = referenceLookup(all)
  const known = referenceLookup(offered)
  const nodes = new Map(all.nodes.map((node) => [node.id, node]))
  const sentences = new Set<string>()
  const need = (who: string, reference: Reference) => {
    const left = known(reference)
    const where =
      left === undefined
        ? 'which is neither in the files nor in the realm'
        : 'which is left out and not in the realm'
    sentences.add(`${who} needs ${kindName(reference.kind)} '${left ?? reference.id}', ${where}`)
  }
  for (const journey of bundle.journeys) {
    const who = `Journey ${journey._id}`
    for (const member of membersOf(journey, nodes)) {
      if (member.settings === undefined) {
        const place = `${member.displayName || member.id}' (${member.type})`
        sentences.add(
          `${who} needs the settings of node '${place}, which are neither in the files nor in the realm`,
        )
      }
      for (const reference of brokenReferences(member, has)) need(who, reference)
    }
  }
  const sources = [
    ...bundle.scripts.map(({ name, source }) => ({ who: `Script ${name}`, source })),
    ...bundle.customNodeTypes.map((type) => ({
      who: `Custom node type ${type.displayName}`,
      source: type.script,
    })),
  ]
  for (const { who, source } of sources)
    for (const library of missingLibraries(source, has)) need(who, library)
  return [...sentences].map((sentence) => finding('missing', sentence))
}
