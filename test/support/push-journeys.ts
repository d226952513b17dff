import type { JsonObject } from '../../src/base/json.ts'
import { scriptSchema } from '../../src/scripts/script.ts'
import type { Stores } from '../../src/store/stores.ts'
import { saveJourney } from './prepared-folder.ts'

const ask = { type: 'UsernameCollectorNode' }

/** Saves journeys in alpha: registration, and sign-in with a push of each type. */
export async function savePushJourneys(stores: Stores): Promise<void> {
  for (const type of ['PushRegistration', 'CombinedMultiFactorRegistration']) {
    await saveJourney(stores, type, {
      ask: { ...ask, to: { outcome: 'register' } },
      register: {
        type: `${type}Node`,
        config: { issuer: 'Larkfield', timeout: 100 },
        to: { successOutcome: 'codes', failureOutcome: 'failure', timeoutOutcome: 'failure' },
      },
      codes: { type: 'RecoveryCodeDisplayNode', to: { outcome: 'success' } },
    })
  }
  await savePushSignIn(stores, 'PushPlain', 'DEFAULT')
  await savePushSignIn(stores, 'PushNumber', 'CHALLENGE')
}

/** Journeys that need a factor, a push that is verified as somebody else, and one whose message id comes from the client. */
export async function saveOddPushJourneys(stores: Stores): Promise<void> {
  const after = {
    type: 'EnableDeviceManagementNode',
    config: { deviceEnforcementStrategy: 'ANY' },
    to: { successOutcome: 'success', failureOutcome: 'failure' },
  }
  await savePushSignIn(stores, 'FactorPlain', 'DEFAULT', { after })
  await savePushSignIn(stores, 'FactorNumber', 'CHALLENGE', { after })
  const to = { outcome: 'wait' }
  const named = { type: 'SetStateNode', config: { attributes: { username: 'dana' } }, to }
  await savePushSignIn(stores, 'PushOther', 'DEFAULT', { before: named })
  await stores.scripts.save('/alpha', forging)
  const config = { script: forging.id, outcomes: ['outcome'], inputs: ['*'], outputs: ['*'] }
  await savePushSignIn(stores, 'PushForged', 'DEFAULT', {
    before: { type: 'ScriptedDecisionNode', config, to },
  })
}

const forging = scriptSchema.parse({
  id: 'aaaaaaaa-0000-4000-8000-000000000001',
  name: 'Forge',
  context: 'AUTHENTICATION_TREE_DECISION_NODE',
  source: `var id = requestHeaders.get("x-message-id");
    if (id) nodeState.putShared("pushMessageId", String(id.get(0)));
    outcome = "outcome"`,
})

type Extra = { type: string; config: JsonObject; to: Record<string, string> }

/** @param extra nodes that run before the answer is awaited, and after an approval */
async function savePushSignIn(
  stores: Stores,
  name: string,
  pushType: 'DEFAULT' | 'CHALLENGE',
  { before, after }: { before?: Extra; after?: Extra } = {},
): Promise<void> {
  const nodes = {
    ask: { ...ask, to: { outcome: 'send' } },
    send: {
      type: 'PushAuthenticationSenderNode',
      config: { pushType, captureFailure: true },
      to: {
        SENT: before === undefined ? 'wait' : 'before',
        NOT_REGISTERED: 'failure',
        SKIPPED: 'failure',
        FAILURE: 'failure',
      },
    },
    ...(before === undefined ? {} : { before }),
    wait: { type: 'PushWaitNode', config: { secondsToWait: 0 }, to: { DONE: 'verify', EXITED: 'failure' } },
    verify: {
      type: 'PushResultVerifierNode',
      to: {
        TRUE: after === undefined ? 'success' : 'after',
        FALSE: 'failure',
        EXPIRED: 'failure',
        WAITING: 'wait',
      },
    },
    ...(after === undefined ? {} : { after }),
  }
  await saveJourney(stores, name, nodes, { noSession: false })
}
