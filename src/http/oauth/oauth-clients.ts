import { collection, resource } from '../../crest/collection.ts'
import { isJsonObject, type Json, type JsonObject } from '../../engine/json.ts'
import { badRequest, notFound } from '../../errors.ts'
import { oauthClientSchema } from '../../oauth/client-document.ts'
import type { OauthClientRecord, OauthClientStore, OauthStore } from '../../oauth/oauth-store.ts'
import { keptSettings, refusedSettings } from '../../oauth/refused-settings.ts'
import type { Sealer } from '../../secrets/seal.ts'
import { checkPreconditions } from '../configuration-resource.ts'
import { bodyObject, type Call, param, type Route } from '../route.ts'

export type OauthClientNeeds = {
  clients: OauthClientStore
  oauthRecords: Pick<OauthStore, 'removeClient'>
  /** From `clientSecretSealer`. */
  secrets: Sealer
}

const path = 'realm-config/agents/OAuth2Client'

const documentType = { _id: 'OAuth2Client', name: 'OAuth2 Clients', collection: true }

/** OAuth2 clients in the form of the vendor's tools. Secrets can be written but never read. */
export function oauthClientRoutes({ clients, oauthRecords, secrets }: OauthClientNeeds): Route[] {
  const access = 'realm'
  const read = async ({ realm }: Call, id: string) => {
    const client = await clients.read(realm.path, id)
    if (client === undefined) throw notFound()
    return client
  }
  return [
    {
      method: 'GET',
      path,
      access,
      summary: 'Lists the OAuth2 clients of the realm.',
      handle: async ({ realm, query }) => ({
        body: collection(
          (await clients.all(realm.path)).map((client) => plainValues(resource(toResource(client)).body)),
          query,
        ),
      }),
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      access,
      summary: 'Reads an OAuth2 client, without its secret.',
      handle: async (call) => resource(toResource(await read(call, param(call, 'id')))),
    },
    {
      method: 'PUT',
      path: `${path}/:id`,
      access,
      resource: { kind: 'oauthClient' },
      summary: 'Creates or replaces an OAuth2 client; a secret that is left out stays.',
      async handle(call) {
        const id = clientId(call)
        const old = await clients.read(call.realm.path, id)
        checkPreconditions(call, old && toResource(old))
        const client = parseClient(id, bodyObject(call), secrets, old?.sealedSecret)
        const isNew = await clients.save(call.realm.path, client)
        const { headers, ...answer } = resource(toResource(client), isNew ? 201 : 200)
        return { ...answer, headers: { ...headers, ...findingsOf(client) } }
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:id`,
      access,
      resource: { kind: 'oauthClient' },
      summary: 'Removes an OAuth2 client and its tokens.',
      async handle(call) {
        const client = await read(call, param(call, 'id'))
        await clients.remove(call.realm.path, client.id)
        // A new client with the same id must not inherit tokens.
        await oauthRecords.removeClient(call.realm.path, client.id)
        return resource(toResource(client))
      },
    },
  ]
}

function clientId(call: Call): string {
  const id = param(call, 'id')
  if (!/^[\x20-\x7e]{1,255}$/.test(id)) throw badRequest('The client id must be printable ASCII')
  return id
}

function parseClient(
  id: string,
  body: JsonObject,
  secrets: Sealer,
  oldSecret: string | undefined,
): OauthClientRecord {
  const parsed = oauthClientSchema.safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw badRequest(`Invalid OAuth2 client: ${issue?.path.join('.')}: ${issue?.message}`)
  }
  const [refused] = refusedSettings(parsed.data)
  if (refused !== undefined) throw badRequest(`Invalid OAuth2 client: ${refused.path}: ${refused.message}`)
  const secret = parsed.data.coreOAuth2ClientConfig.userpassword
  const sealedSecret = secret === undefined ? oldSecret : secrets.seal(secret)
  return { id, document: withoutSecrets(body), sealedSecret }
}

/** Names settings that are kept and have no effect. Clients of the vendor ignore the header. */
function findingsOf({ document }: OauthClientRecord): Record<string, string> {
  const kept = keptSettings(oauthClientSchema.parse(document))
  if (kept.length === 0) return {}
  return { 'sidegate-findings': kept.map(({ path, message }) => `${path}: ${message}`).join('; ') }
}

/** Also drops `userpassword-encrypted`, which exports contain encrypted with another server's key. */
function withoutSecrets(body: JsonObject): JsonObject {
  const { _id, _rev, _type, ...document } = body
  const core = document.coreOAuth2ClientConfig
  if (!isJsonObject(core)) return document
  const { userpassword, 'userpassword-encrypted': encrypted, ...rest } = core
  return { ...document, coreOAuth2ClientConfig: rest }
}

/** Replaces `{ inherited, value }` by the value, as in lists of AM. */
function plainValues(client: JsonObject): JsonObject {
  const sections = Object.entries(client).map(([name, section]): [string, Json] => {
    if (!isJsonObject(section)) return [name, section]
    const members = Object.entries(section).map(([member, value]): [string, Json] => [
      member,
      isJsonObject(value) && 'inherited' in value ? (value.value ?? null) : value,
    ])
    return [name, Object.fromEntries(members)]
  })
  return Object.fromEntries(sections)
}

function toResource({ id, document }: OauthClientRecord): JsonObject {
  const { coreOAuth2ClientConfig: core } = document
  return {
    _id: id,
    ...document,
    coreOAuth2ClientConfig: { userpassword: null, ...(isJsonObject(core) ? core : {}) },
    _type: documentType,
  }
}
