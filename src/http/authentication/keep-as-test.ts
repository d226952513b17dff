import type { AnswerOf } from '../../../contract/endpoint.ts'
import { continueAsCaller } from '../../../contract/journey-sessions.ts'
import { defined } from '../../base/defined.ts'
import { badRequest, notFound } from '../../base/errors.ts'
import type { WatchedRun } from '../../engine/recorded-step.ts'
import type { Authentication } from '../../runtime/authenticate.ts'
import { readRun } from '../../runtime/saved-run.ts'
import { digest } from '../../secrets/digest.ts'
import { type Conversation, Conversations, openerOf } from '../../walks/conversations.ts'
import { recordedText } from '../../walks/recorded-file.ts'
import { type RecordedWalk, recordedWalk } from '../../walks/recorded-walk.ts'
import { parseBody } from '../body.ts'
import { type Answer, type Call, param } from '../route.ts'
import type { CallersRunDependencies } from './continue-as-caller.ts'

export type KeptRunDependencies = Pick<CallersRunDependencies, 'steps' | 'sealer'> & {
  authentication: Pick<Authentication, 'readAuthId'>
}

const action = continueAsCaller.actions.keepAsTest

type Effects = NonNullable<WatchedRun['effects']>

/**
 * Writes a watched run as a walk. The client sends the requests of the run, because the server keeps no answers; nothing of them
 * is stored, and their secrets are named.
 * @throws RequestError 404 for an unknown run or one that nobody watches, 400 for requests without the start of its journey.
 */
export async function keepAsTest(from: KeptRunDependencies, call: Call): Promise<Answer> {
  const found = await watchedRun(from, call, param(call, 'id'))
  if (found === undefined) throw notFound()
  const { journey } = found
  const heard = new Conversations()
  for (const { session, language, userAgent, ...request } of parseBody(action.body(), call).requests) {
    heard.add({
      ...request,
      headers: defined({ 'accept-language': language, 'user-agent': userAgent }),
      cookies: session === undefined ? [] : [session],
      request: request.request,
      newCookies: [],
    })
  }
  const front = heard.all.findLast((each) => each.journey === journey)
  if (front === undefined) throw badRequest(`requests: none of them starts ${journey}`)
  const callers = heard.all.filter((each) => openerOf(each, heard.all) === front)
  const others = await Promise.all(
    callers.flatMap((each) => sessionOf(from, call, each)).map((id) => watchedRun(from, call, id)),
  )
  const effects = [found, ...others].flatMap((run) => run?.watch.effects ?? [])
  const recorded = walkOf([front, ...callers], { journey, known: heard.all, effects })
  const body: AnswerOf<typeof action> = {
    file: recordedText(journey, [recorded]),
    secrets: Object.keys(recorded.secrets),
  }
  return { body }
}

/** A run of the realm that an administrator watched. */
async function watchedRun({ steps, sealer }: KeptRunDependencies, { realm }: Call, id: string) {
  const stored = await steps.read(id)
  // rule R8: otherwise a run of another realm can be kept as a test
  if (stored === undefined || stored.realm !== realm.path) return undefined
  const { watch } = readRun(sealer.open(stored.body))
  return watch && { journey: stored.journey, watch }
}

/** The id of the journey session of a conversation, which the server has signed. */
function sessionOf({ authentication }: KeptRunDependencies, call: Call, { turns }: Conversation): string[] {
  const [page] = turns.flatMap(({ shown }) => (shown.kind === 'page' ? [shown.page] : []))
  return page === undefined ? [] : [digest(authentication.readAuthId(call, page.authId).sessionId)]
}

type About = { journey: string; known: readonly Conversation[]; effects: readonly Effects[] }

/** The steps of a walk take the emails with its codes and links. Other effects must be declared. */
function walkOf(conversations: readonly Conversation[], { journey, known, effects }: About): RecordedWalk {
  const people = effects.flatMap((each) => each.people)
  const mails = effects.flatMap((each) => each.mails)
  const codes = conversations.length > 1 ? 'agent' : mails.length > 0 ? 'mail' : 'app'
  const recorded = recordedWalk(conversations, {
    journey,
    codes,
    known,
    headers: ['Accept-Language', 'User-Agent'],
  })
  const { steps = [] } = recorded.walk
  const taken = Array.isArray(steps) ? steps.filter((step) => 'mail' in Object(step)).length : 0
  const changes = people.map(({ userName, mail, attributes }) => [
    nameOf(recorded.people, userName, mail),
    Object.fromEntries(attributes.map((name) => [name, 'changed'])),
  ])
  const others = mails.slice(taken).map((to) => ({ to }))
  return {
    ...recorded,
    walk: {
      ...recorded.walk,
      ...(others.length === 0 ? {} : { mail: others }),
      ...(changes.length === 0 ? {} : { people: Object.fromEntries(changes) }),
    },
  }
}

/** What the walk calls a person whom the run changed. */
function nameOf(people: RecordedWalk['people'], userName: string, mail: string | undefined): string {
  const known = Object.entries(people).find(
    ([name, person]) =>
      (person.userName ?? name) === userName || (mail !== undefined && person.mail === mail),
  )
  return known?.[0] ?? userName
}
