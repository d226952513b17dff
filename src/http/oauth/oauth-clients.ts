import { applications } from '../../../contract/applications.ts'
import { badRequest } from '../../base/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { settingOf, templateOf } from '../../base/members.ts'
import { resource } from '../../crest/collection.ts'
import type { Esvs } from '../../esvs/esvs.ts'
import { clientSchema } from '../../oauth/client-form.ts'
import { clientMembers } from '../../oauth/client-members.ts'
import { type ConfiguredClient, configuredClient, isClientId } from '../../oauth/client-record.ts'
import type { OauthClientRecord, OauthClientStore, OauthStore } from '../../oauth/oauth-store.ts'
import type { Sealer } from '../../secrets/seal.ts'
import { checkPreconditions, listed, withFindingsHeader } from '../configuration-resource.ts'
import { type Answer, bodyObject, byAction, type Call, param, type Route } from '../route.ts'
import { serve } from '../serve.ts'

export type OauthClientNeeds = {
  clients: OauthClientStore
  oauthRecords: Pick<OauthStore, 'removeClient'>
  /** From `clientSecretSealer`. */
  secrets: Sealer
  esvs: Pick<Esvs, 'inRealm'>
}

const documentType = { _id: 'OAuth2Client', name: 'OAuth2 Clients', collection: true }

/** OAuth2 clients in the form of the vendor's tools. Secrets can be written but never read. */
export function oauthClientRoutes(needs: OauthClientNeeds): Route[] {
  const { clients, oauthRecords } = needs
  const access = 'realm'
  const { list, read, save, remove } = serve({
    endpoints: applications,
    access,
    resource: { kind: 'oauthClient' },
    list: { summary: 'Lists the OAuth2 clients of the realm.' },
    read: { summary: 'Reads an OAuth2 client, without its secret.' },
    save: {
      summary: 'Creates or replaces an OAuth2 client; a secret that is left out stays.',
      handle: (call) => put(needs, call),
    },
    remove: { summary: 'Removes an OAuth2 client and its tokens.' },
    all: ({ realm }) => clients.all(realm.path),
    find: ({ realm }, id) => clients.read(realm.path, id),
    toResource,
    toListed: (client) => plainValues(listed(client)),
    erasesAnyRevision: true,
    async erase({ realm }, { id }) {
      await clients.remove(realm.path, id)
      // A new client with the same id must not inherit tokens.
      await oauthRecords.removeClient(realm.path, id)
    },
  })
  return [
    list,
    {
      method: 'POST',
      path: applications.path,
      access,
      resource: { kind: 'oauthClient' },
      reads: ['schema', 'template', 'getType'],
      summary: 'Describes OAuth2 clients (`schema`, `template`, `getType`).',
      handle: byAction({
        schema: () => ({ body: clientSchema() }),
        template: () => ({ body: templateOf(clientMembers) }),
        getType: () => ({ body: documentType }),
      }),
    },
    read,
    save,
    remove,
  ]
}

async function put(needs: OauthClientNeeds, call: Call): Promise<Answer> {
  const { clients } = needs
  const old = await clients.read(call.realm.path, clientId(call))
  checkPreconditions(call, old && toResource(old))
  const made = configured(call, needs, old?.sealedSecret)
  const isNew = await clients.save(call.realm.path, made.client)
  const findings = made.findings.map(({ path, message }) => `${path}: ${message}`)
  return withFindingsHeader(resource(toResource(made.client), isNew ? 201 : 200), findings)
}

function clientId(call: Call): string {
  const id = param(call, 'id')
  if (!isClientId(id)) throw badRequest('The client id must be printable ASCII')
  return id
}

/** @throws RequestError 400 for a document that can't be configured. */
function configured(
  call: Call,
  { secrets, esvs }: OauthClientNeeds,
  sealedSecret: string | undefined,
): ConfiguredClient {
  const made = configuredClient(clientId(call), bodyObject(call), {
    sealedSecret,
    seal: (secret) => secrets.seal(secret),
    lookup: esvs.inRealm(call.realm.path),
  })
  if (!('fault' in made)) return made
  throw badRequest(`Invalid OAuth2 client: ${made.fault.path}: ${made.fault.message}`)
}

/** Replaces `{ inherited, value }` by the value, as in lists of AM. */
function plainValues(client: JsonObject): JsonObject {
  const sections = Object.entries(client).map(([name, section]): [string, Json] => {
    if (!isJsonObject(section)) return [name, section]
    const members = Object.entries(section).map(([member, value]) => [member, settingOf(value)])
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
