import { z } from 'zod'
import { defined } from '../../base/defined.ts'
import { samlEntityKind, withAddress } from '../../people/providers/saml/entities.ts'
import { withStoredSecrets } from '../../realms/sealed-documents.ts'
import { isBuiltIn } from '../../scripts/built-in/built-in-scripts.ts'
import type { MovedSecret } from '../../secrets/moved-secret.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import type { JourneyDocument } from '../journey-document.ts'
import { withSecretsOf } from '../sealed-configuration.ts'
import type { Bundle } from './bundle.ts'
import { type Choices, keyOf } from './choices.ts'
import { type Finding, finding, findingSchema } from './finding.ts'
import { keptTooMuch, prepareKept } from './kept-documents.ts'
import { placeProblem } from './kept-place.ts'
import { missingFor, missingSecrets } from './missing.ts'
import { withChanges } from './plan-changes.ts'
import { isWritten, only, planItemSchema, planItems } from './plan-items.ts'
import { providerProblems } from './provider-problems.ts'
import { mergedContent, type RealmContent } from './realm-content.ts'
import { membersOf } from './references.ts'
import { runProblems } from './runnable.ts'
import { withoutForbiddenSettings } from './tenant/forbidden-settings.ts'
import { knownClients, withoutClientSecrets } from './tenant/kept-client.ts'
import { planTenant, type TenantChange } from './tenant/plan-tenant.ts'
import { knownVariables, serverVariableKind } from './tenant/plan-variables.ts'

export type ImportOptions = Choices & {
  /** Whether to import scripts, custom node types and documents with the journeys. */
  dependencies: boolean
  /** Whether to import the rest of files of which something can't be read. Default: nothing is imported. */
  leavesOutUnreadable?: boolean
  /** Whether the person who imports may write this kind of thing. Default: all. */
  mayWrite?: (kind: string) => boolean
}

/** The preview of an import. */
export const planSchema = z.object({
  items: z.array(planItemSchema),
  findings: z.array(findingSchema),
  /** False if there is a conflict. Then nothing is written. */
  isPossible: z.boolean(),
  /** The realms in the files, if there are several. */
  realms: z.array(z.string()).optional(),
})

export type Plan = z.infer<typeof planSchema>

/** A plan and its change, for this version of the configuration. */
export type PlannedImport = {
  plan: Plan
  change: ConfigurationChange
  /** The change of settings and variables. */
  tenant: TenantChange
  version: number
  /** The realm after the import. */
  after: ConfigurationChange
}

/** Compares a bundle with a realm. Writes nothing. */
export function planImport(bundle: Bundle, realm: RealmContent, options: ImportOptions): PlannedImport {
  const { mayWrite = () => true } = options
  const allowed = withoutForbiddenSettings(bundle.documents, mayWrite)
  const { documents: open, secrets } = withoutClientSecrets(allowed.documents)
  const { documents, findings: keptFindings } = prepareKept(open, placeProblem)
  const prepared = { ...bundle, documents }
  const { bundle: imported, moved } = withSecrets(
    adapted(options.dependencies ? prepared : journeysAlone(prepared), realm),
    realm,
  )
  const known = [
    ...knownVariables(imported.documents, realm.tenant, mayWrite(serverVariableKind)),
    ...knownClients(imported.documents, realm.tenant),
  ]
  const present = { ...realm, documents: [...known, ...realm.documents] }
  const { items, change } = planItems(imported, present, options)
  const after = mergedContent(change, realm)
  const tenant = planTenant(imported.documents, realm.tenant, {
    ...options,
    journeys: new Set(after.journeys.map(({ _id }) => _id)),
    scripts: new Set(after.scripts.map(({ id }) => id)),
    secrets,
  })
  const statuses = new Map([...items, ...tenant.items].map((item) => [keyOf(item), item.status]))
  const isOut = (key: string) => ['kept', 'left'].includes(statuses.get(key) ?? '')
  // What stays as it is needs nothing of the files.
  const taken = only(imported, new Set(items.map(keyOf).filter((key) => !isOut(key))))
  const findings = [
    ...imported.findings.filter((one) => !isAboutOut(one, isOut)),
    // rule R10: otherwise an import that moves a secret removes it in silence
    ...moved.filter(({ about }) => about !== undefined && statuses.get(keyOf(about)) === 'changed'),
    ...(options.dependencies ? [...allowed.findings, ...keptFindings, ...keptTooMuch(after.documents)] : []),
    ...collisions(taken, realm, change),
    ...missingFor(taken, after, bundle),
    ...missingSecrets(taken),
    ...runProblems(taken, after),
    ...providerProblems(taken),
    ...tenant.findings,
    ...forbidden(items, options),
    ...nothingToImport(items, bundle, allowed.findings),
  ]
  const isPossible = !findings.some((one) => prevents(one, options))
  const { realms } = bundle
  // A person who may not write a kind of thing may not be allowed to read it, either.
  const words = {
    before: realm,
    after: options.choices === undefined ? after : mergedContent(imported, realm),
  }
  const listed = tenant.listed(withChanges(items, words, { mayRead: mayWrite, choices: options }))
  const plan = { items: listed, findings, isPossible, ...defined({ realms }) }
  return { plan, change, tenant: tenant.change, version: realm.version, after }
}

/** Whether a finding is about a thing that is not imported. Conflicts and unreadable things are reported all the same. */
function isAboutOut({ kind, about }: Finding, isOut: (key: string) => boolean): boolean {
  return about !== undefined && kind !== 'conflict' && kind !== 'unreadable' && isOut(keyOf(about))
}

/** Whether nothing can be imported because of a finding. */
export function prevents(
  { kind }: Finding,
  { leavesOutUnreadable = false }: Pick<ImportOptions, 'leavesOutUnreadable'>,
): boolean {
  // rule S47: otherwise an import of which something is unreadable imports the rest
  return kind === 'conflict' || (kind === 'unreadable' && !leavesOutUnreadable)
}

/** An import without any item is a mistake: wrong file, wrong realm, or only unreadable things. */
function nothingToImport(
  items: Plan['items'],
  { findings }: Bundle,
  notApplied: readonly Finding[],
): Finding[] {
  const isExplained = findings.some(({ kind }) => kind === 'conflict')
  if (items.length > 0 || isExplained) return []
  if (notApplied.length > 0) return notApplied.map(({ message }) => finding('conflict', message))
  return [finding('conflict', 'The files contain nothing to import')]
}

/** Conflicts for things that this person may not write. */
function forbidden(items: Plan['items'], { mayWrite = () => true }: ImportOptions): Finding[] {
  return items
    .filter((item) => isWritten(item) && !mayWrite(item.kind))
    .map(({ kind, name }) => finding('conflict', `Your role does not allow you to write ${name} (${kind})`))
}

function journeysAlone(bundle: Bundle): Bundle {
  return { ...bundle, scripts: [], customNodeTypes: [], documents: [] }
}

/** Adapts a bundle to the realm: makes names unique, and keeps layouts. */
function adapted(bundle: Bundle, realm: RealmContent): Bundle {
  const ownScripts = realm.scripts.filter((script) => !isBuiltIn(script))
  const scripts = freeNames({ what: 'Script', kind: 'script' }, bundle.scripts, ownScripts)
  const types = freeNames(
    { what: 'Custom node type', kind: 'customNodeType' },
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

/** Keeps the secrets of the realm, because exports contain none. `moved`: conflicts about secrets that would go elsewhere, unless their thing stays. */
function withSecrets(bundle: Bundle, realm: RealmContent): { bundle: Bundle; moved: Finding[] } {
  const stored = new Map(realm.documents.map((one) => [`${one.kind}/${one.id}`, one.document]))
  const moved: Finding[] = []
  const conflict = ({ secret, remedy }: MovedSecret, about: { kind: string; id: string }) => {
    const message = `The secret '${secret}' of ${about.kind} ${about.id} ${remedy}. Remove the stored one, or import its value.`
    moved.push(finding('conflict', message, about))
  }
  const nodes = withSecretsOf(bundle.nodes, realm.nodes, (secret, { id }) =>
    conflict(secret, { kind: 'node', id }),
  )
  const documents = bundle.documents.map((one) => {
    const { kind, id } = one
    const before = stored.get(`${kind}/${id}`)
    if (kind === samlEntityKind) return { ...one, document: withAddress(one.document, before) }
    const document = withStoredSecrets(one, before, (secret) => conflict(secret, { kind, id }))
    return { ...one, document }
  })
  return { bundle: { ...bundle, nodes, documents }, moved }
}

function named({ serviceName, displayName }: { serviceName: string; displayName: string }) {
  return { id: serviceName, name: displayName }
}

/** Nodes of journeys in the realm that are not in the files, but whose nodes are. */
function collisions(
  bundle: ConfigurationChange,
  realm: ConfigurationChange,
  change: ConfigurationChange,
): Finding[] {
  const present = new Map(realm.nodes.map((node) => [node.id, node]))
  const replaced = new Set(bundle.journeys.map(({ _id }) => _id))
  const users = new Map<string, string>()
  for (const journey of realm.journeys) {
    if (replaced.has(journey._id)) continue
    for (const { id } of membersOf(journey, present)) users.set(id, journey._id)
  }
  return change.nodes.flatMap(({ id, type }) => {
    const old = present.get(id)
    const user = users.get(id)
    if (old === undefined || user === undefined) return []
    if (old.type === type) return [finding('note', `Node ${id} (${type}) also belongs to journey ${user}`)]
    return [finding('conflict', `Node ${id} (${type}) has the id of a node (${old.type}) of journey ${user}`)]
  })
}

type Named = { id: string; name: string }

/**
 * Adds a suffix to names that are taken in the realm or earlier in the bundle, as the vendor's tools do. A thing that was
 * imported with a suffix before keeps it.
 *
 * @returns names by id, and a finding for each renamed thing.
 */
function freeNames(
  { what, kind }: { what: string; kind: string },
  incoming: readonly Named[],
  present: readonly Named[],
): { names: Map<string, string>; findings: Finding[] } {
  const owners = new Map(present.map(({ id, name }) => [name, id]))
  const names = new Map<string, string>()
  const findings: Finding[] = []
  for (const { id, name } of incoming) {
    const free = firstFree(name, (candidate) => {
      const owner = owners.get(candidate)
      return owner === undefined || owner === id
    })
    owners.set(free, id)
    names.set(id, free)
    if (free !== name) {
      findings.push(
        finding('note', `${what} '${name}' is renamed to '${free}', because its name is taken`, { kind, id }),
      )
    }
  }
  return { names, findings }
}

function firstFree(name: string, isFree: (candidate: string) => boolean): string {
  if (isFree(name)) return name
  for (let count = 1; ; count++) {
    const candidate = `${name} - imported (${count})`
    if (isFree(candidate)) return candidate
  }
}

/**
 * Gives journeys without a layout the existing one of the realm, so that an import of the journey alone doesn't move
 * its nodes to one place.
 */
function keepLayout(
  journeys: readonly JourneyDocument[],
  present: readonly JourneyDocument[],
): JourneyDocument[] {
  const known = new Map(present.map((journey) => [journey._id, journey]))
  return journeys.map((journey) => {
    const old = known.get(journey._id)
    return old === undefined || hasLayout(journey) ? journey : withLayoutOf(old, journey)
  })
}

/** Tags are stored with the canvas notes, but are not layout. */
function hasLayout({ nodes, staticNodes = {}, uiConfig }: JourneyDocument): boolean {
  const isPlaced = Object.values(nodes).some(({ x, y }) => x !== 0 || y !== 0)
  const { categories: _tags, ...notes } = uiConfig
  return isPlaced || Object.keys(staticNodes).length > 0 || Object.keys(notes).length > 0
}

function withLayoutOf(old: JourneyDocument, journey: JourneyDocument): JourneyDocument {
  const { staticNodes } = old
  const { categories: _tags, ...notes } = old.uiConfig
  const nodes = Object.entries(journey.nodes).map(([id, node]) => {
    const { x, y } = old.nodes[id] ?? node
    return [id, { ...node, x, y }] as const
  })
  return {
    ...journey,
    nodes: Object.fromEntries(nodes),
    ...defined({ staticNodes }),
    uiConfig: { ...notes, ...journey.uiConfig },
  }
}
