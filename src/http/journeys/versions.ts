import type { AnswerOf, ItemOf } from '../../../contract/endpoint.ts'
import {
  compareVersion,
  listChanges,
  listVersions,
  readVersion,
  restoreVersion,
  undoImport,
} from '../../../contract/versions.ts'
import { defined } from '../../base/defined.ts'
import { notFound, RequestError } from '../../base/errors.ts'
import { jsonSchema } from '../../base/json.ts'
import { wholeNumber } from '../../crest/collection.ts'
import type { VersionComparison } from '../../journeys/history/compare-versions.ts'
import { contentAt, now, onlyThing } from '../../journeys/history/content-at.ts'
import {
  everyRealm,
  realmSettingsId,
  type Version,
  type Versioned,
  versionKinds,
} from '../../journeys/history/version-store.ts'
import { withoutSealed } from '../../secrets/sealed-value.ts'
import type { Rights } from '../guards/rights.ts'
import { type Answer, byAction, type Call, choice, param, type Resource, type Route } from '../route.ts'
import type { RestoreDependencies } from './restore-version.ts'

const limits = { usual: 50, max: 200 }

const resource: Resource = {
  kind: 'version',
  nameOf: ({ params }) => `${params.kind} ${params.id}, version ${params.number}`,
}

/** The history of journeys, scripts, custom node types, themes, templates and realm settings. Not in AM. */
export function versionRoutes(from: RestoreDependencies): Route[] {
  // The kind decides about further rights: `thingOf`.
  // rule R1: otherwise an agent reads who changed what
  const access = 'journeys'
  return [
    {
      ...listChanges,
      access,
      summary:
        'Lists the changes of the realm and of custom node types that the caller may read, newest first (`before`, `limit`, `deleted`, `text`, `kind`, `person`). Changes that were made together are on one page.',
      handle: (call) => recent(from, call),
    },
    {
      ...listVersions,
      access,
      summary:
        'Lists the versions of a thing, newest first. Themes and `realmSettings` need the access `realm`; `global=true` names a global email template, for server administrators.',
      handle: async (call) => {
        const thing = await thingOf(call, 'read')
        return page(await from.versions.list(thing, pageOf(call)), call)
      },
    },
    {
      ...readVersion,
      access,
      summary: 'Reads a version of a thing, without secrets.',
      handle: (call) => read(from, call),
    },
    {
      ...compareVersion,
      access,
      summary: 'Compares a version with a later one (`to`) or with the present state, in words.',
      handle: (call) => compare(from, call),
    },
    {
      ...restoreVersion,
      access,
      resource,
      isDryRun: ({ query }) => query.get('dryRun') === 'true',
      // rule S38: otherwise an old session restores an earlier declaration
      dangerous: {
        when: 'to restore the settings of a realm',
        is: (call) => param(call, 'kind') === 'realmSettings' && call.query.get('dryRun') !== 'true',
      },
      summary:
        'Restores a version (`restore`) as a new one, or with `dryRun=true` answers what that would change. Needs the rights of a save.',
      handle: byAction({
        restore: async (call) => {
          const thing = await thingOf(call, 'restore')
          const version = await versionOf(from, call, thing)
          if (version.isDeletion) throw notFound(`Version ${version.number} has no content to restore`)
          const { restore } = await import('./restore-version.ts')
          return restore(from, call, thing, version.number)
        },
      }),
    },
    {
      ...undoImport,
      access,
      resource: { kind: 'import', nameOf: ({ params }) => `import ${params.number}` },
      isDryRun: ({ query }) => query.get('dryRun') === 'true',
      // rule S38: otherwise an old session brings earlier settings of a realm back
      dangerous: { when: 'to undo an import', is: (call) => call.query.get('dryRun') !== 'true' },
      summary:
        'Undoes an import (`undo`): everything that has not changed since is as before, as new versions. With `dryRun=true` answers what that would change. Needs the rights to restore each thing.',
      handle: byAction({
        undo: async (call) => {
          const rights = await call.rights()
          const { undo } = await import('./restore-version.ts')
          return undo(from, call, numberIn(call), (thing) => {
            if (!mayUse(rights, thing, call.realm.path, 'restore')) throw new RequestError(403)
          })
        },
      }),
    },
  ]
}

async function recent({ versions }: RestoreDependencies, call: Call): Promise<Answer> {
  const rights = await call.rights()
  const { path } = call.realm
  const only = call.query.get('kind') ?? undefined
  const kinds = versionKinds
    .filter((kind) => only === undefined || kind === only)
    .filter((kind) => mayUse(rights, { realm: path, kind }, path, 'read'))
  const which = defined({
    isDeletion: choice(call, 'deleted', ['false', 'true']) === 'true' || undefined,
    text: call.query.get('text') ?? undefined,
    person: call.query.get('person') ?? undefined,
  })
  return page(await versions.recent(path, { kinds, ...which }, pageOf(call)), call)
}

async function read(from: RestoreDependencies, call: Call): Promise<Answer> {
  const thing = await thingOf(call, 'read')
  const version = await versionOf(from, call, thing)
  const content = onlyThing(await contentAt(from.versions, thing, version.number), thing)
  const [document] = [
    ...content.journeys,
    ...content.scripts,
    ...content.customNodeTypes,
    ...content.documents.map((one) => one.document),
  ]
  // rule R9: otherwise versions show the sealed secrets of nodes
  const nodes = content.nodes.map(({ id, config }) => [id, withoutSealed(config)])
  const shown = document && {
    document: withoutSealed(plainObject(document)),
    ...defined({ nodes: thing.kind === 'journey' ? Object.fromEntries(nodes) : undefined }),
  }
  const body: AnswerOf<typeof readVersion> = {
    version: toResource(version, call.realm.path, await call.rights()),
    ...defined({ content: version.isDeletion ? undefined : shown }),
  }
  return { body }
}

async function compare(from: RestoreDependencies, call: Call): Promise<Answer> {
  const thing = await thingOf(call, 'read')
  const { number } = await versionOf(from, call, thing)
  const to = wholeNumber(call.query, 'to')
  if (to !== undefined && (await from.versions.find(thing, to)) === undefined) throw unknown(to)
  const [before, after] = await Promise.all([
    contentAt(from.versions, thing, number),
    contentAt(from.versions, thing, to ?? now),
  ])
  const { compareThing } = await import('../../journeys/history/compare-versions.ts')
  const body: VersionComparison = compareThing(thing, before, after)
  return { body }
}

async function versionOf({ versions }: RestoreDependencies, call: Call, thing: Versioned): Promise<Version> {
  const number = numberIn(call)
  const found = await versions.find(thing, number)
  if (found === undefined) throw unknown(number)
  return found
}

function numberIn(call: Call): number {
  const number = param(call, 'number')
  if (!/^\d{1,15}$/.test(number)) throw unknown(number)
  return Number(number)
}

function unknown(number: string | number) {
  return notFound(`There is no version ${number}`)
}

/** The thing in the path. @throws RequestError 404 for an unknown kind, 403 without the rights for it. */
async function thingOf(call: Call, use: 'read' | 'restore'): Promise<Versioned> {
  const named = param(call, 'kind')
  const kind = versionKinds.find((each) => each === named)
  const id = param(call, 'id')
  if (kind === undefined || (kind === 'realmSettings' && id !== realmSettingsId)) throw notFound()
  const isGlobal = kind === 'emailTemplate' && call.query.get('global') === 'true'
  const realm = isGlobal || kind === 'customNodeType' ? everyRealm : call.realm.path
  const rights = await call.rights()
  if (!mayUse(rights, { realm, kind }, call.realm.path, use)) throw new RequestError(403)
  return { realm, kind, id }
}

/** The rights of the thing's own routes. @param realm that of the request. */
function mayUse(
  rights: Rights,
  { realm: own, kind }: Pick<Versioned, 'realm' | 'kind'>,
  realm: string,
  use: 'read' | 'restore',
): boolean {
  // rule R1: otherwise a journey author reads and restores the email templates of all realms
  if (kind === 'emailTemplate' && own === everyRealm) return rights.may('administrator', '/')
  // rule R1: otherwise a journey author reads and restores themes and realm settings
  if (kind === 'theme' || kind === 'realmSettings') return rights.may('realm', realm)
  // rule R1: otherwise a journey author restores node types that run in every realm
  if (kind === 'customNodeType' && use === 'restore') return rights.may('administrator', '/')
  return rights.may('journeys', realm)
}

function pageOf({ query }: Call) {
  const limit = Math.min(wholeNumber(query, 'limit') || limits.usual, limits.max)
  return { before: wholeNumber(query, 'before'), limit }
}

async function page(versions: readonly Version[], call: Call): Promise<Answer> {
  const last = versions.length >= pageOf(call).limit ? versions.at(-1) : undefined
  const rights = await call.rights()
  const body: AnswerOf<typeof listVersions> = {
    result: versions.map((version) => toResource(version, call.realm.path, rights)),
    next: last?.number ?? null,
  }
  return { body }
}

function toResource(version: Version, path: string, rights: Rights): ItemOf<typeof listVersions> {
  const { realm: _realm, at, by, note, ...rest } = version
  return {
    ...rest,
    savedAt: at ?? null,
    savedBy: by?.name ?? null,
    savedById: by?.id ?? null,
    note: note ?? null,
    isRestorable: !version.isDeletion && mayUse(rights, version, path, 'restore'),
  }
}

/** A document as plain JSON. */
function plainObject(document: object) {
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => [
      name,
      jsonSchema.parse(JSON.parse(JSON.stringify(value ?? null))),
    ]),
  )
}
