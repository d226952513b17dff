import { reachableFrom } from '../../../engine/graph.ts'
import { backchannelInitialize } from '../../../nodes/backchannel/backchannel-initialize.ts'
import { innerJourneys } from '../inner-journeys.ts'
import { type LintedJourney, membersOf } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const agentEndsAsCaller: Rule = {
  id: 'agent-ends-as-caller',
  severity: 'warning',
  what: 'A journey that opens a transaction creates a session, or is skipped by people who have one.',
  why: 'The agent would be signed in as the caller, or the journey would not run for the agent.',
  remedy: 'Turn on “No session” (`noSession`) and “Always run” (`mustRun`).',
  check(journey, realm) {
    const { document, name } = journey
    const opener = membersOf(journey).find(({ type }) => type === backchannelInitialize.type)
    const opens = reachableFrom([name], (each) => innerJourneys(realm, each))
    if (document.innerTreeOnly || ![...opens].some((each) => opensTransaction(realm.journey(each)))) return []
    const at = opener === undefined ? {} : { nodeId: opener.id }
    const signsIn = {
      ...at,
      message: 'The journey may sign the agent in as the person whom the transaction is about.',
      remedy: 'Turn on “No session” (`noSession`).',
      turnOn: 'noSession',
    } as const
    const isSkipped = {
      ...at,
      message: 'The journey is skipped for people who are signed in, so they open no transaction.',
      remedy: 'Turn on “Always run” (`mustRun`).',
      turnOn: 'mustRun',
    } as const
    return [...(document.noSession ? [] : [signsIn]), ...(document.mustRun ? [] : [isSkipped])]
  },
}

function opensTransaction(journey: LintedJourney | undefined): boolean {
  return journey !== undefined && membersOf(journey).some(({ type }) => type === backchannelInitialize.type)
}
