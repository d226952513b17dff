import { nodeOf, pageChildren } from '../journey/journey.ts'
import type { TraceEntry } from '../journey/trace.ts'
import type { FrozenJourney } from './revisions.ts'

/** What a right answer to a node proves, in the words of RFC 8176. What another provider vouches for has none there. */
const methodOf: Readonly<Record<string, Method>> = {
  AgentDataStoreDecisionNode: 'pwd',
  DataStoreDecisionNode: 'pwd',
  IdentityStoreDecisionNode: 'pwd',
  LdapDecisionNode: 'pwd',
  KbaVerifyNode: 'kba',
  OathTokenVerifierNode: 'otp',
  OneTimePasswordCollectorDecisionNode: 'otp',
  RecoveryCodeCollectorDecisionNode: 'otp',
  DeviceSigningVerifierNode: 'pop',
  IotAuthenticationNode: 'pop',
  WebAuthnAuthenticationNode: 'pop',
}

type Method = 'pwd' | 'kba' | 'otp' | 'pop'

const known: ReadonlySet<string> = new Set(['pwd', 'kba'] satisfies Method[])

/**
 * How somebody showed who they are: what the nodes of a run proved, and `mfa` where it was both something they know and
 * something they have. Of a run that is longer than its trace the beginning is missing: rather too little than too much.
 */
export function authenticationMethods(
  trace: readonly TraceEntry[],
  frozen: Pick<FrozenJourney, 'content' | 'typeNamed'>,
): string[] {
  const proved = new Set(trace.flatMap((entry) => methodProvedBy(entry, frozen)))
  const factors = new Set([...proved].map((method) => known.has(method)))
  return factors.size > 1 ? [...proved, 'mfa'] : [...proved]
}

function methodProvedBy(
  entry: TraceEntry,
  { content, typeNamed }: Pick<FrozenJourney, 'content' | 'typeNamed'>,
): Method[] {
  const node = nodeOf(content.journeys, entry)
  if (node === undefined || entry.outcome === undefined) return []
  // The last child of a page has its outcomes; those of newer pages are named after it.
  const child = pageChildren(node.config).at(-1)
  const { type, version = '1.0' } = node.type === 'PageNode' ? (child ?? node) : node
  const outcome = entry.outcome.replace(`${child?.id}-`, '')
  const method = Object.hasOwn(methodOf, type) ? methodOf[type] : undefined
  const proves = typeNamed(type, version)?.proves ?? []
  return method !== undefined && proves.includes(outcome) ? [method] : []
}
