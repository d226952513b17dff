import { collection, resource } from '../../crest/collection.ts'
import type { JsonObject } from '../../engine/json.ts'
import { notFound, type RequestError } from '../../errors.ts'
import { emailTemplateKind, emailTemplateSchema } from '../../outbox/email-template.ts'
import { globalTemplates } from '../../outbox/global-templates.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import type { Realm } from '../../realms/realm.ts'
import { parseBody } from '../body.ts'
import { checkedId, checkPreconditions, listed } from '../configuration-resource.ts'
import { type Answer, bodyObject, type Call, param, type Route } from '../route.ts'

type EmailTemplateDependencies = {
  documents: DocumentStore
  findRealm(path: string): Promise<Realm | undefined>
}

/**
 * E-mail templates. `?realm=/name` names the realm; without it they are the global ones, which every realm has until it
 * has its own. Callers without a right to those mean their own realm. A template is kept whole, with members that only
 * editors read. Source: "Email templates" of the vendor's identity management.
 */
export function emailTemplateRoutes(from: EmailTemplateDependencies): Route[] {
  const one = '/openidm/config/emailTemplate/:name'
  const access = 'journeys'
  const actsOn = async (call: Call) => {
    const place = await placeOf(from, call)
    return place === globalTemplates ? '/' : place
  }
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
  const all = await from.documents.all(await placeOf(from, call), emailTemplateKind)
  return {
    body: collection(
      all.map(({ id, document }) => listed(shown(id, document))),
      call.query,
    ),
  }
}

async function read(from: EmailTemplateDependencies, call: Call): Promise<Answer> {
  const name = param(call, 'name')
  return resource(shown(name, await stored(from, await placeOf(from, call), name)))
}

async function put(from: EmailTemplateDependencies, call: Call): Promise<Answer> {
  const realm = await placeOf(from, call)
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
  const realm = await placeOf(from, call)
  const name = param(call, 'name')
  const template = shown(name, await stored(from, realm, name))
  checkPreconditions(call, template)
  if (!(await from.documents.remove(realm, emailTemplateKind, name))) throw missing(name)
  return resource(template)
}

async function stored(from: EmailTemplateDependencies, realm: string, name: string): Promise<JsonObject> {
  const found = await from.documents.read(realm, emailTemplateKind, name)
  if (found === undefined) throw missing(name)
  return found.document
}

function shown(name: string, document: JsonObject): JsonObject {
  const { _id: _old, ...members } = document
  return { _id: `${emailTemplateKind}/${name}`, ...members }
}

function missing(name: string): RequestError {
  return notFound(`No configuration exists for id ${emailTemplateKind}/${name}`)
}

/** The realm of the templates, or {@link globalTemplates}. @throws RequestError 404 for an unknown realm. */
async function placeOf({ findRealm }: EmailTemplateDependencies, call: Call): Promise<string> {
  const named = call.query.get('realm')
  if (named === null) {
    const rights = await call.rights()
    return rights.may('administrator', '/') ? globalTemplates : rights.realm
  }
  const path = named.startsWith('/') ? named : `/${named}`
  const realm = await findRealm(path)
  if (realm?.isActive !== true) throw notFound(`Realm ${path} not found`)
  return realm.path
}
