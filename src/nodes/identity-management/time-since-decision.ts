import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { durationOf } from './duration.ts'
import { identityAttribute, personErrors, personOrReason, personReads } from './person-of-journey.ts'

/** Decides by the time since the person was created. Source: "Time Since Decision node". */
export const timeSinceDecision = defineNode({
  type: 'TimeSinceDecisionNode',
  title: 'Time Since Decision',
  help: 'Takes the outcome `true` once a given time has passed since the person was created. For people without a creation time, the time of the server’s upgrade counts.',
  tags: ['identity management'],
  config: () =>
    z.object({
      elapsedTime: setting(
        'Elapsed Time',
        'Time that must have passed, such as `1 week` or `3 days and 12 hours`. A plain number counts minutes.',
        z.string().refine((text) => durationOf(text) !== undefined, 'must be a duration, such as 1 week'),
      ),
      identityAttribute: identityAttribute('userName'),
    }),
  outcomes: decisionOutcomes,
  reads: (config) => personReads(config.identityAttribute),
  errors: { fail: personErrors },
  needs: ['identities'],
  async run({ config, state, identities, now }) {
    const person = await personOrReason({ state, identities }, config.identityAttribute)
    if (typeof person === 'string') return fail(person)
    const createdAt = await identities.createdAt(person._id)
    const elapsed = durationOf(config.elapsedTime) ?? Number.POSITIVE_INFINITY
    return goTo(createdAt !== undefined && createdAt + elapsed <= now ? 'true' : 'false')
  },
})
