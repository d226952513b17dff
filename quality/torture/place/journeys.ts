import { saveJourney } from '../../../test/support/prepared-folder.ts'

type Stores = Parameters<typeof saveJourney>[0]

/** Asks yes or no for ever. */
export const pages = 'TorturePages'
/** A caller's: a page, a notification, a user name. No password: hashing one costs more than all the rest. */
export const caller = 'TortureCaller'

const asks = (to: Record<string, string>, message: string) => ({
  type: 'MessageNode',
  config: { message: { en: message }, messageYes: { en: 'Yes' }, messageNo: { en: 'No' } },
  to,
})

/** The journeys without scripts and passwords, of which many steps can be had. */
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
        config: { dataKey: 'told' },
        to: { success: 'name', error: 'failure' },
      },
      name: { type: 'UsernameCollectorNode', to: { outcome: 'success' } },
    },
    { noSession: false },
  )
}
