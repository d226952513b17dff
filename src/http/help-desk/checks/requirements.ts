import type { AnswerOf } from '../../../../contract/endpoint.ts'
import { listUnmetPolicies, readRequirements } from '../../../../contract/help-desk.ts'
import { badRequest, notFound } from '../../../errors.ts'
import { lackingIn } from '../../../help-desk/checks/lacking.ts'
import { type PolicySettings, requirementOf } from '../../../help-desk/checks/requirement.ts'
import { actionsWithoutCheck, unmetPolicies } from '../../../help-desk/checks/unmet-policies.ts'
import type { ConfigurationStore } from '../../../journeys/configuration-store.ts'
import type { Revisions } from '../../../journeys/revisions.ts'
import type { Identity } from '../../../people/identity.ts'
import { type Answer, type Call, param, type Route } from '../../route.ts'
import { offeredChecks } from './offered-checks.ts'

type RequirementDependencies = {
  configuration: Pick<ConfigurationStore, 'journeys'>
  revisions: Revisions
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
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
  const checks = await offeredChecks(from, call.realm)
  return {
    body: {
      needs: { ...needs, because: [...needs.because] },
      checks: checks.map((check) => ({
        journey: check.journey,
        lacks: lackingIn(check, needs),
        isRefused: lackingIn(check, atOpening).length > 0,
      })),
    } satisfies AnswerOf<typeof readRequirements>,
  }
}
