import type { JsonObject } from '../../base/json.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import type { Person } from '../walk-file.ts'

/** Someone with everything that nodes look for. */
export const fullPerson = 'alex'
/** Someone without any attributes. */
export const barePerson = 'sam'
/** Someone who may not sign in. */
export const inactivePerson = 'lee'
/** An agent of a help desk. */
export const deskAgent = 'dana'
/** An application. */
const agent = 'robot'

/** The answer to every security question. */
export const questionAnswer = 'Made-up answer'

/** People for exploring the journeys of a configuration. */
export function madeUpPeople(bundle: Bundle, settings: JsonObject): Record<string, Person> {
  const types = new Set(bundle.nodes.map(({ type }) => type))
  return {
    [fullPerson]: {
      givenName: 'Alex',
      sn: 'Example',
      mail: `${fullPerson}@example.com`,
      telephoneNumber: '+15550100',
      ...attributesOf(bundle),
      ...(types.has('KbaVerifyNode') || types.has('KbaDecisionNode') ? { kbaInfo: answersOf(settings) } : {}),
    },
    [barePerson]: {},
    [inactivePerson]: { mail: `${inactivePerson}@example.com`, accountStatus: 'inactive' },
    ...(opensTransactions(types)
      ? { [deskAgent]: { mail: `${deskAgent}@example.com`, roles: ['helpdesk'] } }
      : {}),
    ...(types.has('AgentDataStoreDecisionNode') ? { [agent]: { kind: 'agent' as const } } : {}),
  }
}

/** Whether journeys of agents verify callers. */
export function opensTransactions(types: ReadonlySet<string>): boolean {
  return types.has('BackChannelInitNode')
}

/** Attributes that nodes look for, with a value that leads to `true` where there is one. */
function attributesOf({ nodes }: Bundle): JsonObject {
  const standard = new Set(['userName', 'password', 'givenName', 'sn', 'mail', 'telephoneNumber', 'cn'])
  const entries = nodes.flatMap(({ config }): [string, string][] => {
    const { presentAttribute, comparisonAttribute, comparisonValue } = config
    const name = presentAttribute ?? comparisonAttribute
    if (typeof name !== 'string' || name === '' || standard.has(name)) return []
    const value = typeof comparisonValue === 'string' && comparisonValue !== '' ? comparisonValue : 'made up'
    return [[name, value]]
  })
  return Object.fromEntries(entries)
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
