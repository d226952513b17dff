import { isDeepStrictEqual } from 'node:util'
import { notFound } from '../../../base/errors.ts'
import type { JsonObject } from '../../../base/json.ts'
import { resource, revisionOf } from '../../../crest/collection.ts'
import {
  keepDocument,
  placesOf,
  receivedDocument,
  receivedIds,
} from '../../../journeys/exchange/tenant/received-configuration.ts'
import type { RealmDocument } from '../../../realms/document-store.ts'
import type { Realm } from '../../../realms/realm.ts'
import type { TenantSetting } from '../../../realms/tenant/tenant-setting.ts'
import { currentDocument, tenantSettingOf } from '../../../realms/tenant/tenant-settings.ts'
import { checkPreconditions } from '../../configuration-resource.ts'
import type { StaffAccess } from '../../guards/rights.ts'
import { saveMarkOf } from '../../journeys/save-mark.ts'
import { realmOfUserObject } from '../../realm-path.ts'
import { type Answer, bodyObject, type Call, homeOf, param, type Route } from '../../route.ts'
import {
  administered,
  appliedOr400,
  changeTenant,
  keptOf,
  realmChange,
  type TenantSources,
  withFindings,
} from './change-tenant.ts'

/** A document at its place: its id, and the realms that it is about. */
type Placed = { id: string; realms: readonly Realm[] }

type Kind = Pick<Route, 'path' | 'actsOn'> & {
  access: StaffAccess
  what: string
  placed(call: Call): Promise<Placed>
  /** Whether it exists only after a client or an import has sent it. */
  isSent?: boolean
}

const locale = 'uilocale/'

/** The texts of all pages of the vendor in one language. */
const bodyLimitBytes = 4 * 1024 * 1024

/**
 * Documents of the vendor's identity management that are settings of realms here. What clients send is kept like the documents of
 * imports, so that exports and imports have the same.
 */
export function identityConfigurationRoutes(from: TenantSources): Route[] {
  const ofAll = (idOf: (call: Call) => string) => async (call: Call) => ({
    id: idOf(call),
    realms: await administered(from, call),
  })
  const whose = 'all realms that the caller administers'
  const ofRealms = { access: 'realm', actsOn: homeOf } as const
  const locales: Kind = {
    path: `/openidm/config/${locale}:locale`,
    access: 'administrator',
    what: 'texts of the vendor’s pages in a language, which all realms then offer',
    placed: ofAll((call) => `${locale}${param(call, 'locale')}`),
    isSent: true,
  }
  return [
    ...routesOf(from, {
      ...ofRealms,
      path: '/openidm/config/selfservice.kba',
      what: `security questions of ${whose}`,
      placed: ofAll(() => 'selfservice.kba'),
    }),
    ...routesOf(from, {
      ...ofRealms,
      path: '/openidm/config/selfservice.terms',
      what: `terms of ${whose}`,
      placed: ofAll(() => 'selfservice.terms'),
    }),
    ...routesOf(from, {
      path: '/openidm/config/fieldPolicy/:object',
      access: 'realm',
      actsOn: async (call) => (await realmOfPolicy(from, call)).path,
      what: 'rules for passwords of a realm',
      placed: async (call) => ({
        id: `fieldPolicy/${param(call, 'object')}`,
        realms: [await realmOfPolicy(from, call)],
      }),
    }),
    ...routesOf(from, locales),
    {
      method: 'DELETE',
      path: locales.path,
      access: locales.access,
      resource: { kind: 'realmSettings' },
      summary: 'Forgets the texts of the vendor’s pages in a language. Realms go on offering it.',
      handle: async (call) => forget(from, call, locales),
    },
  ]
}

function routesOf(from: TenantSources, kind: Kind): Route[] {
  const { path, access, actsOn, what } = kind
  const common = { path, access, ...(actsOn === undefined ? {} : { actsOn }) }
  return [
    {
      ...common,
      method: 'GET',
      summary: `Reads the ${what}.`,
      async handle(call) {
        const { id, realms } = await kind.placed(call)
        return answerWith(documentsOf(await keepersOf(from, realms), id, kind))
      },
    },
    {
      ...common,
      method: 'PUT',
      resource: { kind: 'realmSettings' },
      bodyLimitBytes,
      summary: `Sets the ${what}; \`_findings\` lists what has no effect here.`,
      handle: (call) => put(from, call, kind),
    },
  ]
}

/** A realm and the documents that it keeps. */
type Keeper = { realm: Realm; kept: readonly RealmDocument[] }

function keepersOf(from: TenantSources, realms: readonly Realm[]): Promise<Keeper[]> {
  return Promise.all(realms.map(async (realm) => ({ realm, kept: await keptOf(from, realm.path) })))
}

/** The document of each realm; the first that there is stands for all. */
function documentsOf(
  keepers: readonly Keeper[],
  id: string,
  { isSent = false }: Pick<Kind, 'isSent'>,
): (JsonObject | undefined)[] {
  return keepers.map(({ realm: { path, settings }, kept }) => {
    const setting = settingOf(id, path)
    const received = receivedDocument(kept, id)
    if (received === undefined && isSent) return undefined
    const now =
      received === undefined ? setting.write({}, settings) : currentDocument(setting, received, settings)
    return now && { ...now, _id: id }
  })
}

function shownOf(documents: readonly (JsonObject | undefined)[]): JsonObject | undefined {
  return documents.find((document) => document !== undefined)
}

/** What the revision is made of. A write replaces the documents of all realms, so it is for all of them if they differ. */
function revised(documents: readonly (JsonObject | undefined)[]): JsonObject | undefined {
  const shown = shownOf(documents)
  // rule S53: otherwise a revision of one realm lets a write replace the documents of all
  const isShared = documents.every((document) => isDeepStrictEqual(document, shown))
  return shown === undefined || isShared
    ? shown
    : { documents: documents.map((document) => document ?? null) }
}

/** @throws RequestError 404. */
function answerWith(documents: readonly (JsonObject | undefined)[], status?: number) {
  const shown = shownOf(documents)
  if (shown === undefined) throw notFound()
  const answer = resource(shown, status)
  const _rev = revisionOf(revised(documents) ?? shown)
  return { ...answer, body: { ...answer.body, _rev }, headers: { etag: `"${_rev}"` } }
}

async function put(from: TenantSources, call: Call, kind: Kind): Promise<Answer> {
  const { _id, _rev, ...body } = bodyObject(call)
  const { before, keepers, findings, id } = await changeTenant(
    from,
    await saveMarkOf(call, from),
    async () => {
      const { id, realms } = await kind.placed(call)
      const keepers = await keepersOf(from, realms)
      const before = documentsOf(keepers, id, kind)
      checkPreconditions(call, revised(before))
      return { ...planned(keepers, id, body), id, keepers, before }
    },
  )
  const now = documentsOf(await keepersOf(from, (await kind.placed(call)).realms), id, kind)
  const status = shownOf(before) === undefined ? 201 : 200
  const answer = shownOf(now) === undefined ? resource({ _id: id }, status) : answerWith(now, status)
  return withFindings(answer, [...findings, ...replacedFindings(id, keepers, before, now)])
}

/** Names the realms whose own document differed from the one that the author could read. */
function replacedFindings(
  id: string,
  keepers: readonly Keeper[],
  before: readonly (JsonObject | undefined)[],
  now: readonly (JsonObject | undefined)[],
): string[] {
  const read = shownOf(before)
  const replaced = keepers.flatMap(({ realm: { path } }, place) => {
    const old = before[place]
    const isOwn = old !== undefined && !isDeepStrictEqual(old, read)
    return isOwn && !isDeepStrictEqual(old, now[place]) ? [path] : []
  })
  return replaced.length === 0 ? [] : [`Replaced a ${id} of their own in ${replaced.join(', ')}`]
}

/** Applies the document to all realms before one is saved. @throws RequestError 400. */
function planned(keepers: readonly Keeper[], id: string, body: JsonObject) {
  const findings = new Set<string>()
  const changes = keepers.map(({ realm, kept }) => {
    const { settings, ignored } = appliedOr400(settingOf(id, realm.path).apply(realm.settings, body))
    for (const words of ignored) findings.add(words)
    const documents = keepDocument(kept, id, { _id: id, ...body })
    return realmChange(realm, settings, { documents, removed: [] })
  })
  return { changes, findings: [...findings] }
}

async function forget(from: TenantSources, call: Call, kind: Kind): Promise<Answer> {
  const { found } = await changeTenant(from, await saveMarkOf(call, from), async () => {
    const { id, realms } = await kind.placed(call)
    const keepers = await keepersOf(from, realms)
    const documents = documentsOf(keepers, id, kind)
    checkPreconditions(call, revised(documents))
    const changes = keepers.map(({ realm: { path }, kept }) => ({
      path,
      documents: [],
      removed: placesOf(kept, id),
    }))
    return { changes, found: answerWith(documents) }
  })
  return found
}

/** The texts of the vendor's pages in all languages, as lists of the configuration show them. */
export async function listLocales(from: TenantSources, call: Call): Promise<JsonObject[]> {
  const keepers = await keepersOf(from, await administered(from, call))
  const ids = keepers.flatMap(({ kept }) => receivedIds(kept)).filter((id) => id.startsWith(locale))
  return [...new Set(ids)]
    .toSorted()
    .map((id) => shownOf(documentsOf(keepers, id, { isSent: true })))
    .filter((document) => document !== undefined)
}

/** @throws RequestError 404 for a document without settings in the realm. */
function settingOf(id: string, realm: string): TenantSetting {
  const setting = tenantSettingOf(id, realm)
  if (setting === undefined) throw notFound()
  return setting
}

/** @throws RequestError 404 for an unknown realm. */
async function realmOfPolicy({ realms }: Pick<TenantSources, 'realms'>, call: Call): Promise<Realm> {
  const path = realmOfUserObject(param(call, 'object'))
  // Never one that a cache has: it is written back.
  const realm = (await realms.all()).find((each) => each.path === path)
  if (realm === undefined) throw notFound()
  return realm
}
