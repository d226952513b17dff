import type { AnswerOf } from '../../../contract/endpoint.ts'
import { addStarter, listStarters } from '../../../contract/starters.ts'
import { notFound } from '../../errors.ts'
import type { Plan } from '../../journeys/exchange/plan.ts'
import { universalIdOf } from '../../sessions/session.ts'
import { type Starter, starterNamed, starters } from '../../starters/catalogue.ts'
import { sampleRoles } from '../../starters/sample-people.ts'
import type { StarterOptions, Starters } from '../../starters/starters.ts'
import { parseBody } from '../body.ts'
import { kindsFor } from '../journeys/journey-import.ts'
import { type MarkSources, saveMarkOf } from '../journeys/save-mark.ts'
import { requireMayGrant } from '../people/granted-roles.ts'
import { type Answer, byAction, type Call, param, type Route } from '../route.ts'

type StarterDependencies = MarkSources & { starters: Starters }

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

async function list({ starters: sets }: StarterDependencies, { realm }: Call): Promise<Answer> {
  const result = await Promise.all(
    starters.map(async (starter) => ({
      _id: starter.id,
      title: starter.title,
      description: starter.description,
      isAdded: await sets.isAdded(starter, realm.path),
      refusal: sets.refusalOf(starter, realm.path) ?? null,
    })),
  )
  const body: AnswerOf<typeof listStarters> = { result }
  return { body }
}

/** People with published passwords grant access. */
function addsPeople(call: Call): boolean {
  return call.query.get('_action') === 'add' && starterNamed(param(call, 'id'))?.hasPeople === true
}

async function plan(from: StarterDependencies, call: Call): Promise<Answer> {
  return answer(await from.starters.plan([starterOf(call)], call.realm.path, await optionsOf(call)), false)
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
  return answer(await from.starters.add([starter], path, await optionsOf(call), author), true)
}

function starterOf(call: Call): Starter {
  const starter = starterNamed(param(call, 'id'))
  if (starter === undefined) throw notFound()
  return starter
}

async function optionsOf(call: Call): Promise<StarterOptions> {
  const { existing } = parseBody(addStarter.actions.add.body, call)
  return {
    existing: existing === 'replace' ? 'replace' : 'skip',
    mayWrite: kindsFor(await call.rights(), call.realm.path),
  }
}

function answer({ items, findings, isPossible }: Plan, isAdded: boolean): Answer {
  const body: PlannedStarter = { isAdded, items, findings, isPossible }
  return { body }
}
