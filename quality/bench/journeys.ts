import type { JsonObject } from '../../src/base/json.ts'
import { failureId, successId } from '../../src/engine/journey.ts'
import { readJourneyExport } from '../../test/support/journey-export.ts'

/** Two pages that lead to each other, without script or password. */
const pages = journey('BenchPages', 'one', {
  one: page({ true: 'two' }),
  two: page({ true: 'one' }),
})

/** The sample's custom node: a script that writes one sentence to state. */
function setStatus(connections: Record<string, string>): Node {
  return {
    type: 'designer-f207c4a117a7e51d4b6a8c9e2d3f1a57',
    connections,
    config: {
      journeyStatusKey: 'transaction:notify',
      journeyStatusProperty: 'journeyStatus',
      journeyStatusValue: 'User has entered their credentials',
    },
  }
}

/** The same with the sample's custom node before every page: one script per request. */
const scriptedPages = journey('BenchScripts', 'status', {
  status: setStatus({ Success: 'page', Error: 'page' }),
  page: page({ true: 'status' }),
})

/** The agent's side of a check without a script: opens a transaction and waits for its end. */
const check = agentJourney('BenchCheck', {
  type: 'PollingWaitNode',
  connections: { DONE: 'status' },
  config: { secondsToWait: 0, waitingMessage: { en: 'Waiting for the caller...' } },
})

/** The same with the sample's page: a script shows the progress of the caller. */
const scriptedCheck = agentJourney('BenchCheckScript', {
  type: 'ConfigProviderNode',
  connections: { DONE: 'status', CONFIGURATION_FAILED: 'failure' },
  config: {
    nodeType: 'PollingWaitNode',
    script: '949a4edb-ea28-4c4a-b318-4a529c1a6d79',
    scriptInputs: ['*'],
  },
})

/** The caller's side: "yes" sends the agent a notification and asks again, "no" ends in success. */
const caller = journey('BenchCaller', 'words', {
  words: setStatus({ Success: 'page', Error: 'failure' }),
  page: page({ true: 'notify', false: 'success' }),
  notify: {
    type: 'BackchannelNotificationNode',
    connections: { success: 'page', error: 'failure' },
    config: { dataKey: 'transaction:notify' },
  },
})

/** All journeys of the measurements. */
export const benchJourneys = [pages, scriptedPages, caller, check, scriptedCheck]

function agentJourney(name: string, wait: Node) {
  return journey(name, 'open', {
    open: {
      type: 'BackChannelInitNode',
      connections: { created: 'status', error: 'failure' },
      config: {
        tree: 'BenchCaller',
        idType: 'NONE',
        redirectUrlType: 'GET',
        timeout: 3600,
        allowRetry: true,
      },
    },
    status: {
      type: 'BackChannelStatusNode',
      connections: {
        pending: 'wait',
        inprogress: 'wait',
        success: 'success',
        failure: 'failure',
        unknown: 'failure',
        error: 'failure',
      },
      config: { recordData: true, recordTransactionData: true, transactionDataKey: 'transaction:data' },
    },
    wait,
  })
}

type Node = { type: string; connections: Record<string, string>; config: JsonObject }

function page(connections: Record<string, string>): Node {
  return {
    type: 'MessageNode',
    connections,
    config: { message: { en: 'Do you want to go on?' }, messageYes: { en: 'Yes' }, messageNo: { en: 'No' } },
  }
}

function journey(name: string, entryNodeId: string, nodes: Record<string, Node>) {
  const idOf = (id: string) => ({ success: successId, failure: failureId })[id] ?? `${name}-${id}`
  const entries = Object.entries(nodes)
  return readJourneyExport({
    tree: {
      _id: name,
      entryNodeId: idOf(entryNodeId),
      // Lets both sides of a check end in success without a signed-in person.
      mustRun: true,
      noSession: true,
      nodes: Object.fromEntries(
        entries.map(([id, { type, connections }]) => [
          idOf(id),
          {
            nodeType: type,
            displayName: id,
            connections: Object.fromEntries(Object.entries(connections).map(([o, to]) => [o, idOf(to)])),
          },
        ]),
      ),
    },
    nodes: Object.fromEntries(
      entries.map(([id, { type, config }]) => [
        idOf(id),
        { _id: idOf(id), _type: { _id: type, version: '1.0' }, ...config },
      ]),
    ),
  })
}
