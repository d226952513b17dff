import { z } from 'zod'
import { withStoredSecrets } from '../../realms/sealed-documents.ts'
import { isBuiltIn } from '../../scripts/built-in/built-in-scripts.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import { withSecretsOf } from '../sealed-configuration.ts'
import type { Bundle } from './bundle.ts'
import { collisions } from './collisions.ts'
import { compare, planItemSchema } from './compare.ts'
import { type Finding, finding, findingSchema } from './finding.ts'
import { freeNames } from './free-names.ts'
import { keepLayout } from './keep-layout.ts'
import { missingFor } from './missing.ts'
import { type RealmContent, together } from './realm-content.ts'
import { hindrances } from './runnable.ts'

export type ImportOptions = {
  /** Whether scripts, custom node types and documents come along with the journeys. */
  dependencies: boolean
  /** What becomes of a thing whose id the realm has. */
  existing: 'replace' | 'skip'
  /** Which kinds of things whoever imports may write; all if unset. */
  mayWrite?: (kind: string) => boolean
}

/** What an import will do, to be shown before it does. */
export const planSchema = z.object({
  items: z.array(planItemSchema),
  findings: z.array(findingSchema),
  /** False when the files contradict themselves or the realm: then nothing is written. */
  isPossible: z.boolean(),
  /** The realms that the files are from, where they are from several: another one may be meant. */
  realms: z.array(z.string()).optional(),
})

export type Plan = z.infer<typeof planSchema>

/** A plan, and what it writes to a realm of this version. */
export type PlannedImport = { plan: Plan; change: ConfigurationChange; version: number }

/** Compares a bundle with a realm. Pure: nothing is written. */
export function planImport(bundle: Bundle, realm: RealmContent, options: ImportOptions): PlannedImport {
  const wanted = withSecrets(fitted(options.dependencies ? bundle : journeysAlone(bundle), realm), realm)
  const { items, change } = compare(wanted, realm, options.existing)
  const after = together(change, realm)
  const findings = [
    ...wanted.findings,
    ...collisions(wanted, realm, change),
    ...missingFor(wanted, after, bundle),
    ...hindrances(wanted, after),
    ...forbidden(items, options),
    ...nothingToImport(items, bundle),
  ]
  const isPossible = findings.every(({ kind }) => kind !== 'conflict')
  const { realms } = bundle
  const plan = { items, findings, isPossible, ...(realms === undefined ? {} : { realms }) }
  return { plan, change, version: realm.version }
}

/** An import without a single item is a mistake: wrong file, wrong realm, or everything in it unreadable. */
function nothingToImport(items: Plan['items'], { findings }: Bundle): Finding[] {
  const isExplained = findings.some(({ kind }) => kind === 'conflict')
  if (items.length > 0 || isExplained) return []
  return [finding('conflict', 'The files hold nothing that can be imported')]
}

/** What would be written and is not for this person to write: nothing is imported without a word of it. */
function forbidden(items: Plan['items'], { mayWrite = () => true }: ImportOptions): Finding[] {
  return items
    .filter(({ kind, status }) => (status === 'new' || status === 'changed') && !mayWrite(kind))
    .map(({ kind, name }) => finding('conflict', `Your role does not let you write ${name} (${kind})`))
}

function journeysAlone(bundle: Bundle): Bundle {
  return { ...bundle, scripts: [], customNodeTypes: [], documents: [] }
}

/** What the realm decides about things that come in: free names, and layouts that did not come along. */
function fitted(bundle: Bundle, realm: RealmContent): Bundle {
  const ownScripts = realm.scripts.filter((script) => !isBuiltIn(script))
  const scripts = freeNames('Script', bundle.scripts, ownScripts)
  const types = freeNames(
    'Custom node type',
    bundle.customNodeTypes.map(named),
    realm.customNodeTypes.map(named),
  )
  return {
    ...bundle,
    journeys: keepLayout(bundle.journeys, realm.journeys),
    scripts: bundle.scripts.map((script) => ({
      ...script,
      name: scripts.names.get(script.id) ?? script.name,
    })),
    customNodeTypes: bundle.customNodeTypes.map((type) => ({
      ...type,
      displayName: types.names.get(type.serviceName) ?? type.displayName,
    })),
    findings: [...bundle.findings, ...scripts.findings, ...types.findings],
  }
}

/** Exports have no secrets: those of the realm stay. */
function withSecrets(bundle: Bundle, realm: RealmContent): Bundle {
  const documents = new Map(realm.documents.map((one) => [`${one.kind}/${one.id}`, one.document]))
  return {
    ...bundle,
    nodes: withSecretsOf(bundle.nodes, realm.nodes),
    documents: bundle.documents.map((one) => ({
      ...one,
      document: withStoredSecrets(one, documents.get(`${one.kind}/${one.id}`)),
    })),
  }
}

function named({ serviceName, displayName }: { serviceName: string; displayName: string }) {
  return { id: serviceName, name: displayName }
}
