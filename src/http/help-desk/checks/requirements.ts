import type { AnswerOf } from '../../../../contract/endpoint.ts'
import { listUnmetPolicies, readRequirements } from '../../../../contract/help-desk.ts'
import { badRequest, notFound } from '../../../base/errors.ts'
import { levelOf } from '../../../engine/level.ts'
import type { Method } from '../../../engine/methods.ts'
import { lackingIn } from '../../../help-desk/checks/lacking.ts'
import {
  callersJourneys,
  highest,
  type OfferedCheck,
  offeredChecks,
} from '../../../help-desk/checks/offered-checks.ts'
import {
  neededFor,
  type PolicySettings,
  type Requirement,
  requirementOf,
} from '../../../help-desk/checks/requirement.ts'
import { actionsWithoutCheck, unmetPolicies } from '../../../help-desk/checks/unmet-policies.ts'
import type { ConfigurationStore } from '../../../journeys/configuration-store.ts'
import { passageWithout } from '../../../journeys/provable-methods.ts'
import type { Revisions } from '../../../journeys/revisions.ts'
import { changeTimeOf } from '../../../people/change-times.ts'
import type { RegisteredDevices } from '../../../people/devices/registered-devices.ts'
import type { DeviceKind } from '../../../people/devices/sealed-devices.ts'
import type { Identity } from '../../../people/identity.ts'
import { type Answer, type Call, param, type Route } from '../../route.ts'

type RequirementDependencies = {
  configuration: Pick<ConfigurationStore, 'journeys'>
  revisions: Revisions
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
  devices: Pick<RegisteredDevices, 'of'>
}

/** What an action needs for a person, so that the desk offers only checks that suffice. Not in AM. */
export function requirementRoutes(from: RequirementDependencies): Route[] {
  return [
    {
      ...readRequirements,
      access: 'helpdesk',
      summary: 'Reads what an action needs for a person, and which checks suffice (`action`, or none).',
      handle: (call) => requirementsFor(from, call),
    },
    {
      ...listUnmetPolicies,
      access: 'realm',
      summary: 'Lists the policies and actions of the realm for which no offered check is enough.',
      async handle({ realm }) {
        const checks = await offeredChecks(from, realm)
        const { helpDesk } = realm.settings
        return {
          body: {
            result: unmetPolicies(helpDesk, checks),
            actions: actionsWithoutCheck(helpDesk, checks),
          },
        }
      },
    },
  ]
}

async function requirementsFor(from: RequirementDependencies, call: Call): Promise<Answer> {
  const { path, settings } = call.realm
  const action = call.query.get('action') || undefined
  if (action !== undefined && !settings.helpDesk.actions.includes(action)) {
    throw badRequest('The query parameter action must be an action of the realm')
  }
  const person = await from.readIdentity(path, param(call, 'id'))
  if (person === undefined) throw notFound()
  const needed = (policies: PolicySettings) => requirementOf(action, [person], policies)
  const needs = needed(settings.helpDesk)
  // Only the use of a result needs the level of strong actions.
  const atOpening = needed({ ...settings.helpDesk, strongActions: [] })
  const missing = missingMethods(from, person)
  const checks = await offeredChecks(from, call.realm)
  return {
    body: {
      needs: { ...needs, because: [...needs.because] },
      person: factsOf(from, person),
      checks: await Promise.all(
        checks.map(async (check) => {
          const lacks = lackingIn(check, needs)
          const isPassable = await canPass(from, path, check, { missing, needs })
          return {
            journey: check.journey,
            lacks: [
              ...lacks,
              ...(check.asksCode ? [] : (['noCode'] as const)),
              ...(isPassable ? [] : (['noFactor'] as const)),
            ],
            isRefused: lackingIn(check, atOpening).length > 0,
          }
        }),
      ),
    } satisfies AnswerOf<typeof readRequirements>,
  }
}

/** The methods that a person can't use, because nothing is registered for them. */
function missingMethods({ devices }: RequirementDependencies, person: Identity): ReadonlySet<Method> {
  const has = (kind: DeviceKind) => devices.of(person, kind).length > 0
  const hasRecoveryCodes = (['oath', 'webauthn', 'push'] as const).some((kind) =>
    devices.of(person, kind).some(({ recoveryCodes }) => recoveryCodes.length > 0),
  )
  const usable: Partial<Record<Method, boolean>> = {
    pwd: !person.mustChangePassword,
    otp: has('oath'),
    push: has('push'),
    pop: has('webauthn'),
    hwk: has('binding'),
    rc: hasRecoveryCodes,
  }
  const methods = Object.entries(usable).filter(([, isUsable]) => !isUsable)
  return new Set(methods.map(([method]) => method as Method))
}

/** Whether a caller who lacks some methods can come to the end of a check, at the level that it would otherwise reach. */
async function canPass(
  from: RequirementDependencies,
  realm: string,
  check: OfferedCheck,
  { missing, needs }: { missing: ReadonlySet<Method>; needs: Requirement },
): Promise<boolean> {
  const { level } = neededFor(needs, check)
  const front = await from.revisions.current(realm, check.journey)
  const callers = front === undefined ? [] : await callersJourneys(from, realm, front)
  const passages = callers.map((caller) => passageWithout(caller, missing)).filter((each) => each.canSucceed)
  const reached = highest(passages.map(({ methods }) => levelOf(methods)))
  return passages.length > 0 && (reached >= level || check.level < level)
}

/** What an agent has to know about a person before a call is spent on a check. */
function factsOf(
  { devices }: RequirementDependencies,
  person: Identity,
): AnswerOf<typeof readRequirements>['person'] {
  const { mustChangePassword, attributes } = person
  const count = (kind: DeviceKind) => devices.of(person, kind).length
  return {
    passkeys: count('webauthn'),
    apps: count('oath'),
    push: count('push'),
    hasManager: [attributes.manager ?? []].flat().length > 0,
    numberChangedAt: changeTimeOf(person, 'telephoneNumber') ?? null,
    mailChangedAt: changeTimeOf(person, 'mail') ?? null,
    mustChangePassword,
  }
}
