import type { AnswerOf } from '../../../../contract/endpoint.ts'
import { changePerson, findPeople, readDesk } from '../../../../contract/help-desk.ts'
import { fold } from '../../../attributes/fold.ts'
import type { AuditTrail } from '../../../audit/audit-trail.ts'
import { defined } from '../../../base/defined.ts'
import { badRequest, notFound, tooManyRequests } from '../../../base/errors.ts'
import { envelope } from '../../../crest/collection.ts'
import { offeredChecks } from '../../../help-desk/checks/offered-checks.ts'
import type { Verifications } from '../../../help-desk/checks/verifications.ts'
import { translatedAction } from '../../../help-desk/transactions/action-for-reader.ts'
import { plainText } from '../../../help-desk/transactions/plain-text.ts'
import { safeDisplayName } from '../../../help-desk/transactions/transaction.ts'
import type { ConfigurationStore } from '../../../journeys/configuration-store.ts'
import type { Revisions } from '../../../journeys/revisions.ts'
import type { Limits } from '../../../limits/limits.ts'
import type { MailOutbox } from '../../../outbox/mail-outbox.ts'
import { telephoneChannels } from '../../../outbox/message.ts'
import { displayNameOf } from '../../../people/display-name.ts'
import type { Identities } from '../../../people/identities.ts'
import type { Identity } from '../../../people/identity.ts'
import { organisationOf, type Realm } from '../../../realms/realm.ts'
import type { KeyRing } from '../../../secrets/key-ring.ts'
import { macsOf } from '../../../secrets/macs.ts'
import { partyOf } from '../../audit/call-audit.ts'
import { parseBody } from '../../body.ts'
import { requestLocales } from '../../request-locales.ts'
import { type Answer, byAction, type Call, param, type Route } from '../../route.ts'
import { personForAgents } from './person-for-agents.ts'

type HelpDeskDependencies = {
  configuration: Pick<ConfigurationStore, 'journeys'>
  revisions: Revisions
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
  identities: Pick<Identities, 'findPeople'>
  limits: Pick<Limits, 'take'>
  keyRing: Pick<KeyRing, 'keys'>
  verifications: Pick<Verifications, 'pausedUntil' | 'liftPause'>
  mailOutbox: Pick<MailOutbox, 'hasServer'>
  audit(call: Call): AuditTrail
}

/** Length of a search text, in characters. */
const textLength = { min: 2, max: 64 }

/** The initial data of an agent's desk, and the search for callers. Not in AM. */
export function helpDeskRoutes(from: HelpDeskDependencies): Route[] {
  const access = 'helpdesk'
  return [
    {
      ...readDesk,
      access,
      summary: 'Reads the agent and the checks and actions that the realm offers.',
      handle: (call) => readDeskOf(from, call),
    },
    {
      ...findPeople,
      access,
      summary:
        'Finds people by the beginning of a name or email address, or by a full telephone number (`q`); at most 20.',
      handle: (call) => search(from, call),
    },
    {
      ...changePerson,
      access: 'transactions',
      resource: { kind: 'people' },
      summary: 'Lifts the pause on new checks after "this is not me" (`_action=liftPause`).',
      handle: byAction({ liftPause: (call) => liftPause(from, call) }),
    },
  ]
}

async function readDeskOf(from: HelpDeskDependencies, call: Call): Promise<Answer> {
  const { realm } = call
  const session = (await call.session())?.session
  const identity = session && (await from.readIdentity(session.realm, session.identityId))
  const isLead = (await call.rights()).may('transactions', realm.path)
  return {
    body: {
      organisation: organisationOf(realm),
      agent:
        identity === undefined
          ? null
          : { _id: identity.id, userName: identity.userName, displayName: displayNameOf(identity) },
      // If the agent is not a person of the realm, callers see only the organisation.
      shownToCallers: identity?.realm === realm.path ? displayNameOf(identity) : null,
      checks: (await offeredChecks(from, realm)).map(({ asksCode: _asksCode, ...check }) => check),
      actions: realm.settings.helpDesk.actions,
      actionTexts: actionTextsFor(call),
      transactionSeconds: realm.settings.transactionSeconds,
      canMail: from.mailOutbox.hasServer,
      channels: channelsOf(from, realm),
      mayLiftPauses: isLead,
      isLead,
    } satisfies AnswerOf<typeof readDesk>,
  }
}

function actionTextsFor(call: Call): Record<string, string> {
  const reader = { realm: call.realm, locales: requestLocales(call) }
  const { actions } = call.realm.settings.helpDesk
  const texts = actions.map((action) => [action, translatedAction(action, reader)] as const)
  return Object.fromEntries(texts.filter(([action, text]) => text !== action))
}

function channelsOf({ mailOutbox }: HelpDeskDependencies, { settings: { messaging } }: Realm) {
  return [
    ...(mailOutbox.hasServer ? (['email'] as const) : []),
    ...telephoneChannels.filter((channel) => messaging[channel] !== null),
  ]
}

async function search(from: HelpDeskDependencies, call: Call): Promise<Answer> {
  const text = (call.query.get('q') ?? '').trim()
  const { length } = [...text]
  if (length < textLength.min || length > textLength.max) {
    throw badRequest(`The query parameter q must have ${textLength.min} to ${textLength.max} characters`)
  }
  const { path, settings } = call.realm
  const { fields, pauseMinutes } = settings.helpDesk
  const session = (await call.session())?.session
  const entry = {
    eventName: 'SIDEGATE-HELPDESK-SEARCH',
    ...defined({ who: session && partyOf(session) }),
    textHash: textHashOf(from.keyRing, path, text),
  } as const
  const taken = await from.limits.take({
    key: `${path} searches of ${session?.identityId ?? ''}`,
    // rule S18: otherwise an agent can search without limit
    max: settings.helpDesk.maxSearchesPerAgent,
    windowMs: 10 * 60_000,
  })
  if (taken.kind === 'full') {
    from.audit(call).record({ ...entry, result: 'FAILED' })
    const message = 'Too many searches in a short time'
    throw tooManyRequests({ problem: 'tooManySearches', message, waitMs: taken.waitMs })
  }
  const { people, hasMore } = await from.identities.findPeople(path, text, fields)
  from.audit(call).record({ ...entry, count: people.length })
  const shown = await Promise.all(
    people.map(async (person) => ({
      ...personForAgents(person, fields),
      pausedUntil: (await from.verifications.pausedUntil(path, person.id, pauseMinutes)) ?? null,
    })),
  )
  return { body: { ...envelope(shown), hasMore } }
}

/** A keyed hash, because names and numbers are few enough to guess a plain hash. */
function textHashOf(keyRing: HelpDeskDependencies['keyRing'], realm: string, text: string): string {
  const [hash] = macsOf(keyRing.keys('search-texts'), `${realm}\n${fold(text).replace(/\s+/g, ' ')}`)
  return hash
}

async function liftPause(from: HelpDeskDependencies, call: Call): Promise<Answer> {
  const { path, settings } = call.realm
  const { pauseMinutes } = settings.helpDesk
  const person = await from.readIdentity(path, param(call, 'id'))
  if (person === undefined) throw notFound()
  const { reason, until } = parseBody(changePerson.actions.liftPause.body(), call)
  const session = (await call.session())?.session
  const lead = session && (await from.readIdentity(session.realm, session.identityId))
  const name = lead === undefined ? '' : displayNameOf(lead)
  const lift = { by: safeDisplayName({ id: '', name, displayName: name }), reason: plainText(reason, 200) }
  const reportedBy = until && until - pauseMinutes * 60_000
  const isLifted = await from.verifications.liftPause(path, person.id, lift, reportedBy)
  if (isLifted) {
    from.audit(call).record({
      eventName: 'SIDEGATE-VERIFICATION-PAUSE-LIFTED',
      result: 'SUCCESSFUL',
      ...defined({ who: session && partyOf(session) }),
      whom: { id: person.id, name: person.userName, realm: path },
      entries: { reason: lift.reason },
    })
  }
  const pausedUntil = (await from.verifications.pausedUntil(path, person.id, pauseMinutes)) ?? null
  return { body: { isLifted, pausedUntil } }
}
