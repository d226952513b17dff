import { isOmitted } from '../../secrets/sealed-value.ts'
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
export function missingFor(
  bundle: ConfigurationChange,
  all: ConfigurationChange,
  offered: Bundle,
): Finding[] {
  const has = referenceLookup(all)
  const known = referenceLookup(offered)
  const nodes = new Map(all.nodes.map((node) => [node.id, node]))
  const sentences = new Map<string, Finding['about']>()
  const need = (who: string, reference: Reference, about: Finding['about']) => {
    const left = known(reference)
    const where =
      left === undefined
        ? 'which is neither in the files nor in the realm'
        : 'which is left out and not in the realm'
    sentences.set(`${who} needs ${kindName(reference.kind)} '${left ?? reference.id}', ${where}`, about)
  }
  for (const journey of bundle.journeys) {
    const who = `Journey ${journey._id}`
    const about = { kind: 'journey', id: journey._id }
    for (const member of membersOf(journey, nodes)) {
      if (member.settings === undefined) {
        const place = `${member.displayName || member.id}' (${member.type})`
        sentences.set(
          `${who} needs the settings of node '${place}, which are neither in the files nor in the realm`,
          about,
        )
      }
      for (const reference of brokenReferences(member, has)) need(who, reference, about)
    }
  }
  const sources = [
    ...bundle.scripts.map(({ id, name, source }) => ({
      who: `Script ${name}`,
      source,
      about: { kind: 'script', id },
    })),
    ...bundle.customNodeTypes.map((type) => ({
      who: `Custom node type ${type.displayName}`,
      source: type.script,
      about: { kind: 'customNodeType', id: type.serviceName },
    })),
  ]
  for (const { who, source, about } of sources)
    for (const library of missingLibraries(source, has)) need(who, library, about)
  return [...sentences].map(([sentence, about]) => finding('missing', sentence, about))
}

/** Identity providers that can't be used before they get a secret, which exports never contain. */
export function missingSecrets({ documents }: Pick<ConfigurationChange, 'documents'>): Finding[] {
  return documents.flatMap(({ kind, id, document }) => {
    const { clientSecret: secret, clientAuthenticationMethod: method } = document
    const needsOne = String(method ?? 'CLIENT_SECRET_POST').startsWith('CLIENT_SECRET')
    if (kind !== 'socialIdentityProvider' || !needsOne || (secret !== '' && !isOmitted(secret))) return []
    return [finding('missing', `Identity provider '${id}' has no client secret`, { kind, id })]
  })
}
