import type { JsonObject } from '../../base/json.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import type { Person } from '../walk-file.ts'
import { soughtAttributes } from './sought-attributes.ts'

/** Someone with everything that nodes look for. */
export const fullPerson = 'alex'
/** Someone without attributes, except the count of sign-ins for which a journey asks more. */
export const barePerson = 'sam'
/** Someone who may not sign in. */
export const inactivePerson = 'lee'
/** An agent of a help desk. */
export const deskAgent = 'dana'
/** An application. */
export const agent = 'robot'

/** The answer to every security question. */
export const questionAnswer = 'Made-up answer'

/** People for exploring the journeys of a configuration. */
export function madeUpPeople(bundle: Bundle, settings: JsonObject): Record<string, Person> {
  const types = new Set(bundle.nodes.map(({ type }) => type))
  const sought = soughtAttributes(bundle)
  const named = (name: string) => ({
    ...(usesAddressesAsNames(bundle) ? { userName: `${name}@example.com` } : {}),
    mail: `${name}@example.com`,
  })
  return {
    [fullPerson]: {
      ...named(fullPerson),
      givenName: 'Alex',
      sn: 'Example',
      telephoneNumber: '+15550100',
      ...sought,
      ...(types.has('OathTokenVerifierNode') ? { authenticatorApp: true as const } : {}),
      ...(types.has('KbaVerifyNode') || types.has('KbaDecisionNode') ? { kbaInfo: answersOf(settings) } : {}),
    },
    [barePerson]: loginCountIn(bundle),
    [inactivePerson]: { ...named(inactivePerson), accountStatus: 'inactive' },
    ...(opensTransactions(types)
      ? { [deskAgent]: { ...named(deskAgent), ...sought, roles: ['helpdesk'] } }
      : {}),
    ...(types.has('AgentDataStoreDecisionNode') ? { [agent]: { kind: 'agent' as const } } : {}),
  }
}

/** The count with which the next sign-in is the one that a Login Count Decision node waits for. */
function loginCountIn({ nodes }: Pick<Bundle, 'nodes'>): Person {
  const decision = nodes.find(({ type }) => type === 'LoginCountDecisionNode')
  if (decision === undefined) return {}
  const { amount = 25 } = decision.config
  const isCounted = nodes.some(({ type }) => type === 'IncrementLoginCountNode')
  return { loginCount: Number(amount) - (isCounted ? 1 : 0) }
}

/** Whether journeys of agents verify callers. */
export function opensTransactions(types: ReadonlySet<string>): boolean {
  return types.has('BackChannelInitNode')
}

/** Whether the usernames of a tenant are email addresses. */
function usesAddressesAsNames({ nodes, scripts }: Pick<Bundle, 'nodes' | 'scripts'>): boolean {
  return (
    nodes.some(({ config }) => config.usernameAttribute === 'mail') ||
    scripts.some(({ source }) =>
      /\busername["']?\s*(?:,|:|\]?\s*=(?!=))\s*[\w.]*e?mail\w*\s*[,;)}]/i.test(source),
    )
  )
}

/** The name by which journeys know a person of a walk. */
export function userNameOf(people: Readonly<Record<string, Person>>, name: string): string {
  const userName = people[name]?.userName
  return typeof userName === 'string' ? userName : name
}

/** Answers to all questions of the realm. */
function answersOf(settings: JsonObject): JsonObject[] {
  const parsed = realmSettingsSchema.safeParse(settings)
  const { questions } = (parsed.data ?? realmSettingsSchema.parse({})).selfService.kba
  return Object.keys(questions).map((questionId) => ({ questionId, answer: questionAnswer }))
}

/** Values for variables that scripts and settings name, and that the project does not set. */
export function madeUpVariables(
  bundle: Bundle,
  known: Readonly<Record<string, string>>,
): Record<string, string> {
  const text = JSON.stringify([bundle.scripts.map(({ source }) => source), bundle.nodes])
  const names = [...text.matchAll(/\besv[.](?:[a-z0-9-]+[.])*[a-z0-9-]+/g)].map(([name]) => name.slice(4))
  return Object.fromEntries(
    [...new Set(names)]
      .filter((name) => !Object.hasOwn(known, name) && !Object.hasOwn(known, `esv.${name}`))
      .toSorted()
      .map((name) => [
        name,
        /url|uri|host|endpoint|domain/.test(name) ? 'https://service.example' : 'made-up',
      ]),
  )
}
