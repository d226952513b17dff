import { testEmailTemplate } from '../../../contract/server-page.ts'
import { badRequest, notFound, RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { collection } from '../../crest/collection.ts'
import type { Limits } from '../../limits/limits.ts'
import { emailTemplateKind, emailTemplateSchema, templateNamed } from '../../outbox/email-template.ts'
import { globalTemplates } from '../../outbox/global-templates.ts'
import { renderTemplate } from '../../outbox/render-template.ts'
import { sendTestMail, type TestMailNeeds } from '../../outbox/test-mail.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import type { Realm } from '../../realms/realm.ts'
import { parseBody } from '../body.ts'
import { listed } from '../configuration-resource.ts'
import { documentResource } from '../document-resource.ts'
import { keptEntities } from '../foreign/kept-entities.ts'
import { takeTestMail } from '../operations/server.ts'
import { type Answer, byAction, type Call, param, type Resource, type Route } from '../route.ts'
import type { TenantSources } from './identity-management/change-tenant.ts'
import { listLocales } from './identity-management/configuration-routes.ts'

type EmailTemplateDependencies = TenantSources &
  TestMailNeeds & {
    documents: DocumentStore
    limits: Pick<Limits, 'take'>
    findRealm(path: string): Promise<Realm | undefined>
  }

const resource: Resource = {
  kind: 'emailTemplate',
  realmOf({ query }) {
    const realm = query.get('realm') ?? '/alpha'
    return realm.startsWith('/') ? realm : `/${realm}`
  },
}

/**
 * Email templates. `?realm=/name` names the realm. Without it, server administrators get the global templates, which apply
 * in every realm without a template of its own, and everyone else gets those of their own realm. A template is stored as
 * sent, including members that only editors read. Source: "Email templates" of the vendor's identity management.
 */
export function emailTemplateRoutes(from: EmailTemplateDependencies): Route[] {
  const access = 'journeys'
  const realmOf = (call: Call) => templateRealm(from, call)
  const actsOn = async (call: Call) => {
    const realm = await realmOf(call)
    return realm === globalTemplates ? '/' : realm
  }
  const templates = documentResource({
    documents: from.documents,
    marks: from,
    kind: emailTemplateKind,
    path: '/openidm/config/emailTemplate/:name',
    access: { read: access, write: access },
    resource,
    actsOn,
    summaries: {
      read: 'Reads an email template.',
      put: 'Creates or replaces an email template.',
      remove: 'Removes an email template.',
    },
    realmOf,
    toResource,
    toDocument({ _id, ...body }, { id }) {
      parseBody(emailTemplateSchema, { body })
      return toResource(id, body)
    },
    taken: () => new RequestError(409),
    missing: (id) => notFound(`No configuration exists for id ${emailTemplateKind}/${id}`),
  })
  return [
    {
      method: 'GET',
      path: '/openidm/config',
      access,
      actsOn,
      summary:
        'Finds email templates, and for server administrators locales, servlet filters and all other kept configuration: with `_queryFilter`, such as `_id sw "emailTemplate/"`.',
      async handle(call) {
        const isServers = (await call.rights()).may('administrator', '/')
        const kept = isServers
          ? [...(await listLocales(from, call)), ...(await keptEntities(from.documents))]
          : []
        return { body: collection([...(await templates.all(call)), ...kept].map(listed), call.query) }
      },
    },
    ...templates.routes,
    {
      ...testEmailTemplate,
      access,
      resource: { kind: 'testMessage' },
      summary: 'Sends an email template, filled in, to the address of the signed-in person (`test`).',
      handle: byAction({ test: (call) => test(from, call) }),
    },
  ]
}

/** Only to the own address, because authors of journeys could send anything to any other. */
async function test(from: EmailTemplateDependencies, call: Call): Promise<Answer> {
  const { path } = call.realm
  const { locale } = parseBody(testEmailTemplate.actions.test.body(), call)
  const name = param(call, 'name')
  const template = await templateNamed(from.documents, path, name)
  if (template === undefined) throw notFound(`Realm ${path} has no email template ${name}`)
  const { session } = (await call.session()) ?? {}
  const person = session && (await from.readIdentity(session.realm, session.identityId))
  const to = person?.attributes.mail
  if (typeof to !== 'string' || to === '') throw badRequest('Your account has no email address')
  await takeTestMail(from.limits, path)
  const object = {
    ...person?.attributes,
    userName: person?.userName ?? '',
    resumeURI: `${call.callersUrl}/XUI/`,
  }
  return { body: await sendTestMail(from, path, renderTemplate(template, { to, object, locales: [locale] })) }
}

function toResource(id: string, { _id, ...members }: JsonObject): JsonObject {
  return { _id: `${emailTemplateKind}/${id}`, ...members }
}

/** The realm of the templates, or {@link globalTemplates}. @throws RequestError 404 for an unknown realm. */
async function templateRealm({ findRealm }: EmailTemplateDependencies, call: Call): Promise<string> {
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
