import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'

const config = () =>
  z.object({
    retryLimit: setting('Retry Limit', 'Number of retries.', z.int().positive().default(3)),
    incrementUserAttributeOnFailure: flagSetting(
      'Save Retry Limit to User',
      'Stores the count with the person, across journeys.',
      true,
    ),
  })

type Context = NodeContext<z.infer<ReturnType<typeof config>>> & { identities: IdentityPort }

const attribute = 'retryLimitNodeCount'

/**
 * Limits the number of attempts. The count lasts for the journey, or is stored with the person until the limit is
 * reached. Source: "Retry Limit Decision node".
 */
export const retryLimitDecision = defineNode({
  type: 'RetryLimitDecisionNode',
  title: 'Retry Limit Decision',
  help: 'Limits the number of attempts.',
  tags: ['utilities'],
  config,
  outcomes: { all: { Retry: 'Retry', Reject: 'Reject' } },
  reads: (_config, id) => ['username', `${id}.retryCount`],
  errors: {
    error: {
      'Error setting retry count on user attribute':
        'The person could not be updated. The count is kept in state.',
    },
    warn: {
      'Error getting current retry count': 'The person could not be read. The count in state is used.',
      'Error clearing attribute': 'The person could not be updated.',
    },
    fail: { 'attribute.failure': 'The limit is reached, and the count could not be reset.' },
  },
  needs: ['identities'],
  reference: {
    outputs:
      'with **Save Retry Limit to User**, the person’s attribute `retryLimitNodeCount`, which a success removes',
    outcomes: { Retry: 'The limit is not reached.', Reject: 'The limit is reached.' },
  },
  async run(context) {
    const { id, config, state, identities, log } = context
    const person = await findPerson(context)
    const stored = state.get(`${id}.retryCount`)
    const count = person === undefined ? (typeof stored === 'number' ? stored : 0) : countOf(person, id)
    if (count < config.retryLimit) {
      // Also kept in state, so that the count doesn't restart if the person becomes unknown or the store fails.
      state.putShared(`${id}.retryCount`, count + 1)
      try {
        if (person) await identities.patch(person._id, withCount(person, id, count + 1))
      } catch (cause) {
        log.error('Error setting retry count on user attribute', cause)
      }
      return goTo('Retry', person === undefined ? {} : { voidOnSuccess: [attribute] })
    }
    try {
      if (person) await identities.patch(person._id, withCount(person, id, undefined))
    } catch (cause) {
      log.warn('Error clearing attribute', cause)
      return fail('attribute.failure')
    }
    return goTo('Reject')
  },
})

/** The person whose count is stored, if known. */
async function findPerson({ config, state, identities, log }: Context): Promise<Person | undefined> {
  const username = state.getText('username')
  if (!config.incrementUserAttributeOnFailure || !username) return undefined
  try {
    return await identities.find(username)
  } catch (cause) {
    log.warn('Error getting current retry count', cause)
    return undefined
  }
}

/** The attribute has an entry `<node id>=<count>` for each node. */
function entriesOf(person: Person): string[] {
  const entries = person[attribute]
  return Array.isArray(entries) ? entries.filter((entry) => typeof entry === 'string') : []
}

function countOf(person: Person, id: string): number {
  const entry = entriesOf(person).find((entry) => entry.startsWith(`${id}=`))
  const count = Number(entry?.slice(id.length + 1))
  return Number.isInteger(count) ? count : 0
}

function withCount(person: Person, id: string, count: number | undefined) {
  const others = entriesOf(person).filter((entry) => !entry.startsWith(`${id}=`))
  const entries = count === undefined ? others : [...others, `${id}=${count}`]
  return { [attribute]: entries.length === 0 ? null : entries }
}
