import { listSecrets, listSecretVersions } from '../../../contract/environment.ts'
import { defined } from '../../base/defined.ts'
import { badRequest } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import type { EsvSecret, SecretVersion } from '../../esvs/esv.ts'
import { type EsvChanges, esvRevision } from '../../esvs/esv-changes.ts'
import { parseBody } from '../body.ts'
import { type Answer, always, byAction, type Call, param, type Route } from '../route.ts'
import { endpointsAt, serve } from '../serve.ts'
import {
  answered,
  authorOf,
  checkRealms,
  decoded,
  describing,
  preconditionOf,
  secretBody,
  secretResource,
  statusBody,
  versionBody,
} from './values.ts'
import type { EnvironmentDependencies } from './variables.ts'

const { path } = listSecrets
const versions = listSecretVersions.path
const access = 'administrator'
// rule S37: otherwise secrets change without a recent sign-in
const fresh = { dangerous: always } as const
const changing = { access, resource: secretResource, ...fresh } as const

/** Secrets of the whole server, whose values can't be read. Source: "Secrets" of the vendor's API for environments. */
export function secretRoutes(from: EnvironmentDependencies): Route[] {
  return [...itemRoutes(from), ...versionRoutes(from)]
}

function itemRoutes(from: EnvironmentDependencies): Route[] {
  const { esvStore, esvChanges } = from
  const { list, read, save, remove } = serve({
    endpoints: { ...endpointsAt(path), list: listSecrets },
    access,
    resource: secretResource,
    list: { summary: 'Lists the stored secrets, without their values.' },
    read: { summary: 'Reads a secret, without its value.' },
    save: {
      ...fresh,
      summary:
        'Creates a secret with its first version. Adds a version to one that exists, unless there is `If-None-Match: *`, or `If-Match` with an old revision.',
      handle: (call) => put(from, call),
    },
    remove: {
      ...fresh,
      summary: 'Removes a secret with all versions. Settings with its placeholder fail from then on.',
      async handle(call) {
        const secret = await esvChanges.secret(param(call, 'id'))
        await esvChanges.remove('secret', secret.id, preconditionOf(call))
        return { body: secretAnswer(secret) }
      },
    },
    all: async () => (await esvStore.all()).secrets,
    find: (_call, id) => esvChanges.secret(id),
    toResource: secretAnswer,
    toListed: (secret) => secret,
    toAnswer: (secret) => answered(secretAnswer(secret), secret),
  })
  return [list, read, save, describing('secret', from, { path: `${path}/:id`, ...changing }), remove]
}

function versionRoutes({ esvStore, esvChanges }: EnvironmentDependencies): Route[] {
  const one = `${versions}/:version`
  return [
    {
      ...listSecretVersions,
      access,
      summary: 'Lists the versions of a secret, newest first.',
      async handle(call) {
        const { id } = await esvChanges.secret(param(call, 'id'))
        const found = await esvStore.versions(id)
        return { body: found.map((version) => versionAnswer(version, found[0]?.version)) }
      },
    },
    {
      method: 'POST',
      path: versions,
      ...changing,
      summary: 'Adds a version to a secret (`create`), which is active from then on.',
      handle: byAction({
        async create(call) {
          const { valueBase64 } = parseBody(versionBody, call)
          const id = param(call, 'id')
          const by = await authorOf(call)
          const version = await esvChanges.addVersion(id, decoded(valueBase64), by, preconditionOf(call))
          return { body: versionAnswer(version, version.version) }
        },
      }),
    },
    {
      method: 'GET',
      path: one,
      access,
      summary: 'Reads a version of a secret, without its value.',
      async handle(call) {
        const { activeVersion } = await esvChanges.secret(param(call, 'id'))
        const version = await esvChanges.version(param(call, 'id'), numberOf(call))
        return { body: versionAnswer(version, activeVersion) }
      },
    },
    {
      method: 'POST',
      path: one,
      ...changing,
      summary: 'Enables or disables a version that is not active (`changestatus`).',
      handle: byAction({
        async changestatus(call) {
          const { status } = parseBody(statusBody, call)
          return changeStatus(esvChanges, call, status)
        },
      }),
    },
    {
      method: 'DELETE',
      path: one,
      ...changing,
      summary: 'Destroys the value of a version that is not active.',
      handle: (call) => changeStatus(esvChanges, call, 'DESTROYED'),
    },
  ]
}

async function changeStatus(
  esvChanges: EsvChanges,
  call: Call,
  status: SecretVersion['status'],
): Promise<Answer> {
  const id = param(call, 'id')
  return {
    body: versionAnswer(await esvChanges.changeStatus(id, numberOf(call), status, preconditionOf(call))),
  }
}

async function put({ esvChanges, findRealm }: EnvironmentDependencies, call: Call): Promise<Answer> {
  const { valueBase64, ...described } = parseBody(secretBody, call)
  const { description, encoding, useInPlaceholders, realms } = described
  await checkRealms(realms, async (path) => (await findRealm(path))?.path === path)
  const value = valueBase64 === undefined ? undefined : decoded(valueBase64)
  const write = { id: param(call, 'id'), value, description, encoding, useInPlaceholders, realms }
  const { secret } = await esvChanges.saveSecret(write, await authorOf(call), preconditionOf(call))
  return answered(secretAnswer(secret), secret)
}

function secretAnswer(secret: EsvSecret): JsonObject {
  const { id, activeVersion, description, encoding, changedAt, changedBy, useInPlaceholders, realms } = secret
  return {
    _id: id,
    activeVersion: String(activeVersion),
    description,
    encoding,
    lastChangeDate: esvRevision({ changedAt }),
    lastChangedBy: changedBy,
    loaded: true,
    loadedVersion: String(activeVersion),
    useInPlaceholders,
    ...defined({ realms }),
  }
}

/** @param active the number of the active version */
function versionAnswer({ createdAt, status, version }: SecretVersion, active?: number): JsonObject {
  return {
    createDate: new Date(createdAt).toISOString(),
    loaded: version === active,
    status,
    version: String(version),
  }
}

function numberOf(call: Call): number {
  const text = param(call, 'version')
  if (!/^[1-9]\d{0,8}$/.test(text)) throw badRequest('The version must be a number')
  return Number(text)
}
