import { resource } from '../../../crest/collection.ts'
import type { JsonObject } from '../../../engine/json.ts'
import { notFound } from '../../../errors.ts'
import type { DocumentStore } from '../../../realms/document-store.ts'
import { keptDocument, keptKinds } from '../../../realms/kept-document.ts'
import type { Realm } from '../../../realms/realm.ts'
import type { RealmStore } from '../../../realms/realm-store.ts'
import { secretName } from '../../../secrets/secret-shapes.ts'
import { checkPreconditions } from '../../configuration-resource.ts'
import { type MarkSources, saveMarkOf } from '../../journeys/save-mark.ts'
import { realmOfUserObject } from '../../realm-path.ts'
import { type Answer, bodyObject, type Call, homeOf, param, type Route } from '../../route.ts'
import { changeSettings } from '../change-settings.ts'
import type { ConfigurationDocument } from './configuration-document.ts'
import { passwordPolicyDocument } from './password-policy-document.ts'
import { questionsDocument, termsDocument } from './self-service-documents.ts'

type ConfigurationDependencies = MarkSources & {
  documents: Pick<DocumentStore, 'read' | 'save'>
  realms: Pick<RealmStore, 'all' | 'read' | 'replace'>
}

/** A document at its place: its id, and the realms that it is about, the first of which it shows. */
type Placed = ConfigurationDocument & { id: string; realms: readonly [Realm, ...Realm[]] }

/** Documents of the vendor's identity management that are settings of realms here. */
export function identityConfigurationRoutes(from: ConfigurationDependencies): Route[] {
  const ofAll = (id: string, document: ConfigurationDocument) => async (call: Call) => ({
    ...document,
    id,
    realms: await administered(from, call),
  })
  const ofOne = async (call: Call) => ({
    ...passwordPolicyDocument,
    id: `fieldPolicy/${param(call, 'object')}`,
    realms: [await realmOfPolicy(from, call)] as const,
  })
  const whose = 'all realms that the caller administers'
  return [
    ...routesOf(from, {
      path: '/openidm/config/selfservice.kba',
      what: `security questions of ${whose}`,
      placed: ofAll('selfservice.kba', questionsDocument),
    }),
    ...routesOf(from, {
      path: '/openidm/config/selfservice.terms',
      what: `terms of ${whose}`,
      placed: ofAll('selfservice.terms', termsDocument),
    }),
    ...routesOf(from, {
      path: '/openidm/config/fieldPolicy/:object',
      what: 'lengths of passwords of a realm',
      placed: ofOne,
      actsOn: async (call) => (await realmOfPolicy(from, call)).path,
    }),
  ]
}

function routesOf(
  from: ConfigurationDependencies,
  {
    path,
    what,
    placed,
    actsOn = homeOf,
  }: { path: string; what: string; placed(call: Call): Promise<Placed>; actsOn?: Route['actsOn'] },
): Route[] {
  const common = { path, access: 'realm', actsOn } as const
  return [
    {
      ...common,
      method: 'GET',
      summary: `Reads the ${what}.`,
      handle: async (call) => resource(await shown(from, await placed(call))),
    },
    {
      ...common,
      method: 'PUT',
      resource: { kind: 'realmSettings' },
      summary: `Sets the ${what}; \`_findings\` lists what has no effect here.`,
      handle: async (call) => put(from, call, await placed(call)),
    },
  ]
}

async function shown({ documents }: ConfigurationDependencies, placed: Placed): Promise<JsonObject> {
  const [realm] = placed.realms
  const kept = await documents.read(realm.path, keptKinds.configuration, keyOf(placed))
  return { ...placed.show(realm.settings, kept?.document ?? {}), _id: placed.id }
}

async function put(from: ConfigurationDependencies, call: Call, placed: Placed): Promise<Answer> {
  checkPreconditions(call, await shown(from, placed))
  const { _id, _rev, ...body } = bodyObject(call)
  // An invalid body changes no realm.
  for (const { settings } of placed.realms) placed.apply(settings, body)
  const findings = placed.findings?.(body) ?? []
  const mark = await saveMarkOf(call, from)
  const document = keptDocument(body, secretName)
  const changed: Realm[] = []
  for (const realm of placed.realms) {
    const settings = await changeSettings(from.realms, realm, (now) => placed.apply(now, body), mark)
    await from.documents.save(realm.path, { kind: keptKinds.configuration, id: keyOf(placed), document })
    changed.push({ ...realm, settings })
  }
  const [first = placed.realms[0], ...others] = changed
  const answer = resource(await shown(from, { ...placed, realms: [first, ...others] }))
  return findings.length === 0 ? answer : { ...answer, body: { ...answer.body, _findings: findings } }
}

/** Ids of documents have no slashes. */
function keyOf({ id }: Placed): string {
  return id.replace('/', ' ')
}

/** The realms of the caller, first the one that the vendor's own installations begin with. @throws RequestError 404. */
async function administered({ realms }: ConfigurationDependencies, call: Call): Promise<Placed['realms']> {
  const rights = await call.rights()
  const own = (await realms.all()).filter(({ path }) => rights.may('realm', path))
  const first = own.find(({ path }) => path === '/alpha') ?? own[0]
  if (first === undefined) throw notFound()
  return [first, ...own.filter(({ path }) => path !== first.path)]
}

/** @throws RequestError 404 for an unknown realm. */
async function realmOfPolicy({ realms }: ConfigurationDependencies, call: Call): Promise<Realm> {
  const path = realmOfUserObject(param(call, 'object'))
  const realm = path === undefined ? undefined : await realms.read(path)
  if (realm === undefined) throw notFound()
  return realm
}
