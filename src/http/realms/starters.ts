import type { AnswerOf } from '../../../contract/endpoint.ts'
import { addStarter, listStarters } from '../../../contract/starters.ts'
import { notFound } from '../../base/errors.ts'
import type { Plan } from '../../journeys/exchange/plan.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import { universalIdOf } from '../../sessions/session.ts'
import { type Starter, starterNamed } from '../../starters/catalogue.ts'
import { sampleRoles } from '../../starters/sample-people.ts'
import type { StarterOptions, Starters } from '../../starters/starters.ts'
import { parseBody } from '../body.ts'
import { kindsFor } from '../journeys/journey-import.ts'
import { type MarkSources, saveMarkOf } from '../journeys/save-mark.ts'
import { requireMayGrant } from '../people/granted-roles.ts'
import { type Answer, byAction, type Call, param, type Route } from '../route.ts'
import { isReachedByOthers } from './reached.ts'

type StarterDependencies = MarkSources & { starters: Starters; realms: Pick<RealmStore, 'all'> }

type PlannedStarter = AnswerOf<typeof addStarter.actions.add>

/** Sets of samples that a realm can get at any time. */
export function starterRoutes(from: StarterDependencies): Route[] {
  const access = 'realm'
  return [
    {
      ...listStarters,
      access,
      summary: 'Lists the starters: sets of samples, and whether the realm has them.',
      handle: (call) => list(from, call),
    },
    {
      ...addStarter,
      access,
      resource: { kind: 'starter' },
      reads: ['plan'],
      dangerous: { when: 'for `add` of sample people', is: addsPeople },
      summary:
        'Adds a starter to the realm (`add`), or says what it would add (`plan`). What the realm has stays, unless `existing` is `replace`.',
      handle: byAction({
        plan: (call) => plan(from, call),
        add: (call) => add(from, call),
      }),
    },
  ]
}

async function list(from: StarterDependencies, call: Call): Promise<Answer> {
  const listed = await from.starters.list(call.realm.path, await optionsOf(from, call, 'skip'))
  const result = listed.map(({ starter: { id, title, description }, isAdded, refusal = null }) => ({
    _id: id,
    title,
    description,
    isAdded,
    refusal,
  }))
  const body: AnswerOf<typeof listStarters> = { result }
  return { body }
}

/** People with published passwords grant access. */
function addsPeople(call: Call): boolean {
  // rule S04: otherwise an unattended session adds sample people
  return call.query.get('_action') === 'add' && starterNamed(param(call, 'id'))?.hasPeople === true
}

async function plan(from: StarterDependencies, call: Call): Promise<Answer> {
  const options = await optionsOf(from, call, existingIn(call))
  return answer(await from.starters.plan([starterOf(call)], call.realm.path, options), false)
}

async function add(from: StarterDependencies, call: Call): Promise<Answer> {
  const starter = starterOf(call)
  const { path } = call.realm
  if (starter.hasPeople === true) {
    await requireMayGrant(call, { id: '', realm: path, roles: [] }, sampleRoles())
  }
  const signedIn = await call.session()
  const by = signedIn ? universalIdOf(signedIn.session.realm, signedIn.session.identityId) : 'null'
  const author = { by, now: from.now(), mark: await saveMarkOf(call, from) }
  const options = await optionsOf(from, call, existingIn(call))
  return answer(await from.starters.add([starter], path, options, author), true)
}

function starterOf(call: Call): Starter {
  const starter = starterNamed(param(call, 'id'))
  if (starter === undefined) throw notFound()
  return starter
}

function existingIn(call: Call): StarterOptions['existing'] {
  return parseBody(addStarter.actions.add.body(), call).existing === 'replace' ? 'replace' : 'skip'
}

async function optionsOf(
  { realms }: StarterDependencies,
  call: Call,
  existing: StarterOptions['existing'],
): Promise<StarterOptions> {
  return {
    existing,
    mayWrite: kindsFor(await call.rights(), call.realm.path),
    isReached: await isReachedByOthers(realms, call),
  }
}

function answer({ items, findings, isPossible }: Plan, isAdded: boolean): Answer {
  const body: PlannedStarter = { isAdded, items, findings, isPossible }
  return { body }
}
