import { reachableFrom } from '../../../engine/graph.ts'
import { backchannelInitialize } from '../../../nodes/backchannel/backchannel-initialize.ts'
import { innerJourneys } from '../inner-journeys.ts'
import { membersOf } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const openFrontJourney: Rule = {
  id: 'open-front-journey',
  severity: 'warning',
  what: 'Anyone may start a journey that opens a transaction about a person.',
  why: 'Anonymous clients could find out who has an account, and have genuine links sent to people.',
  remedy: "Add the journey to the checks in the realm's help-desk settings, so that only agents start it.",
  needsRealm: true,
  check({ document, name }, realm) {
    if (document.innerTreeOnly) return []
    const reachable = [...reachableFrom([name], (each) => innerJourneys(realm, each))]
    if (reachable.some((each) => realm.isForAgents(each))) return []
    const openers = reachable.flatMap((each) => {
      const journey = realm.journey(each)
      return journey === undefined
        ? []
        : membersOf(journey)
            .filter(({ type, config }) => type === backchannelInitialize.type && isAboutPerson(config.idType))
            .map((opener) => ({ ...opener, isOwn: each === name }))
    })
    return openers.slice(0, 1).map((opener) => ({
      ...(opener.isOwn ? { nodeId: opener.id } : {}),
      message: `'${opener.name}' opens a transaction about a person, and anyone may start this journey.`,
    }))
  },
}

function isAboutPerson(idType: unknown): boolean {
  return idType === 'USER' || idType === 'AGENT'
}
