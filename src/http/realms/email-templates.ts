import { emailTemplateKind, emailTemplateSchema } from '../../courier/email-template.ts'
import { collection, resource } from '../../crest/collection.ts'
import { notFound } from '../../errors.ts'
import type { JsonObject } from '../../journey/json.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import type { Realm } from '../../realms/realm.ts'
import { parseBody } from '../body.ts'
import { checkedId, checkPreconditions, listed } from '../configuration-resource.ts'
import { type Answer, bodyObject, type Call, param, type Route } from '../route.ts'

type EmailTemplateDependencies = {
  documents: DocumentStore
  findRealm(path: string): Promise<Realm | undefined>
}

/** The vendor has one set of templates; tools that name no realm mean the one with the people. */
const usualRealm = '/alpha'

/**
 * E-mail templates. `?realm=/name` says whose, alpha's without it. A template is kept whole, with members that only
 * editors read. Source: "Email templates" of the vendor's identity management.
 */
export function emailTemplateRoutes(from: EmailTemplateDependencies): Route[] {
  const one = '/openidm/config/emailTemplate/:name'
  const access = 'journeys'
  const actsOn = (call: Call) => realmOf(from, call)
  return [
    {
      method: 'GET',
      path: '/openidm/config',
      access,
      actsOn,
      summary: 'Finds e-mail templates: with `_queryFilter`, such as `_id sw "emailTemplate/"`.',
      handle: (call) => query(from, call),
    },
    {
      method: 'GET',
      path: one,
      access,
      actsOn,
      summary: 'Reads an e-mail template.',
      handle: (call) => read(from, call),
    },
    {
      method: 'PUT',
      path: one,
      access,
      actsOn,
      summary: 'Creates or replaces an e-mail template.',
      handle: (call) => put(from, call),
    },
    {
      method: 'DELETE',
      path: one,
      access,
      actsOn,
      summary: 'Removes an e-mail template.',
      handle: (call) => remove(from, call),
    },
  ]
}

async function query(from: EmailTemplateDependencies, call: Call): Promise<Answer> {
  const all = await from.documents.all(await realmOf(from, call), emailTemplateKind)
  return {
    body: collection(
      all.map(({ id, document }) => listed(shown(id, document))),
      call.query,
    ),
  }
}

async function read(from: EmailTemplateDependencies, call: Call): Promise<Answer> {
  const name = param(call, 'name')
  return resource(shown(name, await stored(from, await realmOf(from, call), name)))
}

async function put(from: EmailTemplateDependencies, call: Call): Promise<Answer> {
  const realm = await realmOf(from, call)
  const name = checkedId(param(call, 'name'))
  const { _id, _rev, ...document } = bodyObject(call)
  parseBody(emailTemplateSchema, { body: document })
  const old = await from.documents.read(realm, emailTemplateKind, name)
  checkPreconditions(call, old && shown(name, old.document))
  const template = shown(name, document)
  await from.documents.save(realm, { kind: emailTemplateKind, id: name, document: template })
  return resource(template, old === undefined ? 201 : 200)
}

async function remove(from: EmailTemplateDependencies, call: Call): Promise<Answer> {
  const realm = await realmOf(from, call)
  const name = param(call, 'name')
  const template = shown(name, await stored(from, realm, name))
  checkPreconditions(call, template)
  await from.documents.remove(realm, emailTemplateKind, name)
  return resource(template)
}

async function stored(from: EmailTemplateDependencies, realm: string, name: string): Promise<JsonObject> {
  const found = await from.documents.read(realm, emailTemplateKind, name)
  if (found === undefined) throw notFound(`No configuration exists for id ${emailTemplateKind}/${name}`)
  return found.document
}

function shown(name: string, document: JsonObject): JsonObject {
  const { _id: _old, ...members } = document
  return { _id: `${emailTemplateKind}/${name}`, ...members }
}

async function realmOf({ findRealm }: EmailTemplateDependencies, { query }: Call): Promise<string> {
  const named = query.get('realm') ?? usualRealm
  const path = named.startsWith('/') ? named : `/${named}`
  const realm = await findRealm(path)
  if (realm?.isActive !== true) throw notFound(`Realm ${path} not found`)
  return realm.path
}
