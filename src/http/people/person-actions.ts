import { changePerson } from '../../../contract/people.ts'
import { badRequest, RequestError } from '../../base/errors.ts'
import { maskedMail } from '../../base/masked.ts'
import type { EmailTemplate } from '../../outbox/email-template.ts'
import type { MailOutbox } from '../../outbox/mail-outbox.ts'
import type { MailStore } from '../../outbox/mail-store.ts'
import { renderTemplate } from '../../outbox/render-template.ts'
import type { Identities } from '../../people/identities.ts'
import type { Identity } from '../../people/identity.ts'
import { temporaryPassword } from '../../people/passwords/temporary-password.ts'
import { preferredLocales } from '../../people/preferred-locales.ts'
import { journeyLink } from '../../realms/links.ts'
import type { Realm } from '../../realms/realm.ts'
import { Secret } from '../../secrets/secret.ts'
import { parseBody } from '../body.ts'
import { type Answer, type Call, param } from '../route.ts'
import { requireMayChange, requireMayGrant } from './granted-roles.ts'
import { personView } from './person-view.ts'

export type PersonActionDependencies = {
  identities: Identities
  mails: Pick<MailStore, 'add'>
  mailOutbox: Pick<MailOutbox, 'queued' | 'wake'>
  templateNamed(realm: string, name: string): Promise<EmailTemplate | undefined>
  findRealm(path: string): Promise<Realm | undefined>
  now(): number
}

/** An action on a person; `realm` is the person's. */
export type PersonAction = (realm: string, call: Call) => Promise<Answer>

/** The email template for a reset. The samples and the vendor's identity management have it. */
const resetTemplate = 'resetPassword'

/** Actions of administrators on people. Not in PingIDM. */
export function personActions(from: PersonActionDependencies): Readonly<Record<string, PersonAction>> {
  return {
    async unlock(realm, call) {
      const person = await personOf(from, realm, call)
      // The lockout may be there because of guesses by the holder of this token.
      // rule S32: otherwise tokens end the lockout of anyone
      await requireMayChange(call, person)
      await from.identities.unlock({ realm, id: person.id })
      return answerWith(from, await personOf(from, realm, call))
    },
    async setRoles(realm, call) {
      const { roles } = parseBody(changePerson.actions.setRoles.body(), call)
      const person = await personOf(from, realm, call)
      await requireMayGrant(call, person, roles)
      return answerWith(from, await from.identities.setRoles(realm, person.id, roles))
    },
    resetPassword: (realm, call) => resetPassword(from, realm, call),
  }
}

async function resetPassword(from: PersonActionDependencies, realm: string, call: Call): Promise<Answer> {
  const { password, byMail } = parseBody(changePerson.actions.resetPassword.body(), call)
  if (byMail && password !== undefined) throw badRequest('byMail: must not be combined with a password')
  const person = await personOf(from, realm, call)
  await requireMayChange(call, person)
  const { settings } = await realmOf(from, realm)
  if (byMail) return mailLink(from, call, person, settings.passwordResetJourney)
  const isGiven = password !== undefined
  const secret = isGiven ? new Secret(password) : temporaryPassword(settings.passwordPolicy)
  await from.identities.setTemporaryPassword(realm, person.id, secret)
  return { body: isGiven ? {} : { temporaryPassword: secret.reveal() } }
}

async function mailLink(
  from: PersonActionDependencies,
  call: Call,
  person: Identity,
  journey: string,
): Promise<Answer> {
  if (journey === '') throw new RequestError(409, 'The realm has no journey for password resets')
  const { realm, userName, attributes } = person
  const to = [attributes.mail].flat().find((mail) => typeof mail === 'string' && mail.includes('@'))
  if (typeof to !== 'string') throw new RequestError(409, 'There is no email address on file')
  const template = await from.templateNamed(realm, resetTemplate)
  if (template?.enabled !== true) {
    throw new RequestError(409, `The realm has no email template ${resetTemplate}`)
  }
  const resumeURI = journeyLink(call.callersUrl, realm, journey)
  const object = { ...attributes, userName, resumeURI }
  const mail = renderTemplate(template, { to, object, locales: preferredLocales(person) })
  await from.mails.add(from.mailOutbox.queued(realm, mail, from.now()))
  from.mailOutbox.wake()
  return { body: { mailedTo: maskedMail(to) } }
}

function personOf({ identities }: PersonActionDependencies, realm: string, call: Call): Promise<Identity> {
  return identities.read(realm, param(call, 'id'))
}

async function realmOf({ findRealm }: PersonActionDependencies, path: string): Promise<Realm> {
  const realm = await findRealm(path)
  if (realm === undefined) throw new RequestError(404)
  return realm
}

function answerWith({ identities }: PersonActionDependencies, identity: Identity): Answer {
  const body = personView(identities, '*,_access')(identity)
  return { body, headers: { etag: `"${identity.rev}"` } }
}
