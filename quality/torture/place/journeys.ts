import { saveJourney } from '../../../test/support/prepared-folder.ts'

type Stores = Parameters<typeof saveJourney>[0]

/** Asks yes or no forever. */
export const pages = 'TorturePages'
/**
 * The caller's journey: a page, a notification, a username. No password, because hashing one costs more than
 * all the rest.
 */
export const caller = 'TortureCaller'

const asks = (to: Record<string, string>, message: string) => ({
  type: 'MessageNode',
  config: { message: { en: message }, messageYes: { en: 'Yes' }, messageNo: { en: 'No' } },
  to,
})

/** Journeys without scripts and passwords, whose steps are cheap. */
export async function saveJourneys(stores: Stores): Promise<void> {
  await saveJourney(stores, pages, {
    one: asks({ true: 'two', false: 'three' }, 'One'),
    two: asks({ true: 'three', false: 'one' }, 'Two'),
    three: asks({ true: 'one', false: 'two' }, 'Three'),
  })
  await saveJourney(
    stores,
    caller,
    {
      ready: asks({ true: 'tell', false: 'failure' }, 'Are you ready?'),
      tell: {
        type: 'BackchannelNotificationNode',
        config: { dataKey: 'notice' },
        to: { success: 'name', error: 'failure' },
      },
      name: { type: 'UsernameCollectorNode', to: { outcome: 'success' } },
    },
    { noSession: false },
  )
}
