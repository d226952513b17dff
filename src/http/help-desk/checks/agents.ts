import { listAgents } from '../../../../contract/help-desk.ts'
import { envelope } from '../../../crest/collection.ts'
import { safeDisplayName } from '../../../help-desk/transactions/transaction.ts'
import { displayNameOf } from '../../../people/display-name.ts'
import type { Identity } from '../../../people/identity.ts'
import { rightsOf } from '../../guards/rights.ts'
import type { Answer, Call, Route } from '../../route.ts'
import { agentIdOf } from './visible-agent.ts'

type AgentDependencies = { identities: { withRoles(realm: string): Promise<Identity[]> } }

const maxAgents = 200

/** The agents of the realm, who can be offered a check. Not in AM. */
export function agentRoutes(from: AgentDependencies): Route[] {
  return [
    {
      ...listAgents,
      access: 'helpdesk',
      summary: 'Lists the other people of the realm who may verify callers, by name; at most 200.',
      handle: (call) => list(from, call),
    },
  ]
}

async function list({ identities }: AgentDependencies, call: Call): Promise<Answer> {
  const { path } = call.realm
  const own = await agentIdOf(call)
  const agents = (await identities.withRoles(path))
    .filter((person) => person.id !== own && rightsOf(person).may('helpdesk', path))
    .map((person) => ({
      _id: person.id,
      displayName: safeDisplayName({
        id: person.id,
        name: person.userName,
        displayName: displayNameOf(person),
      }),
    }))
    .toSorted((one, other) => one.displayName.localeCompare(other.displayName))
  return { body: envelope(agents.slice(0, maxAgents)) }
}
