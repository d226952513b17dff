import { RequestError } from '../../../base/errors.ts'
import type { Call } from '../../route.ts'

/** The agent whose checks the caller may see; undefined for all agents. */
export async function visibleAgent(call: Call): Promise<string | undefined> {
  return (await isLead(call)) ? undefined : agentIdOf(call)
}

export async function isLead(call: Call): Promise<boolean> {
  return (await call.rights()).may('transactions', call.realm.path)
}

/** Object id of the person who is signed in; empty for a person of another realm, who is the agent of no check here. */
export async function agentIdOf(call: Call): Promise<string> {
  const session = (await call.session())?.session
  if (session === undefined) throw new RequestError(401)
  return session.realm === call.realm.path ? session.identityId : ''
}
