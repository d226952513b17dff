import { resource } from '../../../crest/collection.ts'
import type { JsonObject } from '../../../engine/json.ts'
import { notFound } from '../../../errors.ts'
import { configurationId, keptDocumentSchema } from '../../../journeys/exchange/kept-documents.ts'
import {
  keepDocument,
  placesOf,
  receivedDocument,
} from '../../../journeys/exchange/tenant/received-configuration.ts'
import type { Realm } from '../../../realms/realm.ts'
import type { TenantSetting } from '../../../realms/tenant/tenant-setting.ts'
import { currentDocument, tenantSettingOf } from '../../../realms/tenant/tenant-settings.ts'
import { checkPreconditions } from '../../configuration-resource.ts'
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

type Kind = Pick<Route, 'path' | 'access' | 'actsOn'> & {
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
        const found = await shown(from, await kind.placed(call), kind)
        if (found === undefined) throw notFound()
        return resource(found)
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

/** The document of the first realm that has it. */
async function shown(
  from: TenantSources,
  { id, realms }: Placed,
  { isSent = false }: Pick<Kind, 'isSent'>,
): Promise<JsonObject | undefined> {
  for (const { path, settings } of realms) {
    const setting = settingOf(id, path)
    const received = receivedDocument(await keptOf(from, path), id)
    if (received === undefined && isSent) continue
    const now =
      received === undefined ? setting.write({}, settings) : currentDocument(setting, received, settings)
    if (now !== undefined) return { ...now, _id: id }
  }
  return undefined
}

async function put(from: TenantSources, call: Call, kind: Kind): Promise<Answer> {
  const { _id, _rev, ...body } = bodyObject(call)
  const { placed, before, findings } = await changeTenant(from, await saveMarkOf(call, from), async () => {
    const place = await kind.placed(call)
    const old = await shown(from, place, kind)
    checkPreconditions(call, old)
    return { ...(await planned(from, place, body)), placed: place, before: old }
  })
  const now = await shown(from, { ...placed, realms: (await kind.placed(call)).realms }, kind)
  return withFindings(resource(now ?? { _id: placed.id }, before === undefined ? 201 : 200), findings)
}

/** Applies the document to all realms before one is saved. @throws RequestError 400. */
async function planned(from: TenantSources, { id, realms }: Placed, body: JsonObject) {
  const findings = new Set<string>()
  const changes = []
  for (const realm of realms) {
    const { settings, ignored } = appliedOr400(settingOf(id, realm.path).apply(realm.settings, body))
    for (const words of ignored) findings.add(words)
    const stored = await keptOf(from, realm.path)
    const documents = keepDocument(stored, id, { _id: id, ...body })
    changes.push(realmChange(realm, settings, { documents, removed: [] }))
  }
  return { changes, findings: [...findings] }
}

async function forget(from: TenantSources, call: Call, kind: Kind): Promise<Answer> {
  const { found } = await changeTenant(from, await saveMarkOf(call, from), async () => {
    const { id, realms } = await kind.placed(call)
    const old = await shown(from, { id, realms }, kind)
    if (old === undefined) throw notFound()
    checkPreconditions(call, old)
    const changes = []
    for (const { path } of realms) {
      changes.push({ path, documents: [], removed: placesOf(await keptOf(from, path), id) })
    }
    return { changes, found: old }
  })
  return resource(found)
}

/** The texts of the vendor's pages in all languages, as lists of the configuration show them. */
export async function listLocales(from: TenantSources, call: Call): Promise<JsonObject[]> {
  const realms = await administered(from, call)
  const kept = (await Promise.all(realms.map(({ path }) => keptOf(from, path)))).flat()
  const ids = kept.flatMap(({ document }) => {
    const { data } = keptDocumentSchema.safeParse(document)
    return data === undefined ? [] : (configurationId(data) ?? [])
  })
  const locales = [...new Set(ids)].filter((id) => id.startsWith(locale)).toSorted()
  const all = await Promise.all(locales.map((id) => shown(from, { id, realms }, { isSent: true })))
  return all.filter((document) => document !== undefined)
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
